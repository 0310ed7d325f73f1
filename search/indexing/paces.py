"""The pace of commitments and their late reports, as they are indexed.

They depend on the day: after a report falls due, `search sync` brings the index up to date.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from wagtail.models import Page

from abierto.progress.enums import Pace
from pages.figures.models import ProgressFigure
from pages.plans.commitments import CommitmentPage, CommitmentStatus, find_plan_path, find_statuses
from pages.plans.models import PlanPage
from search.query.kinds import LATE

# The words that people use for a pace, found as words of the page.
PACE_WORDS = {
    Pace.DONE.value: "cumplido cumplió cumplieron completo terminado",
    Pace.LOW.value: "atrasado rezagado",
    LATE: "atrasado retrasado",
}


def paces_of(pages: Sequence[Page]) -> dict[int, tuple[str, ...]]:
    """Return the pace of each commitment, and «late» for a late report. Two queries at most."""
    commitments = [page for page in pages if isinstance(page, CommitmentPage)]
    if not commitments:
        return {}
    paths = {find_plan_path(page) for page in commitments}
    plans = {plan.path: plan for plan in PlanPage.objects.filter(path__in=paths)}
    figures = ProgressFigure.objects.by_key(page.translation_key for page in commitments)
    found = find_statuses(commitments, plans, figures, timezone.localdate())
    return {row.page.pk: _values(row) for row in found if row.plan.measures_progress}


def pace_words(paces: Sequence[str]) -> str:
    """Return the words for these paces."""
    return " ".join(PACE_WORDS[pace] for pace in paces if pace in PACE_WORDS)


def _values(row: CommitmentStatus) -> tuple[str, ...]:
    return (row.status.pace.value, *([LATE] if row.status.is_late else []))
