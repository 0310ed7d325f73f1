"""A new plan with the structure of another."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from pages.figures.models import ProgressFigure
from pages.plans import copying
from pages.plans.commitments import CommitmentPage
from pages.plans.copying import choose_by_outcome, propose_plan, read_branches, start_plan
from pages.plans.enums import CommitmentOutcome, PlanStatus
from pages.plans.inlines import CommitmentAction, CommitmentParty
from pages.plans.models import AxisPage, PlanPage
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    ProgressUpdatePageFactory,
    ReportPageFactory,
    SDGTargetFactory,
    published,
)
from tests.pages.admin.worlds import build
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

START, END = datetime.date(2024, 9, 1), datetime.date(2026, 8, 31)


@pytest.fixture
@built_once
def world():
    world = build()
    plan = world.plan
    plan.title, plan.slug = "Plan 2022-2024", "pal-2022-2024"
    plan.period_start, plan.period_end = datetime.date(2022, 9, 1), datetime.date(2024, 8, 31)
    plan.status, plan.target_text = PlanStatus.CONCLUDED, "100 % en agosto de 2024"
    world.plan = published(plan)
    north = world.north
    north.start, north.end = datetime.date(2022, 10, 1), datetime.date(2024, 2, 29)
    north.sdg_targets = [SDGTargetFactory()]
    world.north = published(north)
    published(ProgressUpdatePageFactory(parent=world.north, rows={1: 30}))
    published(ReportPageFactory(parent=world.plan))
    return world


def test_the_next_period_and_its_years_are_proposed(world):
    proposal = propose_plan(world.plan)

    assert (proposal.period_start, proposal.period_end) == (START, END)
    assert proposal.title == "Plan 2024-2026"


def test_the_structure_is_copied_as_drafts_of_the_author(world):
    plan = start_plan(world.plan, "Plan 2024-2026", START, END, world.state_editor)

    pages = Page.objects.descendant_of(plan, inclusive=True)
    north = CommitmentPage.objects.descendant_of(plan).get(code="1.1")
    revision = north.latest_revision.as_object()
    assert [page.specific_class for page in pages] == [PlanPage, AxisPage, CommitmentPage, CommitmentPage]
    assert not pages.exclude(live=False, owner=world.state_editor, latest_revision__isnull=False).exists()
    assert plan.permissions_for_user(world.state_editor).can_delete()
    assert plan.status == PlanStatus.IN_PROGRESS
    assert (plan.slug, plan.target_text) == ("plan-2024-2026", "")
    assert (north.start, north.end) == (datetime.date(2024, 10, 1), datetime.date(2026, 2, 28))
    assert [str(row) for row in revision.actions.all()] == ["1. Abrir los datos", "2. Enseñar a usarlos"]
    assert revision.actions.all()[0].means[0].value["text"] == "Informe publicado"
    assert [row.institution.acronym for row in revision.parties.all()] == ["IN"]
    assert list(revision.sdg_targets.all()) == list(world.north.sdg_targets.all())


def test_only_the_chosen_commitments_and_their_axes_are_taken_over(world):
    other = published(AxisPageFactory(parent=world.plan, code="2"))
    published(CommitmentPageFactory(parent=other, code="2.1"))

    plan = start_plan(world.plan, "Plan 2024-2026", START, END, world.state_editor, chosen=[world.north.pk])

    assert [page.code for page in CommitmentPage.objects.descendant_of(plan)] == ["1.1"]
    assert [page.code for page in AxisPage.objects.child_of(plan)] == ["1"]


def test_the_rescheduled_commitments_are_chosen_by_default(world):
    branches = read_branches(world.plan, world.state_editor)
    assert {page.code for page in choose_by_outcome(branches)} == {"1.1", "1.2"}

    world.south.outcome, world.south.outcome_reason = CommitmentOutcome.RESCHEDULED, "No hubo presupuesto."
    published(world.south)

    again = read_branches(world.plan, world.state_editor)
    assert [page.code for page in choose_by_outcome(again)] == ["1.2"]


def test_every_copy_says_where_it_comes_from(world, client):
    plan = start_plan(world.plan, "Plan 2024-2026", START, END, world.state_editor)

    published(PlanPage.objects.get(pk=plan.pk))
    published(AxisPage.objects.child_of(plan).get())
    north = published(CommitmentPage.objects.descendant_of(plan).get(code="1.1"))

    html = " ".join(client.get(north.url).content.decode().split())
    assert f'Viene de <a href="{world.north.url}">1.1 {world.north.title}</a>, Plan 2022-2024.' in html
    assert f'Viene de <a href="{world.plan.url}">Plan 2022-2024</a>.' in client.get(plan.url).content.decode()

    world.north.unpublish()
    assert "Viene de" not in client.get(north.url).content.decode()


def test_a_commitment_leads_to_what_continues_it_while_that_is_public(world, client):
    def read_continuation() -> str:
        html = " ".join(client.get(world.north.url).content.decode().split())
        return html.partition("Continúa en")[2].partition("</dl>")[0]

    plan = start_plan(world.plan, "Plan 2024-2026", START, END, world.state_editor)
    assert not read_continuation()
    plan = published(PlanPage.objects.get(pk=plan.pk))
    published(AxisPage.objects.child_of(plan).get())
    later = published(CommitmentPage.objects.descendant_of(plan).get(code="1.1"))

    assert f'<a href="{later.url}">1.1 {later.title}</a>, Plan 2024-2026.' in read_continuation()

    plan.unpublish()
    assert not read_continuation()


def test_a_plan_does_not_continue_itself(world):
    plan = start_plan(world.plan, "Plan 2024-2026", START, END, world.state_editor)
    first = PlanPage.objects.get(pk=world.plan.pk)
    first.continues = plan

    with pytest.raises(ValidationError, match="no viene de sí misma"):
        first.clean()


def test_the_figures_of_the_old_plan_are_not_those_of_the_new(world):
    plan = start_plan(world.plan, "Plan 2024-2026", START, END, world.state_editor)

    new = CommitmentPage.objects.descendant_of(plan)
    keys = [page.translation_key for page in new]
    keys += CommitmentAction.objects.filter(page__in=new).values_list("translation_key", flat=True)
    assert not ProgressFigure.objects.filter(key__in=keys).exists()
    assert ProgressFigure.objects.filter(key=world.north.translation_key).exists()


def test_drafts_under_a_public_plan_are_left_out(world):
    CommitmentPageFactory(parent=world.north.get_parent().specific, code="1.3")

    plan = start_plan(world.plan, "Plan 2024-2026", START, END, world.state_editor)

    assert set(CommitmentPage.objects.descendant_of(plan).values_list("code", flat=True)) == {"1.1", "1.2"}


def test_a_reversed_period_creates_nothing(world):
    before = Page.objects.count()

    with pytest.raises(ValidationError, match="anterior al inicio"):
        start_plan(world.plan, "Plan", END, START, world.state_editor)

    assert Page.objects.count() == before


#: A new plan is not copied from the old one's document, and its words and codes are its own.
SOURCE = {"source_name", "source_date", "source_url"}
CLOSING = {"outcome", "outcome_reason", "continues"}
LITERAL = {"official_text", "is_code_ours"}


@pytest.mark.parametrize(
    ("model", "copied", "left_out"),
    [
        (
            PlanPage,
            copying.PLAN_FIELDS,
            {
                "period_start",
                "is_start_assumed",
                "period_end",
                "status",
                "closed_on",
                "target_text",
                "continues",
                "body",
                *SOURCE,
            },
        ),
        (AxisPage, copying.AXIS_FIELDS, SOURCE),
        (
            CommitmentPage,
            copying.COMMITMENT_FIELDS,
            {
                "start",
                "end",
                "sdg_targets",
                "body",
                "indicator_key",
                *CLOSING,
                *LITERAL,
                *SOURCE,
            },
        ),
        (CommitmentAction, copying.ACTION_FIELDS, {"start", "end", "official_text", "indicator_key"}),
        (CommitmentParty, copying.PARTY_FIELDS, {"person", "post", "valid_from", "valid_until"}),
    ],
)
def test_every_field_is_copied_or_left_out_on_purpose(model, copied, left_out):
    technical = {"id", "page", "page_ptr", "translation_key", "locale"}
    of_pages = {field.name for field in Page._meta.get_fields()} if issubclass(model, Page) else set()
    own = {field.name for field in model._meta.local_fields + model._meta.local_many_to_many}
    own |= {"summary"} if issubclass(model, Page) else set()

    undecided = own - technical - of_pages - set(copied) - left_out
    assert undecided == set(), "Name it in pages/plans/copying.py if a new plan takes it, else in left_out"
    assert own - technical - of_pages == (set(copied) | left_out) - of_pages
