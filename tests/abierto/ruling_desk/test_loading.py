"""The bulk load of rulings: what is checked by row, and what is saved."""

import datetime
import random

import pytest

from abierto.approval.errors import NotAllowed
from abierto.bundles.models import Bundle, BundleStatus
from abierto.bundles.services import resubmit_bundle
from abierto.imports.batches import BatchState
from abierto.media.models import FileReading, PortalDocument, ReadingState
from abierto.media.texts import load_document_text
from abierto.ruling_desk.models import RulingBatch
from abierto.ruling_desk.services import request_load
from pages.rulings.models import RulingPage
from pages.rulings.parts import PlainVersionPage, PublicVersionPage
from tests.abierto.approval.newsroom import fresh
from tests.abierto.privacy.identities import make_identity
from tests.abierto.ruling_desk.court import (
    HEADINGS,
    PLAIN,
    do_work,
    load_batch,
    open_court,
    open_first_court,
    pdf,
    upload_batch,
)
from tests.ruling_factories import RulingPageFactory

pytestmark = pytest.mark.django_db

CURP = make_identity("curp", random.Random(3))


@pytest.fixture
def court():
    return open_first_court()


def problems_of(batch):
    """Return the row, the column and the message of each problem of a refused batch."""
    assert batch.state == BatchState.REFUSED
    assert not RulingPage.objects.exists()
    assert not batch.sheet
    return [(found["row"], found["column"], found["message"]) for found in batch.problems]


def only_problem(batch):
    found = problems_of(batch)
    assert len(found) == 1, found
    return found[0]


def test_batch_that_an_earlier_release_checked_reads_its_files_again(court):
    batch = upload_batch(court, [{"file": "a.pdf"}], {"a.pdf": pdf("La multa no vale.")})
    for reading in batch.readings.values():
        reading.pop("text")
    batch.save()

    request_load(batch, court.clerk)
    do_work(batch)

    assert "La multa no vale." in load_document_text(PublicVersionPage.objects.get().document)[0].text


# --- What is saved -------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_rows_become_drafts_with_their_parts_and_files(court):
    row = {
        "file": "uno.pdf", "anonymized_by": court.clerk.email, "names_reviewed_by": court.reviewer.email,
        "topics": "multa; tránsito", "groups": "Mujeres", "gender": "Sí", **PLAIN,
    }  # fmt: skip

    batch = load_batch(court, [row], {"uno.pdf": pdf("La multa no vale.")})

    ruling = RulingPage.objects.get()
    public, plain = PublicVersionPage.objects.get(), PlainVersionPage.objects.get()
    assert batch.state == BatchState.LOADED
    assert (ruling.live, ruling.case_key, ruling.topic_list) == (False, "1.2024", ["multa", "tránsito"])
    assert ([row.group for row in ruling.groups.all()], ruling.has_gender_perspective) == (["women"], True)
    assert (public.anonymized_by, public.names_reviewed_by) == (court.clerk, court.reviewer)
    assert plain.what_happened == "<p>La multa llegó sin aviso.</p><p>Ella fue al tribunal.</p>"
    assert public.document.space == court.space
    assert FileReading.objects.get(document=public.document).state == ReadingState.READ
    assert "La multa no vale." in load_document_text(public.document)[0].text
    assert not batch.sheet
    assert not batch.archive


def test_each_month_is_an_unsent_bundle(court):
    days = ("14/02/2024", "2024-02-20", "01/03/2024")
    batch = load_batch(
        court, [{"case_number": f"{n}/2024", "decided_on": day} for n, day in enumerate(days, 1)]
    )

    bundles = [(bundle.name, bundle.status, bundle.items.count()) for bundle in batch.bundles.order_by("pk")]

    assert bundles == [
        (f"Sentencias de febrero de 2024 · lote {batch.pk}", BundleStatus.PREPARED, 2),
        (f"Sentencias de marzo de 2024 · lote {batch.pk}", BundleStatus.PREPARED, 1),
    ]
    assert not fresh(RulingPage.objects.first()).workflow_in_progress


def test_prepared_bundle_is_sent_and_reviewed_as_any_other(client, court):
    batch = load_batch(court, [{}])
    bundle = batch.bundles.get()
    client.force_login(court.clerk)
    html = client.get(f"/admin/trabajo/paquetes/{bundle.pk}/").content.decode()

    resubmit_bundle(bundle, court.clerk)

    assert "Enviar a revisión" in html
    assert Bundle.objects.get().status == BundleStatus.SENT
    assert fresh(RulingPage.objects.get()).workflow_in_progress


