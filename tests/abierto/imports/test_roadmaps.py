"""Roadmaps of municipalities from a spreadsheet: what becomes public, what is refused, who may load it."""

import datetime
import io
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import timezone

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.bundles.models import BundleStatus
from abierto.bundles.services import resubmit_bundle
from abierto.imports.batches import RETENTION_DAYS, BatchState
from abierto.imports.models import ImportBatch
from abierto.imports.roadmaps import RoadmapImportKind
from abierto.imports.services import WORK, start_batch
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root
from pages.roadmaps.models import RoadmapPage
from tests.abierto.imports.uploads import find_problems, load, make_workbook, publish, undo, upload
from tests.factories import MicrositePageFactory, MunicipalityFactory, home, published
from tests.municipal_factories import ListedStepFactory, RoadmapPageFactory, StepListFactory
from tests.pages.admin.worlds import member, signed_in, space
from tests.shared_rows import built_once

pytestmark = pytest.mark.django_db

KIND = RoadmapImportKind()
CITED = ("evidence", {"title": "Acta citada", "kind": "cited"})
PAPERS = {
    "papers": "Acta; Lista de asistencia",
    "addresses": "https://example.org/acta; https://example.org/lista",
}


@dataclass
class Towns:
    """Two municipalities with a public roadmap of 13 steps each."""

    road: RoadmapPage
    editor: User
    reviewer: User
    other_editor: User
    state_editor: User


@built_once
def build_towns() -> Towns:
    """Build the municipalities; a step of the first has a paper that is only cited."""
    steps = StepListFactory()
    for number in range(1, 14):
        ListedStepFactory(step_list=steps, number=number, name=f"Se hace el paso {number}")
    state = space("Estado", SpaceKind.STATE)
    assign_root(state, home())
    roads, spaces = [], []
    for code, name in (("11015", "Guanajuato"), ("11007", "Celaya")):
        site = published(MicrositePageFactory(municipality=MunicipalityFactory(code=code, name=name)))
        rows = {4: {"evidence": [CITED]}} if not roads else {}
        roads.append(published(RoadmapPageFactory(parent=site, step_list=steps, rows=rows)))
        spaces.append(space(name, SpaceKind.MUNICIPALITY))
        assign_root(spaces[-1], site)
    return Towns(
        roads[0],
        member("edita", spaces[0].editors),
        member("revisa", spaces[0].reviewers),
        member("otra", spaces[1].editors),
        member("estado", state.editors),
    )


@pytest.fixture
def towns():
    return build_towns()


def row(number, code="11015", **values):
    return {"code": code, "number": number, **values}


def sheet(*rows) -> bytes:
    return make_workbook({"Pasos": rows}, "ruta")


def bring(towns, *rows, content=None, name="hoja.xlsx") -> ImportBatch:
    target = KIND.find_targets(towns.editor)[0]
    return upload(target, towns.editor, content or sheet(*rows), "ruta", name)


def steps_of(towns):
    page = RoadmapPage.objects.get(pk=towns.road.pk)
    return {step.step.number: step for step in page.steps.select_related("step")}


@pytest.mark.both_databases
def test_steps_become_public_by_a_second_person_and_are_undone(towns):
    content = sheet(
        row(1, status="Hecho", done_on="12/03/2024", place="Presidencia", note="Consta en acta", **PAPERS),
        row(
            4, step="Se hace el paso 4", status="En marcha", papers="Acta", addresses="https://example.org/a"
        ),
    )
    batch = bring(towns, content=content)
    assert [(change["row"], change["column"], change["new"]) for change in batch.changes] == [
        (2, "Estado", "Hecho"),
        (2, "Fecha", "12/03/2024"),
        (2, "Lugar", "Presidencia"),
        (2, "Qué consta", "Consta en acta"),
        (2, "Documentos: títulos", "Acta; Lista de asistencia"),
        (2, "Documentos: direcciones", PAPERS["addresses"]),
        (3, "Estado", "En marcha"),
        (3, "Documentos: títulos", "Acta"),
        (3, "Documentos: direcciones", "https://example.org/a"),
    ]

    batch = load(batch)
    assert steps_of(towns)[1].status == "unknown"
    publish(batch.bundles.get(), towns.editor, towns.reviewer)

    steps = steps_of(towns)
    assert (steps[1].status, steps[1].done_on) == ("done", datetime.date(2024, 3, 12))
    assert [block.value["title"] for block in steps[4].evidence] == ["Acta", "Acta citada"]
    assert len(steps) == 13
    assert bring(towns, content=content).change_count == 0

    batch = undo(batch)
    publish(batch.bundles.get(status=BundleStatus.PREPARED), towns.editor, towns.reviewer)
    steps = steps_of(towns)
    assert (steps[1].status, steps[1].done_on, len(steps[1].evidence)) == ("unknown", None, 0)


