"""The command that searches everything public again."""

import json
import random

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from wagtail.documents import get_document_model

from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.approval.newsroom import Newsroom, newsroom
from tests.abierto.privacy import files
from tests.abierto.privacy.identities import curp

CURP = curp(random.Random(10))

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def room() -> Newsroom:
    return newsroom()


def rescan(capsys, *options: str) -> list[dict]:
    call_command("privacy_rescan", *options)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_what_was_published_before_a_detector_is_listed(room, capsys, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("abierto.approval.ledger.services.check_content", lambda *args: None)
        page = factories.published(factories.StandardPageFactory(summary=f"Becaria {CURP}, placas GSX-48-21"))
    factories.StandardPageFactory(summary=f"Borrador con {CURP}")

    with pytest.raises(CommandError, match="1 por corregir"):
        call_command("privacy_rescan")

    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["object"], row["place"], row["type"], row["level"]) for row in rows] == [
        (f"{StandardPage._meta.label_lower}:{page.pk}", "summary", "CURP", "block"),
        (f"{StandardPage._meta.label_lower}:{page.pk}", "summary", "PLATE", "warn"),
    ]


def test_documents_are_read(room, capsys):
    content = files.make_pdf(files.PLAIN.format(text="Portada"), files.WHITE.format(text=f"CURP {CURP}"))
    document = get_document_model()(title="Padrón", space=room.space)
    document.file.save("padron.pdf", ContentFile(content))

    with pytest.raises(CommandError):
        call_command("privacy_rescan", "--blocking")

    [row] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["title"], row["place"], row["type"]) == ("Padrón", "page 2", "CURP")


def test_clean_portal_has_nothing_to_correct(room, capsys):
    assert rescan(capsys) == []
