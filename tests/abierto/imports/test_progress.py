"""Progress of many actions from a spreadsheet: changes, problems by row, drafts, undo."""

import datetime
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Page

from abierto.approval.errors import NotAllowed
from abierto.bundles.models import Bundle, BundleStatus
from abierto.bundles.services import resubmit_bundle
from abierto.imports.batches import BatchState
from abierto.imports.models import ImportBatch
from abierto.imports.progress import ProgressImportKind
from abierto.imports.services import request_load, start_batch
from abierto.spreadsheets.reading import read_book
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root
from pages.updates.models import ProgressUpdatePage
from tests.abierto.imports.uploads import (
    do_work,
    find_problems,
    load,
    make_workbook,
    publish,
    read_first_sheet,
    undo,
    upload,
)
from tests.factories import AxisPageFactory, CommitmentPageFactory, ProgressUpdatePageFactory, published
from tests.pages.admin.worlds import build, signed_in
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KIND = ProgressImportKind()
PERIOD = {"start": "01/12/2023", "end": "29/02/2024"}


@built_once
def build_reported():
    """Build the institutions, with a public update of the north."""
    world = build()
    published(ProgressUpdatePageFactory(parent=world.north, rows={1: Decimal("33.5"), 2: "En diseño"}))
    return world


@pytest.fixture
def world():
    return build_reported()


def row(number, code="1.1", **values):
    return {"code": code, "number": number, **PERIOD, **values}


def sheet(*rows) -> bytes:
    return make_workbook({"Avances": rows}, "avances")


def bring(world, *rows, content=None, name="hoja.xlsx") -> ImportBatch:
    target = KIND.find_targets(world.north_editor)[0]
    return upload(target, world.north_editor, content or sheet(*rows), "avances", name)


def drafts():
    return ProgressUpdatePage.objects.filter(live=False)


# --- From the file to the public page ------------------------------------------------------------------


@pytest.mark.both_databases
def test_rows_become_public_by_a_second_person(world):
    batch = bring(
        world,
        row(
            1, percent=45, note="Ya hay cuatro", evidence_title="Portal", evidence_url="https://example.org/a"
        ),
        row(2, stage="En pruebas"),
    )
    assert [(change["row"], change["column"], change["old"], change["new"]) for change in batch.changes] == [
        (2, "Avance nuevo", "", "01/12/2023 – 29/02/2024"),
        (2, "Porcentaje", "33.5", "45"),
        (2, "Nota", "", "Ya hay cuatro"),
        (2, "Prueba: título", "", "Portal"),
        (2, "Prueba: dirección", "", "https://example.org/a"),
        (3, "Etapa", "En diseño", "En pruebas"),
    ]
    assert not drafts().exists()

    batch = load(batch)
    bundle = batch.bundles.get()
    update = drafts().get()
    assert (bundle.status, update.owner, update.live) == (BundleStatus.PREPARED, world.north_editor, False)

    publish(bundle, world.north_editor, world.north_reviewer)

    rows = ProgressUpdatePage.objects.get(pk=update.pk, live=True).rows.all()
    assert [(row.percent, row.stage) for row in rows] == [(Decimal(45), ""), (None, "En pruebas")]
    assert rows[0].evidence[0].value["url"] == "https://example.org/a"


def test_the_same_file_twice_changes_nothing(world):
    content = sheet(row(1, percent=45, stage=None, note="Ya hay cuatro"), row(2, stage="En pruebas"))
    first = load(bring(world, content=content))

    again = bring(world, content=content)
    assert (again.state, again.change_count) == (BatchState.CHECKED, 0)
    with pytest.raises(NotAllowed, match="no cambia nada"):
        request_load(again, world.north_editor)

    publish(first.bundles.get(), world.north_editor, world.north_reviewer)
    assert bring(world, content=content).change_count == 0
    assert ProgressUpdatePage.objects.count() == 2


@pytest.mark.parametrize("name", ["xlsx", "csv"])
def test_the_rows_of_today_come_back_without_a_change(world, name):
    """Also a note that looks like a formula, which a file for Excel may not run."""
    load(bring(world, row(1, percent=45, note="=1+1"), row(2, stage="-")))
    target = KIND.find_targets(world.north_editor)[0]
    url = reverse("imports:current", args=["avances", target.space.pk, target.page.pk, name])
    content = signed_in(world.north_editor).get(url).content

    batch = bring(world, content=content, name=f"hoy.{name}")

    assert (batch.problems, batch.changes, batch.total) == ([], [], 2)
    if name == "xlsx":
        cell = load_workbook(io.BytesIO(content)).worksheets[0]["I2"]
        assert (cell.value, cell.data_type) == ("=1+1", "s")
        assert read_first_sheet(content)[1][6] == Decimal(45)
    else:
        assert "'=1+1" in content.decode()


