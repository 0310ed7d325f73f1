"""A whole plan from one workbook: what becomes public, what is refused, and its undo."""

import datetime
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Page

from abierto.imports.batches import BatchState
from abierto.imports.models import ImportBatch
from abierto.imports.plans import PartiesImportKind, PlanImportKind
from abierto.registry.sdg import load_sdg
from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage
from tests.abierto.imports.uploads import load, make_workbook, publish, undo, upload
from tests.factories import InstitutionFactory, PersonFactory
from tests.pages.admin.worlds import build, member, signed_in
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KIND = PlanImportKind()
PARTIES = PartiesImportKind()


@built_once
def build_listed():
    """Build the institutions, with the list of goals and a second person of the state."""
    world = build()
    load_sdg()
    member("revisa-estado", world.state.reviewers)
    return world


@pytest.fixture
def world():
    return build_listed()


def bring(world, content=None, **sheets) -> ImportBatch:
    titles = {"axes": "Ejes", "commitments": "Compromisos", "actions": "Acciones", "parties": "Partes"}
    titles["targets"] = "Metas"
    target = KIND.find_targets(world.state_editor)[0]
    rows = {titles[name]: found for name, found in sheets.items()}
    return upload(target, world.state_editor, content or make_workbook(rows, "plan"), "plan")


def small_plan() -> dict:
    """Return a new axis with a commitment of two actions."""
    return {
        "axes": [{"code": "9", "title": "Agua", "objective": "Que alcance"}],
        "commitments": [
            {
                "axis": "9",
                "code": "9.1",
                "title": "Medir los pozos",
                "problem": "<b>No</b> se sabe cuánta hay",
                "start": datetime.date(2024, 1, 1),
                "end": "31/12/2024",
                "cadence_months": 6,
            }
        ],
        "actions": [
            {"commitment": "9.1", "number": 1, "title": "Comprar", "means": "Factura; Acta", "weight": "1.5"},
            {"commitment": "9.1", "number": 2, "title": "Instalar"},
        ],
        "parties": [{"commitment": "9.1", "institution": "in", "post": "Dirección"}],
        "targets": [{"commitment": "9.1", "target": "6,4"}, {"commitment": "9.1", "target": "6.b"}],
    }


def problems(batch) -> list[tuple[str, int | None, str]]:
    return [(found["sheet"], found["row"], found["column"]) for found in batch.problems]


@pytest.mark.both_databases
def test_workbook_becomes_a_public_plan_by_a_second_person(world):
    batch = bring(world, **small_plan())
    assert batch.state == BatchState.CHECKED, batch.problems
    assert [note["message"] for note in batch.notes] == ["«6,4» se lee como la meta 6.4."]

    batch = load(batch)
    assert not Page.objects.filter(title="Agua", live=True).exists()
    reviewer = type(world.state_editor).objects.get(username="revisa-estado")
    publish(batch.bundles.get(), world.state_editor, reviewer)

    page = CommitmentPage.objects.get(code="9.1", live=True)
    assert AxisPage.objects.child_of(world.plan).get(code="9").live
    assert (page.problem, page.end, page.cadence_months) == (
        "<b>No</b> se sabe cuánta hay", datetime.date(2024, 12, 31), 6,
    )  # fmt: skip
    assert [(row.number, row.title, row.weight) for row in page.actions.all()] == [
        (1, "Comprar", Decimal("1.5")),
        (2, "Instalar", Decimal(1)),
    ]
    assert [block.value["text"] for block in page.actions.first().means] == ["Factura", "Acta"]
    assert [(row.institution.acronym, row.post) for row in page.parties.all()] == [("IN", "Dirección")]
    assert {row.code for row in page.sdg_targets.all()} == {"6.4", "6.b"}


def test_the_same_workbook_and_the_rows_of_today_change_nothing(world):
    load(bring(world, **small_plan()))

    assert bring(world, **small_plan()).change_count == 0
    target = KIND.find_targets(world.state_editor)[0]
    url = reverse("imports:current", args=["plan", target.space.pk, target.page.pk, "xlsx"])
    batch = bring(world, content=signed_in(world.state_editor).get(url).content)
    assert (batch.problems, batch.changes) == ([], [])
    assert batch.total > 10


def test_only_what_the_workbook_names_changes(world):
    load(bring(world, **small_plan()))
    draft = CommitmentPage.objects.get(code="9.1")
    keys = [action.translation_key for action in draft.actions.all()]
    other = InstitutionFactory(name="Otra")
    person = PersonFactory(name="Ana Ruiz")

    batch = load(
        bring(
            world,
            actions=[{"commitment": "9.1", "number": 2, "title": "Instalar y probar"}],
            parties=[{"commitment": "9.1", "institution": other.name, "person": person.name}],
        )
    )

    assert [(change["thing"], change["old"], change["new"]) for change in batch.changes] == [
        ("9.1 · 2", "Instalar", "Instalar y probar"),
        ("9.1", "Responsable, Instituto del Norte, Dirección", "Responsable, Otra, Ana Ruiz"),
    ]
    page = CommitmentPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert [action.translation_key for action in page.actions.all()] == keys
    assert [action.title for action in page.actions.all()] == ["Comprar", "Instalar y probar"]
    assert page.sdg_targets.count() == 2


