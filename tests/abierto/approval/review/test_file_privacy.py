"""A document is public only after its text was read, and only without what may never be public."""

import random
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from abierto.approval.confirmations import services
from abierto.approval.confirmations.scanned_version import ScannedVersion
from abierto.approval.confirmations.warnings import find_warnings
from abierto.approval.errors import UnconfirmedWarnings
from abierto.approval.models import WarningConfirmation
from abierto.approval.review.validation import check_content, find_problems
from abierto.media import reading as readings
from abierto.media.models import FileReading, FileText, PortalDocument, PortalImage, ReadingState
from abierto.media.texts import load_document_text
from abierto.privacy.extraction.parts import Reason
from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.approval.newsroom import Newsroom, approve, fresh, newsroom
from tests.abierto.approval.review.validating import ROADS, expect_invalid
from tests.abierto.media.uploads import picture, upload
from tests.abierto.privacy import files
from tests.abierto.privacy.identities import curp

CURP = curp(random.Random(12))
CLEAN = files.make_pdf(files.PLAIN.format(text="Informe de la biblioteca"))
WITH_CURP = files.make_pdf(
    files.PLAIN.format(text="Portada"),
    files.PLAIN.format(text="Padron"),
    files.HIDDEN_UNDER_BOX.format(text=f"CURP {CURP}"),
)
BLOCKED = f"«Padrón», página 3: quita el dato personal que empieza con «{CURP[:4]}» (CURP)"
REASON = "Es un acta pública de 1998, firmada y sellada."

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def room() -> Newsroom:
    return newsroom()


def store(room: Newsroom, content: bytes, name: str = "padron.pdf", title: str = "Padrón") -> PortalDocument:
    document = PortalDocument(title=title, collection=room.space.collection)
    document.file.save(name, ContentFile(content))
    return document


def page_with(room: Newsroom, *blocks: dict[str, Any]) -> StandardPage:
    page = factories.StandardPageFactory(parent=room.home, owner=room.editor)
    page.body = page._meta.get_field("body").to_python(list(blocks))
    factories.complete(page)
    return page


def page_offering(room: Newsroom, document: PortalDocument) -> StandardPage:
    return page_with(
        room, {"type": "document", "value": {"document": document.pk, "title": "Uno", "text": ""}}
    )


def page_linking(room: Newsroom, document: PortalDocument) -> StandardPage:
    link = f'<p><a linktype="document" id="{document.pk}">Padrón</a></p>'
    return page_with(room, {"type": "paragraph", "value": link})


def problems(page: StandardPage) -> str:
    return " ".join(message for _path, message in find_problems(page))


# --- Read before public --------------------------------------------------------------------------------


@pytest.mark.parametrize("refer", [page_offering, page_linking])
def test_text_under_a_black_box_is_named_with_its_page(room, refer):
    page = refer(room, store(room, WITH_CURP))

    assert BLOCKED in problems(page)


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_file_with_private_data_does_not_become_public(room, road):
    page = page_offering(room, store(room, WITH_CURP))
    revision = page.save_revision(user=room.editor)

    with expect_invalid(BLOCKED):
        road(revision, room)

    assert not fresh(page).live
    assert fresh(page).current_workflow_state is None


def test_file_that_blocks_since_it_was_sent_is_not_approved(room):
    document = store(room, CLEAN)
    page = page_offering(room, document)
    page.save_revision(user=room.editor)
    page.get_workflow().start(page, room.editor)
    found = FileReading.objects.get()
    found.findings = FileReading.objects.get(document=store(room, WITH_CURP)).findings
    found.save()

    with expect_invalid("(CURP)"):
        approve(fresh(page).current_workflow_task_state, room.reviewer)

    assert not fresh(page).live


def test_file_that_was_not_read_yet_waits(room, settings, monkeypatch):
    settings.ABIERTO_FILE_READER = "process"
    started: list[str] = []
    monkeypatch.setattr(readings, "start_job", started.append)
    page = page_offering(room, store(room, CLEAN))
    assert FileReading.objects.get().state == ReadingState.PENDING

    assert "«Padrón» se está leyendo. Espera un momento y envía otra vez." in problems(page)

    settings.ABIERTO_FILE_READER = readings.INLINE
    monkeypatch.setattr("abierto.media.reading.read_file", lambda row: read_inline(row))
    assert readings.read_waiting() == 1
    assert problems(page) == ""


read_stored_file = readings.read_file


def read_inline(row: FileReading) -> None:
    read_stored_file(row, readings.extract_file)


