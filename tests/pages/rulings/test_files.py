"""The public version from a file: its text by pages, a scan, and a file that is closed."""

import random

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction, Page

from abierto.approval.ledger.imports import imported
from abierto.approval.review.validation import find_problems
from abierto.media.models import PortalDocument
from pages.rulings.part_queries import read_parts
from tests.abierto.privacy import files
from tests.abierto.privacy.identities import curp
from tests.factories import UserFactory, complete, published
from tests.ruling_factories import PublicVersionPageFactory, RulingPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NO_TEXT = "el buscador no encuentra lo que dice"


def store(content: bytes, name: str = "sentencia.pdf") -> PortalDocument:
    document = PortalDocument(title="Sentencia", collection=Collection.objects.get(depth=1))
    document.file.save(name, ContentFile(content))
    return document


def make_pdf(*texts: str) -> bytes:
    return files.make_pdf(*(files.PLAIN.format(text=text) for text in texts))


SCAN = files.make_pdf("0 0 100 100 re f")


def make_part(document: PortalDocument, **values: object):
    part = PublicVersionPageFactory(
        parent=published(RulingPageFactory()), document=document, texts=(), **values
    )
    complete(part)
    return part


def publish_scan(part):
    """Publish a part whose file has no text, which a named person confirms."""
    with imported(
        "Sentencia escaneada", by=UserFactory(is_superuser=True), confirmation="La leyó entera una persona."
    ):
        part.save_revision().publish()
    return part


def read_page(client, part) -> str:
    return client.get(part.get_parent().url).content.decode()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (make_pdf("Vistos", "Resuelve"), "sentencia.pdf"),
        (
            files.make_docx(
                files.paragraph("Vistos")
                + "<w:p><w:r><w:br w:type='page'/></w:r></w:p>"
                + files.paragraph("Resuelve")
            ),
            "sentencia.docx",
        ),
        (b"Vistos\fResuelve", "sentencia.txt"),
    ],
    ids=["pdf", "docx", "text"],
)
def test_text_of_the_file_is_read_on_the_page_by_pages(client, content, name):
    part = published(make_part(store(content, name)))

    html = read_page(client, part)

    assert html.index('id="pagina-1"') < html.index("<p>Vistos</p>") < html.index('id="pagina-2"')
    assert html.index('id="pagina-2"') < html.index("<p>Resuelve</p>")
    assert NO_TEXT not in html


def test_text_without_pages_has_no_number(client):
    html = read_page(client, published(make_part(store(b"Vistos los autos", "sentencia.txt"))))

    assert "<p>Vistos los autos</p>" in html
    assert "pagina-" not in html


def test_scan_is_published_with_a_notice(client):
    part = make_part(store(SCAN))

    assert part.publication_effects()[-1] == "Es un archivo sin texto: el buscador no encontrará lo que dice."
    assert NO_TEXT in read_page(client, publish_scan(part))


def test_text_written_by_hand_stands_for_that_of_the_file(client):
    part = make_part(store(SCAN), pages=[("page", {"number": 4, "text": "Lo que dice la imagen"})])

    html = read_page(client, publish_scan(part))

    assert "Lo que dice la imagen" in html
    assert NO_TEXT not in html


def test_file_with_a_curp_is_refused_with_its_page():
    part = make_part(store(make_pdf("Portada", f"CURP {curp(random.Random(5))}")))

    assert any("página 2" in message for _path, message in find_problems(part))


def test_reviewer_reads_how_many_pages_become_public():
    *_approver, effect = make_part(store(make_pdf("Vistos", "Resuelve"))).publication_effects()

    assert "2 páginas" in effect


def test_two_pages_with_the_same_number_are_refused():
    part = PublicVersionPageFactory(pages=[("page", {"number": 2, "text": text}) for text in ("Uno", "Dos")])

    assert part.publication_errors()["pages"] == "La página 2 está dos veces. Corrige su número."


def test_text_of_a_file_in_a_closed_collection_is_not_shown(client):
    part = published(make_part(store(make_pdf("Vistos", "Resuelve"))))
    CollectionViewRestriction.objects.create(
        collection=part.document.collection, restriction_type=CollectionViewRestriction.LOGIN
    )

    html = read_page(client, part)

    assert "Resuelve" not in html
    assert "todavía no publica aquí el texto completo" in html


def test_a_long_file_costs_no_more_queries(client, django_assert_num_queries):
    part = published(make_part(store(make_pdf(*(f"Considerando {number}" for number in range(300))))))
    ruling = Page.objects.select_related("locale").get(pk=part.get_parent().pk)

    with django_assert_num_queries(1):
        parts = read_parts(ruling)

    assert len(parts.text) == 300
    assert 'id="pagina-300"' in read_page(client, part)
