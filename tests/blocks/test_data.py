"""Tables and figures with labels, sources and dates."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from blocks.data import DataTableBlock, KeyFigureBlock, TableBlock, TimelineBlock, TimelineEntryBlock
from blocks.text import PeopleBlock
from tests.blocks.errors import read_refusals

TABLE = {
    "columns": [{"type": "text", "heading": "Compro<miso"}, {"type": "number", "heading": "Dice & da"}],
    "rows": [{"values": ["1.5 <b>", 23]}, {"values": ["2.1", None]}],
    "caption": "Avance <i>",
}


def read_table_refusals(changes):
    block = TableBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python({**TABLE, **changes}))
    return [message for error in refused.value.non_block_errors.as_data() for message in error.messages]


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"caption": " "}, ["Ponle título a la tabla: di de qué trata."]),
        ({"rows": []}, ["Agrega al menos una columna y una fila."]),
        (
            {"columns": [{"type": "text", "heading": "A"}, {"type": "number", "heading": ""}]},
            ["Ponle encabezado a cada columna."],
        ),
    ],
)
def test_an_inaccessible_table_is_refused(changes, sentences):
    assert read_table_refusals(changes) == sentences


def test_a_draft_table_may_be_incomplete():
    block = TableBlock()
    block.defer_required_validation()

    assert block.clean(block.to_python({**TABLE, "caption": ""})).caption == ""


def test_a_table_is_rendered_with_caption_headers_and_labels():
    block = DataTableBlock()
    value = block.to_python({"table": TABLE, "source": "Informe <1>", "date": "2023-11-30", "note": "Nota"})

    html = block.render(block.clean(value))

    assert '<table class="cards">' in html
    assert "<caption>Avance &lt;i&gt;</caption>" in html
    assert '<th scope="col">Compro&lt;miso</th>' in html
    assert '<th scope="row">1.5 &lt;b&gt;</th>' in html
    assert '<td data-l="Dice &amp; da">23</td>' in html
    assert '<td data-l="Dice &amp; da"></td>' in html
    assert "Fuente: Informe &lt;1&gt;." in html
    assert '<time datetime="2023-11-30">30 de noviembre de 2023</time>' in html


def test_the_texts_of_a_table_are_translated_and_restored():
    block = TableBlock()
    value = block.to_python(TABLE)
    segments = {segment.path: segment for segment in block.get_translatable_segments(value)}

    translated = block.restore_translated_segments(
        value,
        [type(segments["caption"])("caption", "Progress"), type(segments["caption"])("cell.1.0", "two")],
    )

    assert set(segments) == {"caption", "heading.0", "heading.1", "cell.0.0", "cell.1.0"}
    assert translated.caption == "Progress"
    assert [row["values"] for row in translated.row_data] == [["1.5 <b>", 23], ["two", None]]
    assert translated.columns[0]["heading"] == "Compro<miso"
    assert value.caption == "Avance <i>"


FIGURE = {
    "figure": "42",
    "unit": "%",
    "label": "Avance <b>",
    "source": "Primer informe",
    "date": datetime.date(2023, 11, 30),
    "note": "La cuenta da otra",
}


def test_a_figure_is_shown_with_its_source_and_date():
    block = KeyFigureBlock()

    html = block.render(block.clean(block.normalize(FIGURE)))

    assert '<figcaption class="h3">Avance &lt;b&gt;</figcaption>' in html
    assert '<p class="fig">42<small> %</small></p>' in html
    assert "Fuente: Primer informe." in html
    assert "30 de noviembre de 2023" in html
    assert "La cuenta da otra" in html


@pytest.mark.parametrize(("field", "empty"), [("label", ""), ("source", ""), ("date", None), ("figure", "")])
def test_a_figure_needs_label_source_and_date(field, empty):
    assert set(read_refusals(KeyFigureBlock(), {**FIGURE, field: empty})) == {field}


def test_figures_and_names_are_not_translated():
    figure, name = KeyFigureBlock().child_blocks["figure"], PeopleBlock().child_blocks["people"]

    assert figure.get_translatable_segments("42") == []
    assert name.child_block.child_blocks["name"].get_translatable_segments("Ana") == []


ENTRY = {"date": None, "when": "", "title": "Meta", "text": "", "done": False}


def test_an_event_has_either_a_date_or_a_text():
    assert read_refusals(TimelineEntryBlock(), ENTRY) == {"date": ["Pon la fecha, o di con palabras cuándo."]}
    assert read_refusals(
        TimelineEntryBlock(), {**ENTRY, "date": datetime.date(2024, 8, 1), "when": "Agosto"}
    ) == {"when": ["Deja la fecha o las palabras, no las dos."]}


def test_due_events_are_labelled_with_text():
    block = TimelineBlock()
    done = {**ENTRY, "date": datetime.date(2023, 12, 4), "title": "Se presentó <b>", "done": True}
    value = block.clean(
        block.normalize({"title": "Informes", "entries": [done, {**ENTRY, "when": "En 2024"}]})
    )

    html = block.render(value)

    assert '<time datetime="2023-12-04">4 de diciembre de 2023</time>' in html
    assert "Se presentó &lt;b&gt;" in html
    assert html.count('class="todo"') == 1
    assert html.count("Falta:") == 1
    assert '<span class="when">En 2024</span>' in html


def test_people_are_rendered_as_a_table_with_posts():
    block = PeopleBlock()
    person = {"name": "Ana <b>", "post": "Presidenta", "institution": "Universidad & Co"}

    html = block.render(block.clean(block.normalize({"title": "Integrantes", "people": [person]})))

    assert "<caption>Integrantes</caption>" in html
    assert '<th scope="row"><strong>Ana &lt;b&gt;</strong></th>' in html
    assert '<td data-l="Institución">Universidad &amp; Co</td>' in html