def test_reading_starts_after_the_commit(room, settings, monkeypatch, django_capture_on_commit_callbacks):
    settings.ABIERTO_FILE_READER = "process"
    started: list[bool] = []
    monkeypatch.setattr("abierto.media.reading.start_reading", lambda: started.append(True))

    with django_capture_on_commit_callbacks(execute=True):
        store(room, CLEAN)
        assert started == []

    assert started == [True]


def test_a_file_that_waits_starts_one_process_however_often_it_is_sent(room, settings, monkeypatch):
    document = store(room, CLEAN)
    page = page_offering(room, document)
    settings.ABIERTO_FILE_READER = "process"
    FileReading.objects.update(state="pending")
    started: list[bool] = []
    monkeypatch.setattr("abierto.media.reading.start_reading", lambda: started.append(True))

    for _attempt in range(3):
        assert "se está leyendo" in problems(page)
    assert len(started) == 1

    other = store(room, WITH_CURP, "otro.pdf")
    FileReading.objects.filter(document=other).update(claimed_at=timezone.now())
    assert "se está leyendo" in problems(page_offering(room, other))
    assert len(started) == 1


def test_files_are_read_once_for_what_blocks_and_for_what_warns(room):
    page = page_offering(room, store(room, CLEAN))

    with CaptureQueriesContext(connection) as captured:
        check_content(page)

    assert sum("media_filereading" in query["sql"] for query in captured) == 1


def test_another_file_of_the_same_document_is_read_again(room):
    document = store(room, CLEAN)
    page = page_offering(room, document)
    assert problems(page) == ""

    document.file.save("otro.pdf", ContentFile(WITH_CURP))

    assert BLOCKED in problems(page)
    assert FileReading.objects.count() == 2


def test_same_content_is_read_once(room, monkeypatch):
    store(room, WITH_CURP)
    monkeypatch.setattr("abierto.media.reading.scan", lambda text: pytest.fail("read again"))

    again = store(room, WITH_CURP, title="Otro")

    assert FileReading.objects.get(document=again).findings == FileReading.objects.first().findings
    assert CURP not in str(FileReading.objects.values())


def test_claimed_reading_is_left_to_its_process(room, settings):
    settings.ABIERTO_FILE_READER = "process"
    store(room, CLEAN)
    FileReading.objects.update(claimed_at=readings.timezone.now())
    assert readings.read_waiting() == 0

    FileReading.objects.update(claimed_at=readings.timezone.now() - 2 * readings.CLAIM)
    assert readings.waiting_readings().count() == 1


def test_documents_stored_before_files_were_read_wait_too(room):
    store(room, CLEAN)
    FileReading.objects.all().delete()

    readings.add_missing_readings()

    assert FileReading.objects.get().state == ReadingState.PENDING


# --- Files that cannot be read -------------------------------------------------------------------------


BOMB = files.make_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": b"\0" * 5 * 1024 * 1024})


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", files.rewrite_pdf(CLEAN, password="secreto"), "«Padrón» tiene contraseña."),
        ("a.pdf", CLEAN[:200], "«Padrón» está dañado."),
        ("a.pdf", b"%PDF-1.7\nno es un PDF", "«Padrón» está dañado."),
        ("a.docx", BOMB, "crece demasiado al abrirse"),
        ("a.txt", b" \n", "«Padrón» está vacío."),
        ("a.doc", b"{\\rtf1 Texto}", "«Padrón» tiene un formato que no se puede leer."),
    ],
)
def test_unreadable_file_is_refused_with_the_remedy(room, name, content, sentence):
    page = page_offering(room, store(room, content, name))

    assert sentence in problems(page)


@pytest.mark.parametrize("reason", [*Reason, readings.MISSING, readings.TOO_MANY])
def test_every_reason_has_a_sentence(room, reason):
    page = page_offering(room, store(room, CLEAN))
    FileReading.objects.update(state=ReadingState.REFUSED, reason=reason)

    assert problems(page).startswith("«Padrón» ")


def test_file_that_is_not_stored_any_more_is_refused(room):
    document = store(room, CLEAN)
    FileReading.objects.update(state=ReadingState.PENDING)
    document.file.storage.delete(document.file.name)

    read_inline(FileReading.objects.get())

    assert "«Padrón» ya no está guardado." in problems(page_offering(room, document))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", f"Año;CURP\n2024;{CURP}".encode("latin-1")),
        ("a.csv", f"CURP\n{CURP[:10]};{CURP[10:]}".encode()),
        ("a.txt", f"CURP \u202e{CURP}\u202c".encode()),
        ("a.txt", f"CURP {CURP[:9]}\u00ad{CURP[9:]}".encode()),
        ("a.txt", f"CURP {CURP}".replace("A", "А").encode()),  # Cyrillic
        ("a.txt", f"CURP {CURP}".translate({48 + d: 0x0660 + d for d in range(10)}).encode()),
        ("a.xlsx", files.make_xlsx(["CURP", "Apoyo"], [CURP[:10], CURP[10:]])),
    ],
    ids=["latin-1", "two cells", "right to left", "soft hyphen", "cyrillic", "arabic digits", "sheet"],
)
def test_disguised_key_in_a_file_blocks(room, name, content):
    page = page_offering(room, store(room, content, name))

    assert "(CURP)" in problems(page)


