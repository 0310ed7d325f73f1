"""The views of bulk load: who may open them, what they show and what they change."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from abierto.approval.models import Approval
from abierto.imports.batches import BatchState
from abierto.ruling_desk.models import RulingBatch
from pages.rulings.models import RulingPage
from tests.abierto.approval.newsroom import newsroom
from tests.abierto.ruling_desk.court import Court, do_work, load_batch, make_sheet, open_court, upload_batch
from tests.abierto.spreadsheets.books import make_zip
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@built_once
def build_courts() -> tuple[Court, Court]:
    home = newsroom().home
    return open_court(home), open_court(home, "Otro tribunal", "otro")


@pytest.fixture
def courts():
    return build_courts()


def address(name, *args):
    return reverse(f"ruling_desk:{name}", args=args)


def send(client, court, rows, **files):
    """Upload a sheet as a browser does."""
    client.force_login(court.clerk)
    sheet = SimpleUploadedFile("lote.xlsx", make_sheet(rows).getvalue())
    return client.post(address("upload"), {"index": court.index.pk, "sheet": sheet, **files})


def test_upload_is_checked_loaded_and_undone_on_screen(client, courts):
    court, _other = courts
    archive = SimpleUploadedFile("a.zip", make_zip({"nota.txt": b"x"}).getvalue())
    response = send(client, court, [{}, {"case_number": "2/2024"}], archive=archive)
    batch = RulingBatch.objects.get()
    waiting = client.get(response["Location"])
    refused = client.get(address("batch", do_work(batch).pk)).content.decode()

    send(client, court, [{}, {"case_number": "2/2024"}])
    batch = do_work(RulingBatch.objects.first())
    client.post(address("batch", batch.pk), {"action": "load"})
    loaded = client.get(address("batch", do_work(batch).pk)).content.decode()
    client.post(address("batch", batch.pk), {"action": "undo"})
    batch = do_work(batch)

    assert waiting["Refresh"]
    assert "<progress" in waiting.content.decode()
    assert "nota.txt" in refused
    assert f"Sentencias de febrero de 2024 · lote {batch.pk}" in loaded
    assert batch.state == BatchState.UNDONE
    assert not RulingPage.objects.exists()


def test_importer_leads_the_people_who_load_rulings_to_their_screen(client, courts):
    court, _other = courts
    for user, is_offered in ((court.clerk, True), (court.reviewer, False)):
        client.force_login(user)
        html = client.get(reverse("imports:index")).content.decode()
        assert (f'href="{address("upload")}"' in html) is is_offered


def test_folder_is_uploaded_without_a_zip(client, courts):
    court, _other = courts
    files = [SimpleUploadedFile(f"{name}.txt", b"x") for name in ("uno", "dos")]

    send(client, court, [{}], folder=files)

    messages = " ".join(found["message"] for found in do_work(RulingBatch.objects.get()).problems)
    assert "uno.txt" in messages
    assert "dos.txt" in messages


@pytest.mark.parametrize("name", ["lote.pdf", "lote.xls"])
def test_file_that_is_no_spreadsheet_is_refused_on_its_field(client, courts, name):
    court, _other = courts
    client.force_login(court.clerk)

    response = client.post(
        address("upload"), {"index": court.index.pk, "sheet": SimpleUploadedFile(name, b"%PDF-1.7")}
    )

    assert "Súbelo como .xlsx o .csv." in response.content.decode()
    assert not RulingBatch.objects.exists()


def test_zip_and_folder_together_are_refused(client, courts):
    court, _other = courts
    archive = SimpleUploadedFile("a.zip", make_zip({"a.pdf": b"x"}).getvalue())

    response = send(client, court, [{}], archive=archive, folder=[SimpleUploadedFile("b.pdf", b"x")])

    assert "uno de los dos" in response.content.decode()


def test_template_explains_each_column(client, courts):
    client.force_login(courts[0].clerk)

    book = load_workbook(io.BytesIO(client.get(address("template")).content))

    assert [sheet.title for sheet in book.worksheets] == ["Sentencias", "Cómo se llena"]
    assert book.worksheets[1]["A2"].value == "Expediente"


def test_another_tribunal_finds_nothing_and_changes_nothing(client, courts):
    court, other = courts
    batch = upload_batch(court, [{}])
    for user in (other.clerk, other.reviewer, court.reviewer):
        client.force_login(user)
        found = client.get(address("batch", batch.pk)).status_code
        changed = client.post(address("batch", batch.pk), {"action": "load"}).status_code
        assert (found, changed) == (404, 404)
    client.force_login(other.clerk)

    listed = client.get(address("batches")).content.decode()
    sheet = SimpleUploadedFile("lote.xlsx", make_sheet([{}]).getvalue())
    response = client.post(address("upload"), {"index": court.index.pk, "sheet": sheet})

    assert "lote.xlsx" not in listed
    assert response.context["form"].errors.keys() == {"index"}
    assert RulingBatch.objects.count() == 1
    assert RulingBatch.objects.get().state == BatchState.CHECKED


def test_loading_approves_and_publishes_nothing(courts):
    court, _other = courts
    before = Approval.objects.count()

    load_batch(court, [{}])

    assert Approval.objects.count() == before
    assert not RulingPage.objects.filter(live=True).exists()


def test_undo_on_screen_names_what_stops_it(client, courts):
    court, _other = courts
    batch = load_batch(court, [{}])
    page = RulingPage.objects.get()
    page.title = "Cambiada"
    page.save_revision(user=court.clerk)
    client.force_login(court.clerk)

    shown = client.get(address("batch", batch.pk)).content.decode()
    refused = client.post(address("batch", batch.pk), {"action": "undo"})

    assert "Cambiada (renglón 2)" in shown
    assert refused.status_code == 409
    assert RulingPage.objects.exists()


def test_the_menu_leads_to_the_desk_while_there_is_a_list(client, courts):
    client.force_login(courts[0].clerk)
    entry = reverse("ruling_desk:desk")
    home = reverse("wagtailadmin_home")

    assert entry in client.get(home).content.decode()
    courts[0].index.delete()

    assert entry not in client.get(home).content.decode()