def test_rulings_name_each_other_whatever_their_order(court):
    known = RulingPageFactory(parent=court.index, case_number="9/2023")
    load_batch(
        court,
        [
            {"case_number": "1/2024", "changed_by": "TJA 02/24", "finality": "Revocada"},
            {"case_number": "2/2024", "cites": "1/2024; exp. 9/2023"},
        ],
    )

    first, second = (RulingPage.objects.get(case_key=key) for key in ("1.2024", "2.2024"))

    assert first.get_latest_revision_as_object().finality_ruling == second
    assert [block.value.pk for block in second.get_latest_revision_as_object().citations] == [
        first.pk,
        known.pk,
    ]


def test_what_blocks_a_review_later_is_a_note(court):
    batch = upload_batch(court, [{"file": "a.pdf", "finality": "Revocada"}], {"a.pdf": pdf("Vistos.")})

    assert batch.state == BatchState.CHECKED
    assert {found["column"] for found in batch.notes} >= {
        HEADINGS["anonymized_by"], HEADINGS["names_reviewed_by"], HEADINGS["finality_date"]
    }  # fmt: skip


def test_html_in_a_cell_stays_text(court):
    load_batch(court, [{**PLAIN, "why": "<script>alert(1)</script>"}])

    assert PlainVersionPage.objects.get().why == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


# --- What is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ({"case_number": None}, "case_number", "Falta el expediente"),
        ({"case_number": "sin número"}, "case_number", "número del expediente"),
        ({"title": None}, "title", "Falta"),
        ({"decided_on": "01/01/2999"}, "decided_on", "todavía no llega"),
        ({"decided_on": "ayer"}, "decided_on", "No se entiende la fecha"),
        ({"decided_on": None}, "decided_on", "Falta"),
        ({"matter": "Agraria"}, "matter", "«Agraria» no está en la lista"),
        ({"gender": "quizá"}, "gender", "Sí o No"),
        ({"groups": "Mujeres; Marcianos"}, "groups", "«Marcianos»"),
        ({"chamber": "Sala que no existe"}, "chamber", "registro"),
        ({"original_url": "javascript:alert(1)"}, "original_url", ""),
        ({"cites": "1/24"}, "cites", "este mismo renglón"),
        ({"changed_by": "TJA-1/2024"}, "changed_by", "este mismo renglón"),
        ({"cites": "77/2020"}, "cites", "77/2020 no está"),
        ({"file": "no.pdf"}, "file", "no está entre los archivos"),
        ({"anonymized_by": "nadie@example.org"}, "anonymized_by", "Nadie de este espacio"),
        ({"decision": f"La persona con CURP {CURP} ganó."}, "decision", "CURP"),
        ({**PLAIN, "why": f"CURP {CURP}"}, "why", "CURP"),
        ({"finality_date": "01/01/2020"}, "finality_date", "anterior a la sentencia"),
    ],
)
def test_bad_cell_is_named_with_its_row_and_column(court, row, column, words):
    found = [
        item for item in problems_of(upload_batch(court, [{"case_number": "5/2024"}, row])) if item[0] == 3
    ]

    assert [item[1] for item in found] == [HEADINGS[column]]
    assert words in found[0][2]


def test_case_number_that_excel_made_a_date_is_refused(court):

    row, column, message = only_problem(upload_batch(court, [{"case_number": datetime.date(2024, 12, 1)}]))

    assert (row, column, "convirtió en fecha" in message) == (2, HEADINGS["case_number"], True)


def test_case_number_twice_in_the_file_in_another_spelling(court):
    row, column, message = only_problem(upload_batch(court, [{}, {"case_number": "Exp. TJA-001/24"}]))

    assert (row, column) == (3, HEADINGS["case_number"])
    assert "El renglón 2 ya tiene" in message


def test_case_number_that_the_tribunal_has(court):
    RulingPageFactory(parent=court.index, case_number="TJA-1/2024", title="La de antes")

    batch = upload_batch(court, [{}])

    assert "La de antes" in batch.problems[0]["message"]
    assert RulingPage.objects.count() == 1


