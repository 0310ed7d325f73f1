"""The outline of a plan: rows changed without saving, and saved all or none."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage, PlanPage
from pages.plans.outline import (
    OutlineRow,
    OutlineRowKind,
    add_row,
    build_tree,
    move_row,
    propose_code,
    remove_row,
)
from tests.factories import PlanPageFactory
from tests.pages.admin.worlds import build, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIELDS = ("kind", "key", "code", "title", "was_code", "was_title")


def build_rows(*lines: str) -> list[OutlineRow]:
    """Return rows from «kind code title»."""
    return [OutlineRow(OutlineRowKind(kind), "", code, title) for kind, code, title in map(str.split, lines)]


def list_codes(found: list[OutlineRow]) -> list[str]:
    return [row.code for row in found]


# --- Buttons that save nothing -------------------------------------------------------------------------

SMALL = ("axis 1 A", "commitment 1.1 B", "action 1 C", "action 2 D", "commitment 1.2 E", "axis 2 F")


def test_a_row_moves_with_what_is_below_it():
    assert list_codes(move_row(build_rows(*SMALL), 1, 1)) == ["1", "1.2", "1.1", "1", "2", "2"]
    assert list_codes(move_row(build_rows(*SMALL), 3, -1)) == ["1", "1.1", "2", "1", "1.2", "2"]
    assert list_codes(move_row(build_rows(*SMALL), 5, -1)) == ["2", "1", "1.1", "1", "2", "1.2"]


def test_a_row_stays_at_the_ends_and_beside_what_is_public():
    fixed = build_rows(*SMALL)
    fixed[4].can_move = False

    assert list_codes(move_row(build_rows(*SMALL), 0, -1)) == list_codes(build_rows(*SMALL))
    assert list_codes(move_row(fixed, 1, 1)) == list_codes(build_rows(*SMALL))


def test_new_rows_have_the_next_code():
    assert add_row(build_rows(*SMALL), OutlineRowKind.AXIS)[0][-1].code == "3"
    changed, number = add_row(build_rows(*SMALL), OutlineRowKind.COMMITMENT, 0)
    assert (changed[number].code, number) == ("1.3", 5)
    changed, number = add_row(build_rows(*SMALL), OutlineRowKind.ACTION, 1)
    assert (changed[number].code, number) == ("3", 4)
    assert propose_code(build_rows("axis A X"), None) == "1"


def test_saved_rows_are_removed_only_if_all_of_them_may_be_deleted():
    saved = build_rows(*SMALL)
    saved[2].key = "x"

    assert list_codes(remove_row(saved, 1)[0]) == list_codes(build_rows(*SMALL))
    assert list_codes(remove_row(build_rows(*SMALL), 1)[0]) == ["1", "1.2", "2"]
    saved[2].can_remove = True
    left, removed = remove_row(saved, 1)
    assert (list_codes(left), removed) == (["1", "1.2", "2"], ["x"])


def test_a_row_without_the_one_it_belongs_to_is_refused():
    with pytest.raises(ValueError, match="nothing above"):
        build_tree(build_rows("axis 1 A", "action 1 B"))


# --- The screen ----------------------------------------------------------------------------------------


class Screen:
    """The outline of a plan in the browser of ``user``, without scripts."""

    def __init__(self, plan: PlanPage, user) -> None:
        self.client, self.address = signed_in(user), reverse("plans:outline", args=[plan.pk])
        self.read(self.client.get(self.address))

    def read(self, response) -> None:
        self.response = response
        shown = response.context["numbered"] if response.status_code == 200 else []
        self.rows = [numbered.row for numbered in shown]
        self.removed = response.context.get("removed", []) if response.status_code == 200 else []

    def press(self, action: str):
        """Press a button and read the screen that follows."""
        data = {name: [str(getattr(row, name)) for row in self.rows] for name in FIELDS}
        data["removed"] = self.removed
        self.read(self.client.post(self.address, {**data, "do": action}))
        return self.response

    def add(self, action: str, title: str) -> None:
        self.press(action)
        self.rows[self.response.context["added"]].title = title

    def errors(self) -> dict[str, dict[str, list[str]]]:
        return {row.title: row.errors for row in self.rows if row.errors}


@pytest.fixture
def world():
    return build()


@pytest.fixture
def draft_plan(world):
    index = world.plan.get_parent().specific
    return PlanPageFactory(parent=index, title="Plan nuevo", owner=world.state_editor, live=False)


def list_titles(plan: PlanPage) -> list[str]:
    return list(Page.objects.descendant_of(plan).order_by("path").values_list("title", flat=True))


def test_a_plan_is_written_on_one_screen(world, draft_plan):
    screen = Screen(draft_plan, world.state_editor)
    for axis in "AB":
        screen.add("add-axis", f"Eje {axis}")
    screen.add("add-commitment-0", "Compromiso A")
    screen.add("add-action-1", "Primera")
    screen.add("add-action-1", "Segunda")

    response = screen.press("save")

    commitment = CommitmentPage.objects.descendant_of(draft_plan).get()
    assert response.status_code == 302
    assert list_titles(draft_plan) == ["Eje A", "Compromiso A", "Eje B"]
    assert (commitment.code, commitment.slug, commitment.owner) == (
        "1.1",
        "compromiso-a",
        world.state_editor,
    )
    assert [str(row) for row in commitment.latest_revision.as_object().actions.all()] == [
        "1. Primera",
        "2. Segunda",
    ]
    assert not Page.objects.descendant_of(draft_plan).live().exists()


def write_two_axes(world, plan) -> Screen:
    """Save two axes, the first with a commitment of two actions, and return the screen opened anew."""
    screen = Screen(plan, world.state_editor)
    for axis in "AB":
        screen.add("add-axis", f"Eje {axis}")
    screen.add("add-commitment-0", "Compromiso A")
    for action in ("Primera", "Segunda"):
        screen.add("add-action-1", action)
    screen.press("save")
    return Screen(plan, world.state_editor)


def test_saved_drafts_and_actions_are_deleted_when_the_outline_is_saved(world, draft_plan):
    screen = write_two_axes(world, draft_plan)
    screen.press("remove-2")
    assert "se borra 1 fila" in screen.response.content.decode()
    assert len(list_titles(draft_plan)) == 3
    screen.press("save")

    commitment = CommitmentPage.objects.descendant_of(draft_plan).get()
    assert [str(row) for row in commitment.latest_revision.as_object().actions.all()] == ["2. Segunda"]

    screen = Screen(draft_plan, world.state_editor)
    screen.press("remove-0")
    assert len(screen.removed) == 3
    screen.add("add-axis", "Eje nuevo")
    assert screen.press("save").status_code == 302, screen.errors()
    assert list_titles(draft_plan) == ["Eje B", "Eje nuevo"]


def test_drafts_of_others_and_public_pages_are_not_deleted(world, draft_plan):
    write_two_axes(world, draft_plan)
    AxisPage.objects.child_of(draft_plan).update(owner=world.north_editor)
    screen = Screen(draft_plan, world.state_editor)
    key = screen.rows[0].key

    screen.press("remove-0")
    assert screen.removed == []
    screen.rows, screen.removed = screen.rows[4:], [key]
    screen.press("save")
    assert list_titles(draft_plan) == ["Eje A", "Compromiso A", "Eje B"]

    public = Screen(world.plan, world.state_editor)
    assert not any(row.can_remove for row in public.rows)


def test_saved_drafts_are_renamed_and_put_in_order(world, draft_plan):
    screen = Screen(draft_plan, world.state_editor)
    for axis in "AB":
        screen.add("add-axis", f"Eje {axis}")
    screen.add("add-commitment-1", "Compromiso B")
    screen.press("save")

    screen = Screen(draft_plan, world.state_editor)
    screen.press("up-1")
    screen.rows[0].code, screen.rows[2].code = "1", "2"
    screen.rows[1].title = "Compromiso B corregido"
    assert screen.press("save").status_code == 302, screen.errors()

    axes = AxisPage.objects.child_of(draft_plan).order_by("path")
    assert list_titles(draft_plan) == ["Eje B", "Compromiso B corregido", "Eje A"]
    assert [axis.code for axis in axes] == ["1", "2"]


def test_one_error_saves_nothing_and_stands_beside_its_row(world, draft_plan):
    screen = Screen(draft_plan, world.state_editor)
    screen.add("add-axis", "Eje A")
    screen.add("add-commitment-0", "Compromiso " + "largo " * 20)
    screen.add("add-commitment-0", "Otro")
    screen.rows[2].code = "1/2"
    screen.add("add-action-2", "Acción")
    screen.rows[3].code = "dos"

    response = screen.press("save")

    found = screen.errors()
    assert response.status_code == 200
    assert list_titles(draft_plan) == []
    assert ["title"] in [list(errors) for errors in found.values()]
    assert (list(found["Otro"]), list(found["Acción"])) == (["code"], ["code"])
    assert "60 caracteres" in response.content.decode()


def test_a_code_is_not_given_twice(world):
    screen = Screen(world.plan, world.state_editor)
    screen.add("add-commitment-0", "Nuevo")
    screen.rows[-1].code = "1.1"

    screen.press("save")

    assert set(screen.errors()) == {"Datos del norte", "Nuevo"}


def test_a_public_commitment_is_changed_as_a_draft_and_keeps_its_place(world):
    screen = Screen(world.plan, world.state_editor)
    north = next(row for row in screen.rows if row.title == "Datos del norte")
    north.title = "Datos abiertos del norte"
    screen.press("up-4")
    screen.press("save")

    page = CommitmentPage.objects.get(pk=world.north.pk)
    assert not north.can_move
    assert (page.title, page.latest_revision.as_object().title) == (
        "Datos del norte",
        "Datos abiertos del norte",
    )
    assert page.has_unpublished_changes
    assert len(page.latest_revision.as_object().actions.all()) == 2


def test_what_another_person_changed_meanwhile_is_not_overwritten(world, draft_plan):
    first, second = (Screen(draft_plan, world.state_editor) for _ in range(2))
    first.add("add-axis", "Eje A")
    first.press("save")
    first, second = (Screen(draft_plan, world.state_editor) for _ in range(2))
    first.rows[0].title, second.rows[0].title = "Eje primero", "Eje segundo"
    first.press("save")

    response = second.press("save")

    assert "ahora dice «1 Eje primero»" in response.content.decode()
    assert list_titles(draft_plan) == ["Eje primero"]


def test_a_row_that_was_not_touched_keeps_what_another_person_wrote(world, draft_plan):
    screen = Screen(draft_plan, world.state_editor)
    screen.add("add-axis", "Eje A")
    screen.add("add-commitment-0", "Compromiso A")
    screen.add("add-action-1", "Primera")
    screen.press("save")
    first, second = (Screen(draft_plan, world.state_editor) for _ in range(2))
    first.rows[1].title = "Compromiso nuevo"
    first.press("save")
    second.add("add-action-1", "Segunda")

    assert second.press("save").status_code == 302, second.errors()

    commitment = CommitmentPage.objects.descendant_of(draft_plan).get().latest_revision.as_object()
    assert commitment.title == "Compromiso nuevo"
    assert [action.title for action in commitment.actions.all()] == ["Primera", "Segunda"]


def test_rows_of_another_plan_are_refused(world, draft_plan):
    screen = Screen(draft_plan, world.state_editor)
    screen.rows = [OutlineRow(OutlineRowKind.AXIS, str(world.north.get_parent().pk), "1", "Ajeno")]

    screen.press("save")

    assert list(screen.errors()["Ajeno"]) == ["row"]


def test_forms_that_do_not_fit_together_are_bad_requests(world, draft_plan):
    client, address = signed_in(world.state_editor), reverse("plans:outline", args=[draft_plan.pk])
    row = {"key": "", "code": "1", "title": "A", "was_code": "", "was_title": ""}

    for data in (
        {**row, "kind": "action"},
        {**row, "kind": "plan"},
        {"kind": "axis", "title": "A"},
        {**row, "kind": "axis", "do": "up-7"},
        {**row, "kind": "axis", "do": "add-action-0"},
        {**row, "kind": "axis", "do": "publish"},
    ):
        assert client.post(address, data).status_code == 400, data


def test_the_outline_is_not_there_for_others(world):
    address = reverse("plans:outline", args=[world.plan.pk])

    assert signed_in(world.north_editor).get(address).status_code == 404
    assert signed_in(world.north_reviewer).post(address, {}).status_code == 404


def create_plan(world) -> dict[str, object]:
    period = {"title": "Plan 2025-2027", "start": "01/01/2025", "end": "31/12/2027"}
    return {**period, "commitments": [world.north.pk, world.south.pk]}


def test_a_new_plan_from_another_opens_its_outline_and_is_sent_as_one(world):
    client = signed_in(world.state_editor)
    address = reverse("plans:start_plan", args=[world.plan.pk])
    period = create_plan(world)

    assert client.get(address).context["form"]["commitments"].initial == [world.north.pk, world.south.pk]
    assert client.post(address, {**period, "commitments": []}).context["form"].errors["commitments"]
    assert client.post(address, {**period, "end": "01/01/2020"}).context["form"].errors["end"]
    response = client.post(address, period)

    plan = PlanPage.objects.get(slug="plan-2025-2027")
    drafts = set(Page.objects.descendant_of(plan, inclusive=True).values_list("pk", flat=True))
    form = client.get(reverse("bundles:create"), {"plan": plan.pk}).context["form"]
    assert response.headers["Location"] == reverse("plans:outline", args=[plan.pk])
    assert (
        set(form.initial["pages"])
        == drafts
        == set(form.fields["pages"].queryset.values_list("pk", flat=True))
    )
    assert signed_in(world.north_editor).get(address).status_code == 404


def test_a_new_plan_that_is_begun_is_offered_before_another(world):
    client = signed_in(world.state_editor)
    address = reverse("plans:start_plan", args=[world.plan.pk])
    client.post(address, create_plan(world))

    offered = client.get(address).content.decode()

    assert "Plan 2025-2027" in offered
    assert "Empezar otro plan" in offered
    assert client.get(f"{address}?otro=1").context["form"]


def test_the_drafts_of_a_new_plan_become_one_bundle(world):
    client = signed_in(world.state_editor)
    client.post(reverse("plans:start_plan", args=[world.plan.pk]), create_plan(world))
    plan = PlanPage.objects.get(slug="plan-2025-2027")
    address = f"{reverse('bundles:create')}?plan={plan.pk}"
    initial = client.get(address).context["form"].initial

    response = client.post(address, {"name": initial["name"], "pages": initial["pages"], "note": ""})

    assert response.status_code == 302, response.context["form"].errors
    assert plan.get_descendants(inclusive=True).count() == len(initial["pages"])
    assert all(page.workflow_in_progress for page in plan.get_descendants(inclusive=True).specific())
