"""The share of the rulings of a month that are public, and draft updates with it as evidence."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.addresses import absolute_url
from abierto.approval.errors import NotAllowed
from abierto.progress.calendars import add_months
from abierto.tenancy.access import scope
from abierto.tenancy.tree_paths import below_any, parent_path
from abierto.tenancy.visibility import own_public_condition
from pages.core.formatting import month_and_year
from pages.core.submissions import find_begun, is_delivered
from pages.plans.commitments import CommitmentPage, find_plan_path
from pages.plans.models import PlanPage
from pages.rulings.index import RulingIndexPage
from pages.rulings.models import RulingPage
from pages.rulings.parts import InfographicPage, PlainVersionPage, PublicVersionPage
from pages.updates.drafts import propose_period, start_update
from pages.updates.models import ProgressUpdatePage

from .models import MonthlyCount

#: The counted parts of rulings, in the order of ``Coverage.sentence``.
COUNTED: tuple[Any, ...] = (PublicVersionPage, PlainVersionPage, InfographicPage)
YEAR_PARAMETER = "anio"


@dataclass(frozen=True)
class Coverage:
    """The count of a month, the number of its public rulings, and the number of each public part."""

    count: MonthlyCount
    published: int
    parts: dict[Any, int]

    def share(self, number: int) -> int | None:
        """Return a number as a percentage of the decided rulings, rounded down; None if there are none."""
        return number * 100 // self.count.decided if self.count.decided else None

    @property
    def is_inconsistent(self) -> bool:
        """Check whether more rulings are public than the tribunal has declared."""
        return self.published > self.count.decided

    def write_part(self, model: Any) -> str:
        """Return the number and share of a part, such as «38 (95 %)»."""
        number = self.parts.get(model, 0)
        share = self.share(number)
        return str(number) if share is None else f"{number} ({share}\u00a0%)"

    @property
    def sentence(self) -> str:
        """Return the coverage in words, with its source."""
        return _(
            "En %(month)s se dictaron %(decided)s resoluciones, según «%(source)s». En este portal hay "
            "%(public)s en versión pública, %(plain)s en lenguaje claro y %(infographic)s con infografía."
        ) % {
            "month": month_and_year(self.count.month),
            "decided": self.count.decided,
            "source": self.count.source,
            "public": self.write_part(PublicVersionPage),
            "plain": self.write_part(PlainVersionPage),
            "infographic": self.write_part(InfographicPage),
        }


def read_coverage(counts: Iterable[MonthlyCount]) -> list[Coverage]:
    """Return the coverage of each count, with two queries for any number of counts."""
    listed = list(counts)
    wanted = Q(pk__in=[])
    for count in listed:
        end = add_months(count.month, 1)
        wanted |= Q(path__startswith=count.index.path, decided_on__gte=count.month, decided_on__lt=end)
    rulings = RulingPage.objects.public().source_language().filter(wanted)
    month_of = {
        path: (parent_path(path), day.replace(day=1))
        for path, day in rulings.values_list("path", "decided_on")
    }
    models = {kind.pk: model for model, kind in ContentType.objects.get_for_models(*COUNTED).items()}
    below = below_any({count.index.path for count in listed})
    parts = Page.objects.filter(below, own_public_condition(), content_type__in=models)
    numbers: Counter[Any] = Counter()
    for path, kind in parts.values_list("path", "content_type"):
        place = month_of.get(parent_path(path))
        if place is not None:
            numbers[(*place, models[kind])] += 1
    published = Counter(month_of.values())
    return [
        Coverage(
            count,
            published[(count.index.path, count.month)],
            {model: numbers[(count.index.path, count.month, model)] for model in COUNTED},
        )
        for count in listed
    ]


def find_reported_commitments(index: RulingIndexPage, user: User) -> list[CommitmentPage]:
    """Return the public commitments of a list's tribunal on which ``user`` may report progress."""
    of_tribunal = (
        CommitmentPage.objects.public().source_language().filter(parties__institution=index.tribunal)
    )
    own = scope(of_tribunal.distinct(), user).order_by("path")
    plans = {
        plan.path: plan for plan in PlanPage.objects.filter(path__in={find_plan_path(page) for page in own})
    }
    return [
        page
        for page in own
        if (plan := plans.get(find_plan_path(page))) is not None
        and plan.measures_progress
        and page.permissions_for_user(user).can_add_subpage()
    ]


def list_actions(commitments: Iterable[CommitmentPage]) -> list[tuple[str, str]]:
    """Return the actions of commitments as form choices: «commitment id:action key» and a label."""
    return [
        (f"{page.pk}:{action.translation_key}", f"{page.code} {page.title} · {action}")
        for page in commitments
        for action in page.actions.all()
    ]


@transaction.atomic
def offer_evidence(
    coverage: Coverage, commitment: CommitmentPage, action: UUID, user: User
) -> ProgressUpdatePage:
    """Add the coverage as evidence of an action to a draft update, and return the update.

    An existing draft whose period contains the month is used, otherwise a new one is started.

    Raises:
        NotAllowed: if the update of that month is in review or public.
        ValidationError: if the period overlaps another update.
    """
    update = find_draft(commitment, coverage.count.month, user) or start_draft(
        commitment, coverage.count.month, user
    )
    draft = update.get_latest_revision_as_object()
    row = next((row for row in draft.rows.all() if row.action_key == action), None)
    if row is None:
        raise NotAllowed(_("Ese avance no tiene la acción. Ábrelo y guárdalo otra vez."))
    row.evidence.append(("evidence", build_evidence(coverage)))
    draft.rows = [row if other.action_key == action else other for other in draft.rows.all()]
    draft.save()
    draft.save_revision(user=user, log_action=True, clean=False)
    return update


def find_draft(commitment: CommitmentPage, month: datetime.date, user: User) -> ProgressUpdatePage | None:
    """Return the draft update whose period contains the month, or None.

    Raises:
        NotAllowed: if it is in review.
    """
    beside = scope(ProgressUpdatePage.objects.child_of(commitment), user)
    found = find_begun(beside).filter(period_start__lte=month, period_end__gte=month).order_by("path").first()
    if found is not None and is_delivered(found):
        raise NotAllowed(_("El avance de ese mes ya se envió a revisión. Edítalo y agrega ahí la prueba."))
    return found


def start_draft(commitment: CommitmentPage, month: datetime.date, user: User) -> ProgressUpdatePage:
    """Start an update for the next period of the commitment if it contains the month, else for the month."""
    plan = PlanPage.objects.get(path=find_plan_path(commitment))
    start, end = propose_period(commitment, plan)
    if start is None or end is None or not start <= month <= end:
        start, end = month, add_months(month, 1) - datetime.timedelta(days=1)
    return start_update(commitment, start, end, user)


def build_evidence(coverage: Coverage) -> dict[str, Any]:
    """Return the value of an evidence block that links to the public list of the year."""
    index, month = coverage.count.index, coverage.count.month
    return {
        "title": _("Sentencias de %(month)s") % {"month": month_and_year(month)},
        "kind": "link",
        "url": f"{absolute_url(index.get_url() or '')}?{YEAR_PARAMETER}={month.year}",
        "published_on": timezone.localdate(),
        "description": coverage.sentence[:500],
    }
