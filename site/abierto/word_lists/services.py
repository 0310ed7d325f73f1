"""Read the word lists of a space with the edits of the state, and the permission to edit them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from functools import lru_cache

from django.db.models import Max, Model, Q, QuerySet
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.language.word_lists import (
    ListEdit,
    WordLists,
    apply_edits,
    build_lists,
    read_additions,
    shipped_phrases,
)
from abierto.tenancy.access import administered_by, sees_everything, space_of
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space

from .models import WordListVersion

type Latest = tuple[int, datetime.datetime]

CACHED = 64
"""Number of cached sets of lists in a process; a list takes some hundred kilobytes."""


def lists_for(*space_ids: int) -> WordLists:
    """Return the lists for texts of these spaces, with one query, and one more after an edit."""
    latest = find_latest()
    return build_for(latest, tuple(sorted(space_ids))) if latest else WordLists()


def find_latest() -> Latest | None:
    """Return id and time of the last version as a cache key, different after a rollback; None if empty."""
    last = WordListVersion.objects.aggregate(pk=Max("pk"), changed_at=Max("changed_at"))
    return (last["pk"], last["changed_at"]) if last["pk"] else None


def lists_for_object(instance: Model) -> WordLists:
    """Return the lists for the texts of a page or a registry row."""
    latest = find_latest()
    if latest is None:
        return WordLists()
    if isinstance(instance, Page):
        space = space_of(instance)
        space_id = space.pk if space else None
    else:
        space_id = getattr(instance, "space_id", None)
    return build_for(latest, (space_id,) if space_id else ())


@lru_cache(maxsize=CACHED)
def build_for(latest: Latest, space_ids: tuple[int, ...]) -> WordLists:
    """Build the lists up to the version ``latest``, first with the edits of the state, then of the spaces."""
    edits: defaultdict[str, list[ListEdit]] = defaultdict(list)
    versions = current_versions().filter(Q(space__in=space_ids) | Q(space=None), pk__lte=latest[0])
    for version in sorted(versions, key=lambda version: (version.space_id is not None, version.pk)):
        edits[version.word_list].append(read_edit(version))
    return build_lists(edits)


def current_versions() -> QuerySet[WordListVersion]:
    """Return the last version of each list and space."""
    last = WordListVersion.objects.order_by().values("word_list", "space").annotate(last=Max("pk"))
    return WordListVersion.objects.filter(pk__in=last.values("last"))


def read_edit(version: WordListVersion) -> ListEdit:
    """Parse a stored edit; phrases that the shipped list has gained or lost since are no error."""
    additions, _errors = read_additions(version.additions)
    return ListEdit(additions, frozenset(version.removals.splitlines()))


def find_version(word_list: str, space: Space | None) -> WordListVersion | None:
    return current_versions().filter(word_list=word_list, space=space).first()


def phrases_of_state(word_list: str) -> dict[str, str]:
    """Return a list with the edits of the state, which every space has."""
    version = find_version(word_list, None)
    return apply_edits(word_list, [read_edit(version)] if version else [])


def list_history(word_list: str, space: Space | None) -> QuerySet[WordListVersion]:
    return WordListVersion.objects.filter(word_list=word_list, space=space).select_related("changed_by")


def may_edit(user: User, space: Space | None) -> bool:
    """Check that ``user`` administers the state, or, for the list of a space, that space."""
    administered = administered_by(user)
    if (user.is_active and user.is_superuser) or any(own.kind == SpaceKind.STATE for own in administered):
        return True
    return space is not None and space in administered


def editable_spaces(user: User) -> list[Space]:
    """Return the spaces whose own additions ``user`` may edit; the state has none of its own."""
    if sees_everything(user):
        return list(Space.objects.exclude(kind=SpaceKind.STATE))
    return administered_by(user)


def known_phrases(word_list: str, space: Space | None) -> dict[str, str]:
    """Return the phrases that the state may remove, or that a space may not add again."""
    return dict(shipped_phrases(word_list)) if space is None else phrases_of_state(word_list)