def test_public_period_is_corrected_by_a_new_version(world):
    public = ProgressUpdatePage.objects.get(live=True)
    days = {"start": public.period_start, "end": public.period_end}

    batch = load(bring(world, {"code": "1.1", "number": 1, **days, "percent": 40}))

    public.refresh_from_db()
    assert (public.rows.first().percent, public.has_unpublished_changes) == (Decimal("33.5"), True)
    assert public.get_latest_revision_as_object().rows.first().percent == Decimal(40)
    assert "lo corrige" in batch.notes[0]["message"]


# --- Problems by row -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "column", "words"),
    [
        ({"percent": 120}, "Porcentaje", "entre 0 y 100"),
        ({"percent": "mucho"}, "Porcentaje", "No se entiende"),
        ({"percent": 10, "stage": "En diseño"}, "Porcentaje", "Deja solo uno"),
        ({"number": 9}, "Número", "no tiene la acción «9»"),
        ({"number": "uno"}, "Número", "no tiene la acción"),
        ({"title": "Otra cosa"}, "Acción", "se llama «Abrir los datos»"),
        ({"code": datetime.date(2024, 1, 1)}, "Compromiso", "en fecha"),
        ({"start": "ayer"}, "Desde", "No se entiende"),
        ({"start": None}, "Desde", "Falta"),
        ({"end": "01/11/2023"}, "Hasta", "termina antes"),
        ({"start": "01/11/2023"}, "Desde", "Ya hay un avance"),
        ({"evidence_url": "javascript:alert(1)", "evidence_title": "x"}, "Prueba: dirección", ""),
    ],
)
def test_bad_row_is_named_with_its_column_and_nothing_is_saved(world, changed, column, words):
    before = Page.objects.count()
    batch = bring(
        world,
        {**row(1, percent=45), **changed},
        row(2, stage="En pruebas", **{name: changed[name] for name in ("start", "end") if changed.get(name)}),
    )

    assert batch.state == BatchState.REFUSED
    assert any(
        (number, heading) == (2, column) and words in message
        for number, heading, message in find_problems(batch)
    ), batch.problems
    assert (Page.objects.count(), Bundle.objects.count(), batch.sheet.name) == (before, 0, "")


def test_code_of_another_space_is_answered_like_a_missing_one(world):
    other, missing = (
        find_problems(bring(world, row(1, code=code, percent=5)))[0][2].replace(code, "X")
        for code in ("1.2", "9.9")
    )

    assert other == missing


def test_two_rows_for_one_action_and_two_periods(world):
    batch = bring(world, row(1, percent=45), row(1, percent=46), row(2, percent=2, start="02/12/2023"))

    assert [(number, column) for number, column, _message in find_problems(batch)] == [(4, "Desde")]
    batch = bring(world, row(1, percent=45), row(1, percent=46))
    assert [(number, column) for number, column, _message in find_problems(batch)] == [(3, "Número")]


@pytest.mark.parametrize("written", ["01/12/2023", "2023-12-01", datetime.date(2023, 12, 1), "1/12/2023"])
def test_dates_are_read_in_every_style(world, written):
    batch = bring(world, row(1, percent=45, start=written))

    assert batch.changes[0]["new"] == "01/12/2023 – 29/02/2024"


def test_percentage_of_excel_is_not_a_fraction(world):
    """Excel stores 45 % as 0.45."""
    book = load_workbook(io.BytesIO(sheet(row(1, percent=0.45))))
    book.worksheets[0]["E2"].number_format = "0%"
    content = io.BytesIO()
    book.save(content)

    batch = bring(world, content=content.getvalue())

    assert [change["new"] for change in batch.changes if change["column"] == "Porcentaje"] == ["45"]


def test_draft_of_another_person_is_not_touched(world):
    load(bring(world, row(1, percent=45)))
    resubmit_bundle(Bundle.objects.get(), world.north_editor)

    batch = bring(world, row(1, percent=50))

    assert "revisión" in find_problems(batch)[0][2].lower()


# --- Undoing -------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_undo_deletes_new_drafts(world):
    before = Page.objects.count()
    batch = undo(load(bring(world, row(1, percent=45))))

    assert batch.state == BatchState.UNDONE
    assert (Page.objects.count(), Bundle.objects.count()) == (before, 0)


def test_changed_draft_gets_its_earlier_figures_back(world):
    load(bring(world, row(1, percent=45)))
    second = load(bring(world, row(1, percent=60)))

    undo(second)

    assert drafts().get().get_latest_revision_as_object().rows.first().percent == Decimal(45)
    assert drafts().get().rows.first().percent == Decimal(45)


@pytest.mark.both_databases
def test_approved_correction_is_undone_by_a_proposal(world):
    public = ProgressUpdatePage.objects.get(live=True)
    days = {"start": public.period_start, "end": public.period_end}
    batch = load(bring(world, {"code": "1.1", "number": 1, **days, "percent": 40}))
    publish(batch.bundles.get(), world.north_editor, world.north_reviewer)

    batch = undo(batch)

    public.refresh_from_db()
    assert public.rows.first().percent == Decimal(40)
    proposal = batch.bundles.get(status=BundleStatus.PREPARED)
    publish(proposal, world.north_editor, world.north_reviewer)
    assert ProgressUpdatePage.objects.get(pk=public.pk).rows.first().percent == Decimal("33.5")


