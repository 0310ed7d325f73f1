"""Text blocks: headings with anchors, lists, quotes, notices and accordions."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.fields import StreamField

from blocks.body import BODY_BLOCKS, BodyBlock
from blocks.notice import AccordionBlock, NoticeBlock
from blocks.text import HeadingBlock, ParagraphBlock, QuoteBlock, TextListBlock
from tests.blocks.errors import read_refusals


def build_heading(text, anchor="", level="2"):
    return {"text": text, "level": level, "anchor": anchor}


def test_a_heading_keeps_its_anchor_when_its_text_changes():
    block = HeadingBlock()
    first = block.clean(block.normalize(build_heading("Qué se decidió")))

    changed = block.clean(block.normalize({**first, "text": "La decisión"}))

    assert changed.anchor_id == "s-que-se-decidio"


@pytest.mark.parametrize(("level", "tag"), [("2", "h2"), ("3", "h3"), ("1", "h2"), ("<script>", "h2")])
def test_a_heading_is_of_the_second_or_third_level(level, tag):
    block = HeadingBlock()

    html = block.render(block.to_python(build_heading("A <b>", "a", level)))

    assert html.strip() == f'<{tag} id="s-a">A &lt;b&gt;</{tag}>'


def test_a_heading_of_another_level_is_refused():
    assert set(read_refusals(HeadingBlock(), build_heading("A", level="1"))) == {"level"}


def test_a_heading_in_another_script_has_an_anchor():
    assert HeadingBlock().to_python(build_heading("ʼ")).anchor_id == "s-seccion"


def test_headings_of_a_body_have_different_anchors():
    body = BodyBlock()
    raw = [{"type": "heading", "value": build_heading("Qué pasó")} for _ in range(3)]

    cleaned = body.clean(body.to_python(raw))

    assert [child.value["anchor"] for child in cleaned] == ["que-paso", "que-paso-2", "que-paso-3"]


def test_a_body_is_stored_as_the_plain_list_of_blocks():
    assert StreamField(BodyBlock()).deconstruct()[3] == StreamField(BODY_BLOCKS).deconstruct()[3]


def test_a_paragraph_refuses_dangerous_links():
    block = ParagraphBlock()

    with pytest.raises(ValidationError, match="Escribe una dirección completa"):
        block.clean(block.normalize('<p><a href="ftp://example.org/">x</a></p>'))


def test_lists_are_ordered_or_unordered():
    block = TextListBlock()

    numbers = block.render(block.to_python({"kind": "numbers", "entries": ["<p>Uno</p>", "<p>Dos</p>"]}))
    bullets = block.render(block.to_python({"kind": "bullets", "entries": ["<p>Uno</p>"]}))

    assert numbers.strip() == "<ol><li><p>Uno</p></li><li><p>Dos</p></li></ol>"
    assert bullets.strip() == "<ul><li><p>Uno</p></li></ul>"


def test_a_quote_shows_its_author():
    block = QuoteBlock()

    html = block.render(block.to_python({"text": "A <b>", "author": "Ana & Luz", "source": "2017"}))

    assert '<blockquote class="decision"><p>A &lt;b&gt;</p></blockquote>' in html
    assert "Ana &amp; Luz, <cite>2017</cite>" in html


@pytest.mark.parametrize(
    ("kind", "classes", "word"),
    [
        ("info", "notice", "Aviso"),
        ("warning", "notice notice--low", "Atención"),
        ("example", "notice notice--stage", "Ejemplo ficticio"),
        ("withdrawn", "notice notice--low", "Retirado"),
        ("unknown", "notice", "Aviso"),
    ],
)
def test_a_notice_shows_its_kind_as_text(kind, classes, word):
    block = NoticeBlock()

    html = block.render(block.to_python({"kind": kind, "title": "", "text": "<p>Texto</p>"}))

    assert f'<div class="{classes}" role="note">' in html
    assert f"<strong>{word}</strong>" in html
    assert "<p>Texto</p>" in html


def test_a_notice_may_have_its_own_heading():
    block = NoticeBlock()

    html = block.render(block.to_python({"kind": "info", "title": "Ojo <b>", "text": ""}))

    assert "<strong>Ojo &lt;b&gt;</strong>" in html


def test_accordions_work_without_javascript():
    block = AccordionBlock()

    html = block.render(
        block.to_python({"entries": [{"summary": "¿Por qué <b>?", "text": "<p>Porque sí.</p>"}]})
    )

    assert "<summary>¿Por qué &lt;b&gt;?</summary>" in html
    assert "<p>Porque sí.</p>" in html
    assert "<script" not in html
