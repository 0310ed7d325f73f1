"""Compare the public version with the new one, field by field, and refuse changes that it cannot show.

Works without a request: public pages use it for the changes between two published versions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from wagtail.models import Revision

from abierto.accounts.models import User
from abierto.approval.errors import ReviewRefused
from abierto.approval.ledger.hashing import NOT_CONTENT, canonical

from .field_changes import MISSING, ChangeGroup, FieldChange, is_same
from .fields import Content
from .prefetch import ClosedTarget
from .version_pair import VersionPair


@dataclass(frozen=True)
class Comparison:
    """All changes and, beside them, the unchanged groups."""

    groups: tuple[ChangeGroup, ...]
    #: The rows that the new version names and that are not public.
    draft_rows: tuple[Any, ...] = ()
    #: The pages and files that the new version names and that the public cannot open.
    closed_targets: tuple[ClosedTarget, ...] = ()
    #: The content of the old version; None when there was none.
    before: Content | None = field(default=None, repr=False)

    @property
    def changed(self) -> list[ChangeGroup]:
        """The groups with a change."""
        return [group for group in self.groups if not group.is_same]

    @property
    def same(self) -> list[ChangeGroup]:
        """The unchanged groups with a value to show."""
        return [group for group in self.groups if group.is_same and group.same]

    @property
    def fields(self) -> list[FieldChange]:
        """Return every change as a flat list."""
        return [change for group in self.groups for change in group.changes]

    @property
    def paths(self) -> set[str]:
        """The content paths of all that is shown as changed."""
        return {path for group in self.groups for path in _iter_paths(group)}

    @property
    def shown_names(self) -> set[str]:
        """The names of the stored fields and relations of which some change is shown."""
        return {group.root for group in self.changed} | {change.root for change in self.fields}


def _iter_paths(group: ChangeGroup) -> Iterator[str]:
    yield group.path
    for change in group.changes:
        yield change.path
        for block in change.blocks:
            yield from _iter_paths(block)


def load_live_version(revision: Revision) -> Any | None:
    """Return the object as the public sees it now; None when it is not public."""
    row = revision.content_object
    return row if row is not None and row.live else None


def compare_versions(
    old: Any | None, new: Any, viewer: User | None = None, *, is_for_public: bool = False
) -> Comparison:
    """Return the changes from ``old`` (None: a new object) to ``new``, field by field.

    ``viewer`` decides which titles may be shown (``NamedObjects``). For the public, keys that only identify
    rows are left out. A type may add what only it knows: ``names_for_review()`` (labels of keys),
    ``figures_before()`` (the figures that were public before).
    """
    versions = VersionPair(old, new, viewer, is_for_public)
    named = versions.prefetch_objects()
    return Comparison(
        groups=tuple(versions.iter_groups()),
        draft_rows=versions.objects.drafts(named),
        closed_targets=versions.objects.closed(named),
        before=versions.before,
    )


def check_every_change_shown(revision: Revision) -> None:
    """Refuse a revision with a difference from the public version that the comparison does not show.

    Raises:
        ReviewRefused: naming the fields.
    """
    names = find_hidden_names(revision)
    if not names:
        return
    model = revision.content_type.model_class()
    fields = get_text_list(sorted({_field_label(model, name) for name in names}), _("y"))
    sentence = _("No se puede mostrar lo que cambia en: %(fields)s. Devuélvelo para que lo corrijan.")
    raise ReviewRefused(sentence % {"fields": fields})


def find_hidden_names(revision: Revision) -> set[str]:
    """Return the names of the stored fields that publishing changes and of which the review shows nothing."""
    draft = revision.as_object()
    comparison = compare_versions(load_live_version(revision), draft)
    after = canonical(type(draft), revision.content, NOT_CONTENT)
    if comparison.before is None:
        return set() if comparison.fields else set(after)
    before = comparison.before
    differing = {
        name
        for name in before.keys() | after.keys()
        if not is_same(before.get(name, MISSING), after.get(name, MISSING))
    }
    return differing - comparison.shown_names


def _field_label(model: type, name: str) -> str:
    try:
        field = model._meta.get_field(name)  # type: ignore[attr-defined]
    except FieldDoesNotExist:
        return name
    label = field.related_model._meta.verbose_name_plural if field.auto_created else field.verbose_name
    return str(capfirst(label))