def test_review_and_later_changes_prevent_the_undo(world):
    batch = load(bring(world, row(1, percent=45)))
    resubmit_bundle(batch.bundles.get(), world.north_editor)
    with pytest.raises(NotAllowed, match="Está en revisión"):
        undo(batch)


def test_public_new_update_has_no_earlier_version(world):
    batch = load(bring(world, row(1, percent=45)))
    publish(batch.bundles.get(), world.north_editor, world.north_reviewer)

    with pytest.raises(NotAllowed, match="Retírala"):
        undo(batch)


# --- Who may -------------------------------------------------------------------------------------------


def test_only_editors_of_the_space_import_and_see_batches(world):
    target = KIND.find_targets(world.north_editor)[0]
    batch = bring(world, row(1, percent=45))
    url = reverse("imports:batch", args=[batch.pk])

    assert KIND.find_targets(world.north_reviewer) == []
    for stranger in (world.south_editor, world.state_editor):
        assert target.key not in {found.key for found in KIND.find_targets(stranger)}
        with pytest.raises(NotAllowed):
            start_batch(KIND, target, stranger, io.BytesIO())
        assert signed_in(stranger).get(url).status_code == 404
        assert signed_in(stranger).post(url, {"action": "load"}).status_code == 404
    assert signed_in(world.north_editor).get(url).status_code == 200


def test_suspended_space_imports_nothing(world):
    Space.objects.filter(name="Norte").update(suspended_on=datetime.date(2024, 1, 1))

    assert KIND.find_targets(type(world.north_editor).objects.get(pk=world.north_editor.pk)) == []


def test_editor_who_left_the_space_loads_nothing(world):
    batch = bring(world, row(1, percent=45))
    request_load(batch, world.north_editor)
    world.north_editor.groups.clear()

    batch = do_work(batch)

    assert (batch.state, drafts().count()) == (BatchState.REFUSED, 0)


# --- Screens and speed ---------------------------------------------------------------------------------


def test_screens_from_upload_to_undo(world):
    client = signed_in(world.north_editor)
    target = KIND.find_targets(world.north_editor)[0]
    content = io.BytesIO(sheet(row(1, percent=45, note="<script>alert(1)</script>")))
    content.name = "hoja.xlsx"

    assert "Avances de muchas acciones" in client.get(reverse("imports:index")).content.decode()
    response = client.post(
        reverse("imports:upload", args=["avances"]), {"target": target.key, "sheet": content}, follow=True
    )
    url = response.redirect_chain[-1][0]
    waiting = client.get(url)
    assert waiting["Refresh"]
    assert "Renglones listos" in waiting.content.decode()

    for action, words in (("load", "Qué cambia"), ("undo", "Paquetes"), ("", "Deshecho")):
        do_work(ImportBatch.objects.get())
        html = client.get(url).content.decode()
        assert words in html
        assert "<script>alert(1)" not in html
        if action:
            client.post(url, {"action": action})


@pytest.mark.parametrize(
    ("name", "words"), [("a.xlsm", "macros"), ("a.pdf", "no es una hoja"), ("a.xlsx", "demasiado grande")]
)
def test_wrong_file_is_refused_by_the_form(world, monkeypatch, name, words):
    monkeypatch.setattr("abierto.spreadsheets.fields.MAX_SHEET", 10)
    target = KIND.find_targets(world.north_editor)[0]
    content = io.BytesIO(b"x" * 11)
    content.name = name
    response = signed_in(world.north_editor).post(
        reverse("imports:upload", args=["avances"]), {"target": target.key, "sheet": content}
    )

    assert words in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_number_of_queries_does_not_depend_on_the_rows(world):
    """300 actions of the north in three commitments need as many as two of one commitment."""
    axis = AxisPageFactory(parent=world.plan, code="2")
    norths = Space.objects.get(name="Norte")
    for number in range(1, 4):
        page = published(CommitmentPageFactory(parent=axis, code=f"2.{number}", actions=100))
        assign_root(norths, page)
    target = KIND.find_targets(world.north_editor)[0]

    def count(*rows) -> int:
        book = read_book(io.BytesIO(sheet(*rows)), "a.xlsx", KIND.build_sheets(), KIND.most_rows)
        KIND.check(target, world.north_editor, book, lambda done, total: None)
        with CaptureQueriesContext(connection) as queries:
            checked = KIND.check(target, world.north_editor, book, lambda done, total: None)
        assert not checked.problems
        assert len(checked.changes) > len(rows)
        return len(queries)

    few = count(row(1, percent=45), row(2, percent=5))
    many = count(
        *(row(action, code=f"2.{number}", percent=5) for number in range(1, 4) for action in range(1, 101))
    )
    assert few == many
