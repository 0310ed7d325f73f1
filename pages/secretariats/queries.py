"""Read agreements by state, and the secretariats of the filter of agreements."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from pages.core.translation import source_language_code

from .enums import AgreementState
from .inlines import Agreement
from .models import SecretariatPage
from .sessions import SessionPage


def state_condition(state: AgreementState, day: datetime.date) -> Q:
    """Return the condition on agreements that have this state on ``day``, as ``Agreement.find_state``."""
    done, late = Q(done_on__lte=day), Q(due__lt=day)
    return {
        AgreementState.DONE: done,
        AgreementState.LATE: late & ~done,
        AgreementState.OPEN: ~late & ~done,
    }[state]


def read_carried_over(session: SessionPage, parent_path: str) -> list[Agreement]:
    """Return the agreements of earlier sessions of the secretariat that were open on the day of ``session``.

    Oldest first; none for a session without a date.
    """
    if session.starts_at is None or session.held_on is None:
        return []
    earlier = SessionPage.objects.public().filter(
        path__startswith=parent_path, depth=session.depth, starts_at__lt=session.starts_at
    )
    rows = Agreement.objects.filter(page__in=earlier).exclude(
        Q(page=session.pk) | Q(done_on__lt=session.held_on)
    )
    return list(
        rows.select_related("responsible", "page__locale").order_by(
            "page__starts_at", "page__path", "sort_order", "pk"
        )
    )


def list_public_agreements() -> QuerySet[Agreement]:
    """Return the agreements of all public sessions, each in the active language where it is translated."""
    shown = SessionPage.objects.public().in_active_language()
    return Agreement.objects.filter(page__in=shown.values("pk"))


@dataclass(frozen=True)
class ListedSecretariat:
    """A secretariat in the filter of agreements, with the tree paths of its page in every language.

    ``value`` is the id of its page in the source language; a translation is found by the same one.
    """

    value: str
    title: str
    paths: tuple[str, ...]


def read_secretariats() -> list[ListedSecretariat]:
    """Return the public secretariats by title, with one query."""
    rows = SecretariatPage.objects.public().filter(alias_of__isnull=True).select_related("locale")
    groups = defaultdict(list)
    for page in rows.order_by("title", "path"):
        groups[page.translation_key].append(page)
    return [_describe_secretariat(pages) for pages in groups.values()]


def _describe_secretariat(pages: list[SecretariatPage]) -> ListedSecretariat:
    by_language = {page.locale.language_code: page for page in pages}
    source = by_language.get(source_language_code(), pages[0])
    shown = by_language.get(get_language() or "", source)
    return ListedSecretariat(str(source.pk), shown.title, tuple(page.path for page in pages))
