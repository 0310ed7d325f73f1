"""Evidence with its kind of access, and promised means of verification."""

import datetime

import pytest

from blocks.evidence import EvidenceBlock, MeansBlock
from tests.blocks.errors import read_refusals

EVIDENCE = {
    "title": "Buscador <em>",
    "kind": "link",
    "url": "https://www.example.org/buscador",
    "document": None,
    "published_on": None,
    "description": "",
    "means_key": "",
}
MEANS = {"text": "Informe <em>", "kind": "publication", "cadence": "quarterly"}


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"url": ""}, {"url": ["Escribe la dirección, o elige «Mencionada» si no la tienes."]}),
        (
            {"kind": "document", "url": ""},
            {"document": ["Elige el documento, o cambia el tipo."]},
        ),
        (
            {"kind": "image", "url": ""},
            {"document": ["Elige el archivo de la imagen o escribe su dirección."]},
        ),
        ({"kind": "cited"}, {"url": ["Borra la dirección, o cambia el tipo a «Enlace»."]}),
        (
            {"url": "ftp://example.org/"},
            {"url": ["Escribe una dirección completa que empiece con https:// o http://."]},
        ),
        (
            {"url": "javascript:alert(1)"},
            {"url": ["Escribe una dirección completa que empiece con https:// o http://."]},
        ),
        (
            {"url": "data:text/html,x"},
            {"url": ["Escribe una dirección completa que empiece con https:// o http://."]},
        ),
        (
            {"means_key": "no válida"},
            {"means_key": ["Usa solo letras sin acento, números y guiones, sin espacios."]},
        ),
    ],
)
def test_a_field_that_contradicts_the_kind_is_refused(changes, sentences):
    assert read_refusals(EvidenceBlock(), {**EVIDENCE, **changes}) == sentences


def test_cited_evidence_carries_no_document(document):
    assert read_refusals(EvidenceBlock(), {**EVIDENCE, "kind": "cited", "url": "", "document": document}) == {
        "document": ["Quita el documento, o cambia el tipo a «Documento»."]
    }


@pytest.mark.parametrize("kind", ["link", "image"])
def test_a_url_is_enough(kind):
    block = EvidenceBlock()

    assert block.clean(block.normalize({**EVIDENCE, "kind": kind}))["url"] == EVIDENCE["url"]


def test_a_draft_may_lack_its_url_but_not_contradict_its_kind():
    block = EvidenceBlock()
    block.defer_required_validation()

    assert block.clean(block.normalize({**EVIDENCE, "url": ""}))["kind"] == "link"
    assert set(read_refusals(block, {**EVIDENCE, "kind": "cited"})) == {"url"}


def test_a_link_is_shown_with_its_site_and_date():
    block = EvidenceBlock()
    value = block.normalize({**EVIDENCE, "published_on": datetime.date(2023, 10, 2), "description": "A & B"})

    html = block.render(value)

    assert (
        '<h3><a href="https://www.example.org/buscador" rel="external noopener">Buscador &lt;em&gt;</a></h3>'
        in html
    )
    assert "En example.org." in html
    assert '<time datetime="2023-10-02">2 de octubre de 2023</time>' in html
    assert "<p>A &amp; B</p>" in html
    assert '<p class="kind">Enlace</p>' in html


def test_a_document_is_preferred_to_an_external_url(document):
    block = EvidenceBlock()

    value = block.to_python({**EVIDENCE, "kind": "document", "document": document.pk})

    assert (value.address, value.site) == (document.url, "")
    assert 'rel="external' not in block.render(value)


def test_cited_evidence_is_shown_as_having_no_link():
    block = EvidenceBlock()

    html = block.render(block.normalize({**EVIDENCE, "kind": "cited", "url": ""}))

    assert "Sin enlace" in html
    assert "<a " not in html
    assert "<h3>Buscador &lt;em&gt;</h3>" in html


def test_evidence_stored_before_a_field_existed_is_still_shown():
    block = EvidenceBlock()

    html = block.render(block.to_python({"title": "Antigua", "kind": "otro-tiempo"}))

    assert "<h3>Antigua</h3>" in html
    assert "otro-tiempo" in html


def test_promised_means_are_shown_by_their_labels():
    block = MeansBlock()

    html = block.render(block.clean(block.normalize(MEANS)))

    assert "Informe &lt;em&gt;" in html
    assert "(Publicación. Cada tres meses)" in html


@pytest.mark.parametrize("field", ["kind", "cadence"])
def test_means_outside_the_choices_are_refused(field):
    assert set(read_refusals(MeansBlock(), {**MEANS, field: "weekly"})) == {field}