@pytest.mark.parametrize(
    ("sheet", "row", "changed", "place", "words"),
    [
        ("axes", 0, {"title": None}, ("Ejes", 2, "Título"), "Falta"),
        ("commitments", 0, {"axis": "8"}, ("Compromisos", 2, "Eje"), "no está"),
        ("commitments", 0, {"code": "1.1"}, ("Compromisos", 2, "Eje"), "otro eje"),
        ("commitments", 0, {"title": "x" * 61}, ("Compromisos", 2, "Título ciudadano"), "60"),
        ("commitments", 0, {"end": "1/1/2020"}, ("Compromisos", 2, "Conclusión"), "anterior"),
        (
            "commitments",
            0,
            {"cadence_months": "x"},
            ("Compromisos", 2, "Se reporta cada (meses)"),
            "entero",
        ),
        ("commitments", 0, {"code": "9 1"}, ("Compromisos", 2, "Clave"), "letras y puntos"),
        ("actions", 1, {"number": 1}, ("Acciones", 3, "Número"), "renglón 2"),
        ("actions", 1, {"commitment": "7.7"}, ("Acciones", 3, "Compromiso"), "no está"),
        ("actions", 1, {"title": "x" * 121}, ("Acciones", 3, "Título"), "120"),
        ("actions", 1, {"weight": "-1"}, ("Acciones", 3, "Peso"), "negativo"),
        ("parties", 0, {"institution": "Nadie"}, ("Partes", 2, "Institución"), "registro"),
        ("parties", 0, {"role": "jefa"}, ("Partes", 2, "Papel"), "Responsable"),
        ("parties", 0, {"person": "Nadie"}, ("Partes", 2, "Persona"), "registro"),
        ("targets", 0, {"target": "216.6"}, ("Metas", 2, "Meta de los ODS"), "lista de metas"),
    ],
)
def test_bad_row_is_named_with_its_sheet_and_nothing_is_saved(world, sheet, row, changed, place, words):
    before = Page.objects.count()
    sheets = small_plan()
    sheets[sheet][row] |= changed

    batch = bring(world, **sheets)

    assert batch.state == BatchState.REFUSED
    found = dict(zip(problems(batch), (problem["message"] for problem in batch.problems), strict=True))
    assert words in found.get(place, ""), batch.problems
    assert Page.objects.count() == before


def test_two_rows_for_one_code_unknown_sheets_and_text_tables_are_refused(world):
    sheets = small_plan()
    sheets["axes"] *= 2
    assert problems(bring(world, **sheets)) == [("Ejes", 3, "Clave")]

    content = make_workbook({"Ejes": small_plan()["axes"]}, "plan")
    book = load_workbook(io.BytesIO(content))
    book.create_sheet("Borrador")
    written = io.BytesIO()
    book.save(written)
    assert problems(bring(world, content=written.getvalue())) == [("Borrador", None, "")]

    assert "varias hojas" in bring(world, content=b"Clave,Titulo\r\n9,Agua\r\n").problems[0]["message"]


@pytest.mark.both_databases
def test_undo_deletes_new_pages_and_restores_changed_ones(world):
    before = Page.objects.count()
    batch = load(bring(world, axes=[{"code": "1", "title": "Otro nombre"}, *small_plan()["axes"]]))
    axis = AxisPage.objects.get(code="1")
    assert axis.get_latest_revision_as_object().title == "Otro nombre"
    title = axis.title

    batch = undo(batch)

    assert batch.state == BatchState.UNDONE
    assert Page.objects.count() == before
    assert AxisPage.objects.get(code="1").get_latest_revision_as_object().title == title


def test_only_editors_of_the_space_of_the_plan_may_load_it(world):
    assert [target.page.pk for target in KIND.find_targets(world.state_editor)] == [world.plan.pk]
    for stranger in (world.north_editor, world.south_editor, world.north_reviewer):
        assert KIND.find_targets(stranger) == []
        args = ["plan", world.state.pk, world.plan.pk, "xlsx"]
        assert signed_in(stranger).get(reverse("imports:current", args=args)).status_code in (403, 404)


# --- The parties alone -----------------------------------------------------------------------------------


def bring_parties(world, *rows, content=None, name="hoja.xlsx") -> ImportBatch:
    target = PARTIES.find_targets(world.state_editor)[0]
    content = content or make_workbook({"Partes": rows}, "partes")
    return upload(target, world.state_editor, content, "partes", name)


def test_parties_of_a_commitment_become_public_and_are_undone(world):
    load(bring(world, **small_plan()))
    row = {"commitment": "9.1", "institution": "Instituto del Sur", "role": "Cocreadora"}
    batch = bring_parties(world, row)
    assert [(change["old"], change["new"]) for change in batch.changes] == [
        ("Responsable, Instituto del Norte, Dirección", "Cocreadora, Instituto del Sur")
    ]

    batch = load(batch)

    commitment = CommitmentPage.objects.get(code="9.1").get_latest_revision_as_object()
    assert [str(party.institution) for party in commitment.parties.all()] == ["Instituto del Sur"]
    assert commitment.actions.count() == 2
    assert bring_parties(world, row).change_count == 0
    undo(batch)
    commitment = CommitmentPage.objects.get(code="9.1").get_latest_revision_as_object()
    assert [str(party.institution) for party in commitment.parties.all()] == ["Instituto del Norte"]


def test_parties_of_today_come_back_as_text_and_bad_ones_are_named(world):
    target = PARTIES.find_targets(world.state_editor)[0]
    url = reverse("imports:current", args=["partes", target.space.pk, target.page_key, "csv"])
    content = signed_in(world.state_editor).get(url).content

    batch = bring_parties(world, content=content, name="hoy.csv")
    assert (batch.problems, batch.changes, batch.total) == ([], [], 2)

    batch = bring_parties(
        world, {"commitment": "7.7", "institution": "IN"}, {"commitment": "1.1", "role": "x"}
    )
    assert problems(batch) == [
        ("Partes", 2, "Compromiso"),
        ("Partes", 3, "Papel"),
        ("Partes", 3, "Institución"),
    ]
