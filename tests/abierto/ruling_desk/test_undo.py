"""The undo of a batch of rulings, what prevents it, and the command that loads one from this machine."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from abierto.approval.errors import NotAllowed
from abierto.bundles.models import Bundle
from abierto.bundles.services import resubmit_bundle
from abierto.imports.batches import BatchState
from abierto.media.models import PortalDocument
from abierto.ruling_desk.models import RulingBatch
from abierto.ruling_desk.services import request_load, request_undo
from pages.rulings.models import RulingPage
from pages.rulings.parts import PublicVersionPage
from tests.abierto.ruling_desk.court import (
    PLAIN,
    do_work,
    load_batch,
    make_sheet,
    open_first_court,
    pdf,
    upload_batch,
)
from tests.ruling_factories import PlainVersionPageFactory, RulingPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return open_first_court()


def undo(batch):
    request_undo(batch, batch.created_by)
    return do_work(batch)


@pytest.mark.both_databases
def test_batch_is_undone_as_a_whole(court):
    before = Page.objects.count()
    batch = load_batch(court, [{"file": "a.pdf", **PLAIN}, {"case_number": "2/2024"}], {"a.pdf": pdf("x")})

    batch = undo(batch)

    assert batch.state == BatchState.UNDONE
    assert (Page.objects.count(), PortalDocument.objects.count(), Bundle.objects.count()) == (before, 0, 0)


def change_it(court, ruling):
    ruling.title = "Otro título"
    ruling.save_revision(user=court.clerk)


def send_it(court, ruling):
    resubmit_bundle(Bundle.objects.get(), court.clerk)


def add_to_it(court, ruling):
    PlainVersionPageFactory(parent=ruling)


def cite_it(court, ruling):
    page = RulingPageFactory(parent=court.index, case_number="99/2024", finality_ruling=ruling)
    page.save_revision(user=court.clerk)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (change_it, "la cambió"),
        (send_it, "en revisión"),
        (add_to_it, "agregó una parte"),
        (cite_it, "la nombra"),
    ],
)
def test_what_was_sent_or_changed_prevents_the_undo(court, act, words):
    batch = load_batch(court, [{}, {"case_number": "2/2024", "decided_on": "15/02/2024"}])
    act(court, RulingPage.objects.get(case_key="1.2024"))
    before = RulingPage.objects.count()

    with pytest.raises(NotAllowed, match=words):
        request_undo(batch, court.clerk)

    assert RulingPage.objects.count() == before


def test_change_after_the_request_prevents_the_undo(court):
    batch = load_batch(court, [{}])
    request_undo(batch, court.clerk)
    change_it(court, RulingPage.objects.get())

    batch = do_work(batch)

    assert (batch.state, "la cambió" in batch.failure) == (BatchState.LOADED, True)
    assert RulingPage.objects.exists()


def test_discarded_batch_leaves_no_files(court):
    batch = upload_batch(court, [{}])

    batch.discard()

    assert not RulingBatch.objects.get().sheet
    with pytest.raises(NotAllowed):
        request_load(batch, court.clerk)


# --- The command ---------------------------------------------------------------------------------------


def test_command_loads_a_sheet_with_a_folder(court, tmp_path, capsys):
    (tmp_path / "archivos").mkdir()
    (tmp_path / "archivos" / "a.pdf").write_bytes(pdf("Vistos."))
    sheet = tmp_path / "lote.xlsx"
    sheet.write_bytes(make_sheet([{"file": "a.pdf"}]).getvalue())
    who = {"slug": court.index.slug, "by": court.clerk.username, "files": tmp_path / "archivos"}

    call_command("load_rulings", sheet, load=True, **who)

    assert "Cargado" in capsys.readouterr().out
    assert PublicVersionPage.objects.get().document is not None


def test_command_fails_with_the_problems_by_row(court, tmp_path, capsys):
    sheet = tmp_path / "lote.xlsx"
    sheet.write_bytes(make_sheet([{"matter": "Agraria"}]).getvalue())

    with pytest.raises(CommandError):
        call_command("load_rulings", sheet, slug=court.index.slug, by=court.clerk.username)

    assert "renglón 2, «Materia»" in capsys.readouterr().out
