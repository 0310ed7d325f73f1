"""The queries of the board: eleven, however many municipalities there are."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils.text import slugify

from abierto.accounts.models import User
from abierto.registry.models import DeclaredFigure, Municipality, Secretariat
from abierto.registry.models.steps import Measure
from abierto.spaces.models import MunicipalitySpace
from abierto.tenancy.access import sees_everything, spaces_of
from abierto.tenancy.tree_paths import below_any, find_nearest
from pages.municipalities.models import MicrositePage, MunicipalityIndexPage
from pages.observations.enums import ObservationState
from pages.observations.models import ObservationPage
from pages.observations.rules import find_state
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from pages.roadmaps.enums import StepStatus
from pages.roadmaps.models import RoadmapPage, RoadmapStep
from pages.updates.models import ProgressUpdatePage

from .models import SiteCheck
from .rules import BoardRow, ComputedFigure, compute_figures


@dataclass(frozen=True)
class FigureLine:
    """A measure with the figures that documents declare and the one computed today."""

    label: str
    declared: list[DeclaredFigure]
    computed: ComputedFigure


@dataclass(frozen=True)
class RoadmapReach:
    """How far the roadmap of a municipality got."""

    declaration: str
    reached: int | None
    steps: int


def read_board(day: datetime.date) -> list[BoardRow]:
    """Return a row for each public municipality, by name."""
    towns = sorted(Municipality.objects.public(), key=lambda town: slugify(town.name))
    sites = read_sites()
    secretariats = read_secretariats()
    roadmaps = read_roadmaps(sites)
    plans, updates, late = read_plans(sites, day)
    waiting = read_waiting_observations(sites, day)
    checks = {check.municipality_id: check for check in SiteCheck.objects.all()}
    list_url = find_list_url()
    return [
        build_row(
            town,
            day,
            secretariat=secretariats.get(town.pk),
            roadmap=roadmaps.get(town.pk),
            plan=plans.get(town.pk),
            last_update_on=updates.get(town.pk),
            late=late.get(town.pk, 0),
            waiting=waiting.get(town.pk, Counter()),
            check=checks.get(town.pk),
            list_url=list_url,
        )
        for town in towns
    ]


def build_row(
    town: Municipality,
    day: datetime.date,
    *,
    secretariat: Secretariat | None,
    roadmap: RoadmapReach | None,
    plan: PlanPage | None,
    last_update_on: datetime.date | None,
    late: int,
    waiting: Counter[ObservationState],
    check: SiteCheck | None,
    list_url: str,
) -> BoardRow:
    """Build the row of one municipality; its page is below ``list_url``."""
    until = secretariat.valid_until if secretariat is not None else None
    # A check of an address that the registry no longer has does not apply to the current one.
    slug = slugify(town.name)
    current = check if check is not None and check.url == town.external_site_url else None
    return BoardRow(
        code=town.code,
        name=town.name,
        slug=slug,
        url=f"{list_url}{slug}/" if list_url else "",
        declaration=roadmap.declaration if roadmap is not None else "",
        reached=roadmap.reached if roadmap is not None else None,
        steps=roadmap.steps if roadmap is not None else 0,
        has_roadmap=roadmap is not None,
        installed_on=secretariat.valid_from if secretariat is not None else None,
        valid_until=until,
        has_secretariat=secretariat is not None,
        is_term_over=until is not None and until < day,
        plan_title=plan.title if plan is not None else "",
        last_update_on=last_update_on,
        late=late,
        open_observations=waiting[ObservationState.OPEN],
        late_observations=waiting[ObservationState.LATE],
        site_url=town.external_site_url,
        site_state=current.get_state_display() if current is not None else "",
        site_checked_at=current.checked_at if current is not None else None,
    )


def find_list_url() -> str:
    """Return the address of the public list of municipalities; empty without one."""
    index = MunicipalityIndexPage.objects.public().source_language().order_by("path").first()
    return (index.get_url() or "") if index is not None else ""


def read_sites() -> dict[str, int]:
    """Return the municipality (id) of each public microsite by tree path."""
    pages = MicrositePage.objects.public().source_language().filter(municipality__isnull=False)
    return dict(pages.values_list("path", "municipality_id"))


def read_secretariats() -> dict[int, Secretariat]:
    """Return the public secretariat of each municipality (id) that was installed last."""
    rows = Secretariat.objects.public().filter(municipality__isnull=False)
    # Later rows replace earlier ones; a day that is not known is the earliest.
    ordered = sorted(rows, key=lambda row: (row.valid_from or datetime.date.min, row.pk))
    return {row.municipality_id: row for row in ordered if row.municipality_id is not None}


def read_roadmaps(sites: Mapping[str, int]) -> dict[int, RoadmapReach]:
    """Return how far the public roadmap of each municipality (id) got, with two queries."""
    pages = list(RoadmapPage.objects.public().source_language().order_by("path"))
    done: dict[int, list[int]] = {}
    counts: dict[int, int] = {}
    rows = RoadmapStep.objects.filter(page__in=[page.pk for page in pages], step__live=True)
    for page, number, status in rows.values_list("page_id", "step__number", "status"):
        counts[page] = counts.get(page, 0) + 1
        if status == StepStatus.DONE:
            done.setdefault(page, []).append(number)
    found: dict[int, RoadmapReach] = {}
    for page in pages:
        town = page.municipality_id or find_nearest(page.path, sites)
        if town is not None:
            reached = max(done.get(page.pk, []), default=None)
            found[town] = RoadmapReach(page.declaration, reached, counts.get(page.pk, 0))
    return found


def read_plans(
    sites: Mapping[str, int], day: datetime.date
) -> tuple[dict[int, PlanPage], dict[int, datetime.date], dict[int, int]]:
    """Return by municipality (id) its last public plan, the day of the last report, and the late ones.

    Four queries; the plans are those below public microsites.
    """
    below = below_any(sites)
    pages = PlanPage.objects.public().source_language().filter(below).defer("body")
    by_path = {plan.path: plan for plan in pages}
    plans: dict[int, PlanPage] = {}
    for plan in sorted(by_path.values(), key=lambda plan: (plan.period_start or datetime.date.min, plan.pk)):
        if (town := find_nearest(plan.path, sites)) is not None:
            plans[town] = plan
    commitments = CommitmentPage.objects.public().source_language().filter(below).defer("body")
    late: dict[int, int] = {}
    for row in commitments.with_status(day, by_path.values()):
        town = find_nearest(row.page.path, sites)
        if town is not None and row.status.is_late:
            late[town] = late.get(town, 0) + 1
    return plans, read_last_updates(below, sites), late


def read_last_updates(below: Q, sites: Mapping[str, int]) -> dict[int, datetime.date]:
    """Return the last day that a public report of each municipality (id) covers."""
    updates = ProgressUpdatePage.objects.public().source_language().filter(below)
    found: dict[int, datetime.date] = {}
    for path, day in updates.values_list("path").annotate(day=Max("period_end")):
        town = find_nearest(path, sites)
        if town is not None and day is not None:
            found[town] = max(day, found.get(town, day))
    return found


def read_waiting_observations(
    sites: Mapping[str, int], day: datetime.date
) -> dict[int, Counter[ObservationState]]:
    """Return how many public observations about each municipality (id) are in each state, with one query.

    One that is about a roadmap below the list of municipalities belongs to the municipality of the roadmap.
    """
    rows = ObservationPage.objects.public().source_language().with_answers()
    found: dict[int, Counter[ObservationState]] = {}
    names = ("subject__path", "subject__roadmappage__municipality", "due_on", "closed_on", "is_answered")
    for path, own, due_on, closed_on, is_answered in rows.values_list(*names):
        town = own or (find_nearest(path, sites) if path is not None else None)
        if town is not None:
            state = find_state(due_on, closed_on, day, is_answered=is_answered)
            found.setdefault(town, Counter())[state] += 1
    return found


def read_figure_lines(rows: list[BoardRow]) -> list[FigureLine]:
    """Return each measure with its declared figures and the one of today; ``rows`` are all municipalities."""
    declared: dict[str, list[DeclaredFigure]] = {}
    for figure in DeclaredFigure.objects.public().order_by("stated_on", "pk"):
        declared.setdefault(figure.measure, []).append(figure)
    computed = compute_figures(rows)
    return [
        FigureLine(str(measure.label), declared.get(measure.value, []), computed[measure])
        for measure in Measure
    ]


def find_own_codes(user: User) -> set[str] | None:
    """Return the INEGI codes of the municipalities of a user's spaces; None for the state, which sees all."""
    if sees_everything(user):
        return None
    links = MunicipalitySpace.objects.filter(holder__in=[space.pk for space in spaces_of(user)])
    return set(links.values_list("municipality__code", flat=True))


def filter_own_rows(rows: Iterable[BoardRow], codes: set[str] | None) -> list[BoardRow]:
    """Return the rows with these codes; None returns all."""
    return [row for row in rows if codes is None or row.code in codes]
