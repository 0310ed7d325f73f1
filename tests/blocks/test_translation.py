"""Translation of a body with wagtail-localize: texts change, figures do not."""

import json

import pytest
from wagtail.blocks import StreamValue
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from blocks.body import BODY_BLOCKS, BodyBlock

IMAGE = {
    "image": {"alt_text": "La plaza", "decorative": False},
    "caption": "Pie de foto",
    "credit": "Ana Luz",
}


@pytest.fixture
def body(image, document) -> StreamValue:
    """One block of each kind, stored and read back; commitments have no text of their own."""
    raw = []
    for name, block in BODY_BLOCKS:
        if name == "commitments":
            continue
        if name == "image":
            value = {**IMAGE, "image": {**IMAGE["image"], "image": image.pk}}
        elif name == "document":
            value = {"document": document.pk, "title": "Informe", "text": ""}
        else:
            value = block.get_prep_value(block.get_preview_value())
        raw.append({"type": name, "value": value, "id": name})
    return BodyBlock().to_python(json.loads(json.dumps(raw, default=str)))


def list_segments(body):
    found = StreamFieldSegmentExtractor(None, include_overridables=True).handle_stream_block(body)
    return [segment.with_order(order) for order, segment in enumerate(found) if not segment.is_empty()]


def test_only_texts_are_segments(body):
    texts = {
        segment.render_text() for segment in list_segments(body) if isinstance(segment, StringSegmentValue)
    }

    assert {"La plaza", "Pie de foto", "Avance de dos compromisos, en por ciento", "Qué se decidió"} <= texts
    assert texts.isdisjoint({"42", "decidio", "Ana Luz", "Nombre de ejemplo"})


def test_a_url_is_an_overridable_segment(body):
    addresses = {s.data for s in list_segments(body) if isinstance(s, OverridableSegmentValue)}

    assert "https://video.example.org/sesion-4" in addresses


def test_a_body_is_restored_with_translated_texts(body):
    segments = [
        StringSegmentValue(segment.path, "Other words", order=segment.order)
        if segment.path in ("heading.text", "table.table.caption", "image.image.alt_text")
        else segment
        for segment in list_segments(body)
    ]

    translated = StreamFieldSegmentsWriter(None, None, None).handle_stream_block(body, segments)
    html = {child.block_type: child.render() for child in translated}

    assert html["heading"].strip() == '<h2 id="s-decidio">Other words</h2>'
    assert "<caption>Other words</caption>" in html["table"]
    assert 'alt="Other words"' in html["image"]
    assert '<p class="fig">42<small> %</small></p>' in html["key_figure"]