@pytest.mark.parametrize("name", ["xlsx", "csv"])
def test_the_steps_of_today_come_back_without_a_change(towns, name):
    load(bring(towns, row(1, status="Hecho", done_on="12/03/2024", **PAPERS)))
    target = KIND.find_targets(towns.editor)[0]
    url = reverse("imports:current", args=["ruta", target.space.pk, 0, name])
    content = signed_in(towns.editor).get(url).content

    batch = bring(towns, content=content, name=f"hoy.{name}")

    assert (batch.problems, batch.changes, batch.total) == ([], [], 13)


@pytest.mark.parametrize(
    ("changed", "column", "words"),
    [
        ({"number": 14}, "Número", "no tiene el paso «14»"),
        ({"number": "uno"}, "Número", "no tiene el paso"),
        ({"step": "Otra cosa"}, "Paso", "se llama «Se hace el paso 1»"),
        ({"status": "Terminado"}, "Estado", "no está en la lista"),
        ({"done_on": "ayer"}, "Fecha", "No se entiende"),
        ({"status": "Hecho", "done_on": "01/01/2999"}, "Fecha", "fecha futura"),
        ({"papers": "Acta; Lista"}, "Documentos: direcciones", "2 títulos y 0 direcciones"),
        ({"papers": "Acta", "addresses": "javascript:alert(1)"}, "Documentos: direcciones", ""),
        ({"code": datetime.date(2024, 1, 1)}, "Municipio", "en fecha"),
        ({"code": ""}, "Municipio", "Falta"),
    ],
)
def test_bad_row_is_named_with_its_column_and_nothing_is_saved(towns, changed, column, words):
    before = towns.road.latest_revision_id
    batch = bring(towns, {**row(1), **changed}, row(2, status="Hecho"))

    assert batch.state == BatchState.REFUSED
    assert any(
        (number, heading) == (2, column) and words in message
        for number, heading, message in find_problems(batch)
    ), batch.problems
    assert RoadmapPage.objects.get(pk=towns.road.pk).latest_revision_id == before


def test_municipality_of_another_space_is_answered_like_a_missing_one(towns):
    other, missing = (
        find_problems(bring(towns, row(1, code=code, status="Hecho")))[0][2].replace(code, "X")
        for code in ("11007", "11999")
    )

    assert other == missing


def test_two_rows_for_a_step_and_a_roadmap_in_review_are_refused(towns):
    batch = bring(towns, row(1, status="Hecho"), row(1, status="Pendiente"))
    assert [found[:2] for found in find_problems(batch)] == [(3, "Número")]

    resubmit_bundle(load(bring(towns, row(1, status="Hecho"))).bundles.get(), towns.editor)
    batch = bring(towns, row(2, status="Hecho"))
    assert "en revisión" in find_problems(batch)[0][2]


def test_each_space_loads_only_its_own_roadmaps(towns):
    target = KIND.find_targets(towns.editor)[0]

    assert KIND.find_targets(towns.reviewer) == []
    assert KIND.find_targets(towns.state_editor) == []
    assert [found.space.name for found in KIND.find_targets(towns.other_editor)] == ["Celaya"]
    with pytest.raises(NotAllowed):
        start_batch(KIND, target, towns.other_editor, io.BytesIO())
    url = reverse("imports:current", args=["ruta", target.space.pk, 0, "csv"])
    assert signed_in(towns.other_editor).get(url).status_code == 404


def test_file_of_a_batch_is_deleted_after_its_days(towns):
    old, new = (bring(towns, row(1, status="Hecho")) for _batch in range(2))
    storage, path = old.sheet.storage, old.sheet.name
    days_ago = timezone.now() - datetime.timedelta(days=RETENTION_DAYS + 1)
    ImportBatch.objects.filter(pk=old.pk).update(created_at=days_ago)

    WORK.run()

    states = [ImportBatch.objects.get(pk=batch.pk).state for batch in (old, new)]
    assert states == [BatchState.DISCARDED, BatchState.CHECKED]
    assert (storage.exists(path), storage.exists(new.sheet.name)) == (False, True)