def test_circle_of_changes_is_refused(court):
    rows = [{"case_number": f"{n}/2024", "changed_by": f"{n % 3 + 1}/2024"} for n in (1, 2, 3)]

    assert all("círculo" in message for _row, _column, message in problems_of(upload_batch(court, rows)))


def test_same_person_does_not_cover_and_review(court):
    row = {"file": "a.pdf", "anonymized_by": court.clerk.email, "names_reviewed_by": court.clerk.email}

    assert only_problem(upload_batch(court, [row], {"a.pdf": pdf("x")}))[1] == HEADINGS["names_reviewed_by"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"MZ no es un PDF", "no es de un archivo PDF"),
        ("a.exe", b"MZ", "no es PDF ni DOCX"),
        ("a.pdf", pdf(f"CURP {CURP}"), "CURP"),
    ],
)
def test_file_that_is_not_what_it_says_or_says_too_much(court, name, content, words):
    row, column, message = only_problem(upload_batch(court, [{"file": name}], {name: content}))

    assert (row, column, words in message) == (2, HEADINGS["file"], True)
    assert CURP not in message
    assert not PortalDocument.objects.exists()


def test_files_that_no_row_or_two_rows_name(court):
    rows = [{"file": "a.pdf"}, {"case_number": "2/2024", "file": "A.PDF"}]
    files = {"a.pdf": pdf("x"), "b.pdf": pdf("y")}

    found = problems_of(upload_batch(court, rows, files))

    assert [(row, "b.pdf" in message) for row, _column, message in found] == [(None, True), (3, False)]


def test_archive_that_leaves_its_folder_is_refused(court):
    assert "apunta fuera" in only_problem(upload_batch(court, [{}], {"../a.pdf": b"x"}))[2]


def test_three_bad_rows_of_forty_are_named_and_nothing_is_saved(court):
    rows = [{"case_number": f"{n}/2024"} for n in range(1, 41)]
    rows[4]["decided_on"], rows[9]["matter"], rows[20]["case_number"] = "01/01/2999", "Agraria", "1/2024"

    assert [row for row, _column, _message in problems_of(upload_batch(court, rows))] == [6, 11, 22]


def test_nothing_is_saved_when_a_row_is_taken_between_check_and_load(court):
    batch = upload_batch(court, [{}, {"case_number": "2/2024"}])
    RulingPageFactory(parent=court.index, case_number="2/2024")

    request_load(batch, court.clerk)
    batch = do_work(batch)

    assert (batch.state, [found["row"] for found in batch.problems]) == (BatchState.REFUSED, [3])
    assert RulingPage.objects.count() == 1


def test_nothing_is_saved_when_saving_fails_half_way(court, monkeypatch):
    batch = upload_batch(court, [{}, {"case_number": "2/2024"}])
    request_load(batch, court.clerk)
    real = RulingPage.save_revision

    def fail_at_second(page, *args, **kwargs):
        if page.case_key == "2.2024":
            raise NotAllowed("No se puede.")
        return real(page, *args, **kwargs)

    monkeypatch.setattr(RulingPage, "save_revision", fail_at_second)
    batch = do_work(batch)

    assert (batch.state, batch.problems[0]["row"]) == (BatchState.REFUSED, 3)
    assert not RulingPage.objects.exists()
    assert not Bundle.objects.exists()


def test_process_that_died_is_taken_up_again(court):
    batch = upload_batch(court, [{}])
    request_load(batch, court.clerk)
    RulingBatch.objects.update(state=BatchState.LOADING)

    assert do_work(batch).state == BatchState.LOADED


# --- Who -----------------------------------------------------------------------------------------------


def test_only_editors_of_the_tribunal_upload(court):
    other = open_court(newsroom_home(court), "Otro tribunal", "otro")

    for user in (other.clerk, court.reviewer):
        with pytest.raises(NotAllowed):
            upload_batch(court, [{}], by=user)


def newsroom_home(court):
    return court.index.get_parent().specific


def test_people_of_another_tribunal_are_not_named(court):
    other = open_court(newsroom_home(court), "Otro tribunal", "otro")

    assert (
        "Nadie de este espacio"
        in problems_of(
            upload_batch(court, [{"file": "a.pdf", "anonymized_by": other.clerk.email}], {"a.pdf": pdf("x")})
        )[0][2]
    )