# --- Confirmed with the hash of the file ---------------------------------------------------------------


def test_scan_without_text_is_confirmed_with_a_reason(room):
    scan = files.make_pdf("0 0 m 10 10 l S")
    page = page_offering(room, store(room, scan))
    page.save_revision(user=room.editor)
    with pytest.raises(UnconfirmedWarnings, match="archivo sin texto") as refused:
        page.get_workflow().start(page, room.editor)

    with services.offer_confirmations({row.fingerprint: REASON for row in refused.value.warnings}):
        page.get_workflow().start(page, room.editor)

    row = WarningConfirmation.objects.get()
    assert row.sha == FileReading.objects.get().sha256
    page.title = "Otro título, con el mismo archivo"
    assert len(find_warnings(ScannedVersion(page))) == 1
    page.save_revision(user=room.editor)
    page.get_workflow().start(page, room.editor)
    approve(fresh(page).current_workflow_task_state, room.reviewer)
    assert fresh(page).live


def test_warning_in_a_file_names_its_page(room):
    page = page_offering(room, store(room, files.make_pdf(files.PLAIN.format(text="Placas GSX-48-21"))))

    [warning] = find_warnings(ScannedVersion(page))

    assert (warning.excerpt, warning.label_of_place) == ("GSX-…", "«Padrón», página 1")


def test_macros_and_external_references_are_confirmed(room):
    content = files.make_docx(files.paragraph("Texto"))
    output = BytesIO(content)
    with zipfile.ZipFile(output, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\0\1")
        archive.writestr(
            "word/_rels/settings.xml.rels",
            '<Relationships><Relationship Type="http://x/t" Target="https://example.org/a" '
            'TargetMode="External"/></Relationships>',
        )
    page = page_offering(room, store(room, output.getvalue(), "a.docx"))

    assert {warning.kind for warning in find_warnings(ScannedVersion(page))} == {
        "macros",
        "external_reference",
    }


def test_names_of_files_and_descriptions_of_images_are_searched(room):
    collection = room.space.collection
    document = PortalDocument(title="Becas", file=upload(f"beca-{CURP}.pdf", CLEAN), collection=collection)
    document.save()
    image = PortalImage(
        title="Foto",
        description=f"Becaria {CURP}",
        file=upload("f.png", picture()),
        collection=room.space.collection,
    )
    image.save()
    shown = {"image": image.pk, "alt_text": "Una mesa", "decorative": False}
    page = page_with(
        room,
        {"type": "document", "value": {"document": document.pk, "title": "Uno", "text": ""}},
        {"type": "image", "value": {"image": shown, "caption": "", "credit": ""}},
    )

    found = problems(page)

    assert f"«Becas»: Quita el dato personal que empieza con «{CURP[:4]}»" in found
    assert f"«Foto»: Quita el dato personal que empieza con «{CURP[:4]}»" in found


def test_official_contact_in_a_file_passes(room):
    page = page_offering(room, store(room, b"Escribe a juan.perez@gmail.com", "a.txt"))
    assert "(correo personal)" in problems(page)

    factories.InstitutionFactory(name="Una oficina", email="Juan.Perez@gmail.com")

    assert problems(page) == ""


# --- The running text -----------------------------------------------------------------------------------


def test_text_by_pages_is_stored_for_a_file_without_blocking_findings(room):
    clean, same, private = store(room, CLEAN), store(room, CLEAN), store(room, WITH_CURP)

    assert load_document_text(clean) == load_document_text(same) != []
    assert load_document_text(private) == []
    assert FileText.objects.count() == 2


def test_key_that_only_the_joined_lines_show_blocks(room):
    halves = f"({CURP[:10]}-) Tj T* ({CURP[10:].lower()}) Tj"
    text = store(room, files.make_pdf(f"BT /F1 12 Tf 14 TL 50 700 Td (CURP) Tj T* {halves} ET"))

    assert "(CURP)" in problems(page_offering(room, text))
    assert load_document_text(text) == []
