"""A new municipality on its road: what its people publish, step by step, after two approvals.

Two people of the town write and review, and one of the state reviews after them: nothing is public before
both agreed.
"""

import datetime

from wagtail.models import Page

from abierto.accounts.models import User
from abierto.registry.models import Municipality
from abierto.spaces.municipalities import NewMunicipality, provision
from abierto.tenancy.models import Space
from pages.plans.models import PlanPage
from pages.reports.models import ReportKind, ReportPage
from pages.roadmaps.models import RoadmapPage
from tests.abierto.approval.newsroom import approve, fresh, person, submit
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    ProgressUpdatePageFactory,
    ReportPageFactory,
)

START, END = datetime.date(2022, 10, 7), datetime.date(2024, 10, 6)
ALL_STEPS = range(1, 14)


class Town:
    """The space of a new municipality with its editor and its reviewer, and the reviewer of the state."""

    def __init__(self, municipality: Municipality, state_reviewer: User) -> None:
        self.municipality, self.state_reviewer = municipality, state_reviewer
        self.space: Space = provision(NewMunicipality(municipality, has_state_step=True), by=None).space
        self.editor: User = person("editora-del-municipio", self.space.editors)
        self.reviewer: User = person("revisora-del-municipio", self.space.reviewers)

    def find[P: Page](self, model: type[P]) -> P:
        """Return the draft of the only page of a type that provisioning made."""
        page = model.objects.descendant_of(Page.objects.get(space_root__space=self.space)).get()
        draft: P = page.get_latest_revision_as_object()
        return draft

    def publish[P: Page](self, page: P) -> P:
        """Submit a page; it is public once the town and then the state have approved it."""
        state = submit(page, self.editor)
        approve(state, self.reviewer)
        assert not fresh(page).live
        approve(fresh(page).current_workflow_task_state, self.state_reviewer)
        assert fresh(page).live
        return fresh(page)


def address_of_paper(number: int) -> str:
    return f"https://www.example.org/paso-{number}.pdf"


def paper(number: int, title: str) -> tuple[str, dict]:
    """Return the block of a paper on another site."""
    link = {"title": title, "kind": "link", "url": address_of_paper(number), "document": None}
    return "evidence", link


def fill_in_steps(town: Town) -> RoadmapPage:
    """Return the draft roadmap with every step done in its order, each with the papers that it asks for."""
    page = town.find(RoadmapPage)
    page.declaration = START.isoformat()
    rows = list(page.steps.all())
    for row in rows:
        number = row.step.number
        titles = row.step.wanted_documents or [f"Constancia del paso {number}"]
        row.status, row.done_on = "done", START + datetime.timedelta(days=30 * number)
        row.evidence = [paper(number, f"{title} del municipio") for title in titles]
    page.steps = rows
    return page


def publish_plan(town: Town) -> PlanPage:
    """Publish the plan with a commitment and an update of it."""
    plan = town.find(PlanPage)
    plan.period_start, plan.period_end = START, END
    plan = town.publish(plan)
    axis = town.publish(AxisPageFactory(parent=plan))
    commitment = town.publish(CommitmentPageFactory(parent=axis, actions=2))
    town.publish(ProgressUpdatePageFactory(parent=commitment, rows={1: 60, 2: 100}))
    return fresh(plan)


def publish_report(town: Town, plan: PlanPage, kind: ReportKind, number: int) -> ReportPage:
    """Publish a report of the plan."""
    return town.publish(ReportPageFactory(parent=fresh(plan), kind=kind, number=number, period_start=START))
