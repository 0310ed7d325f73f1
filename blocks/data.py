"""Figures and data: table, key figure, timeline."""

import datetime
from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)
from wagtail_localize.segments import StringSegmentValue

from abierto.text import visible_text
from blocks.base import DATA, PortalBlock
from blocks.fields import DayBlock, FixedCharBlock, InlineTextBlock, LineBlock, LinesBlock, NumberBlock


class TableBlock(TypedTableBlock):
    """A table with a caption and a heading for every column; its first column names the rows."""

    text = LineBlock(label=_("Texto"), required=False, max_length=500)
    number = NumberBlock(label=_("Número"), required=False)

    def clean(self, value: TypedTable) -> TypedTable:
        cleaned = super().clean(_clean_headings(value))
        problems = [] if self.is_deferred_validation else _missing_parts(cleaned)
        if problems:
            raise TypedTableBlockValidationError(non_block_errors=problems)
        return cleaned

    def get_context(self, value: TypedTable, parent_context: dict | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        headings = [column["heading"] for column in value.columns]
        context["rows"] = [
            [{"heading": heading, "value": cell.value} for heading, cell in zip(headings, row, strict=True)]
            for row in value.rows
        ]
        return context

    def get_translatable_segments(self, value: TypedTable) -> list[StringSegmentValue]:
        """Return the texts for wagtail-localize, which does not know tables; numbers are not translated."""
        segments = [StringSegmentValue("caption", value.caption)]
        for index, column in enumerate(value.columns):
            segments.append(StringSegmentValue(f"heading.{index}", column["heading"]))
            if column["block"].name == "text":
                segments += [
                    StringSegmentValue(f"cell.{number}.{index}", row["values"][index])
                    for number, row in enumerate(value.row_data)
                ]
        return segments

    def restore_translated_segments(
        self, value: TypedTable, segments: list[StringSegmentValue]
    ) -> TypedTable:
        """Return the table with translated texts; the original is not changed."""
        words: dict[str, str] = defaultdict(str)
        words.update({segment.path: segment.render_text() for segment in segments})
        columns = [
            {**column, "heading": words[f"heading.{index}"] or column["heading"]}
            for index, column in enumerate(value.columns)
        ]
        rows = [
            {"values": [words[f"cell.{number}.{index}"] or cell for index, cell in enumerate(row["values"])]}
            for number, row in enumerate(value.row_data)
        ]
        return TypedTable(columns=columns, row_data=rows, caption=words["caption"] or value.caption)

    class Meta:
        icon = "table"
        label = _("Tabla")
        template = "blocks/table.html"


def _clean_headings(table: TypedTable) -> TypedTable:
    """Return a copy of the table with its caption and headings normalized like other texts."""
    columns = [{**column, "heading": visible_text(column["heading"])} for column in table.columns]
    return TypedTable(columns=columns, row_data=table.row_data, caption=visible_text(table.caption))


def _missing_parts(table: TypedTable) -> list[ValidationError]:
    """Return the errors of a table that screen readers could not explain: no caption, cells or headings."""
    problems = []
    if not visible_text(table.caption):
        problems.append(ValidationError(_("Ponle título a la tabla: di de qué trata.")))
    if not table.columns or not table.row_data:
        problems.append(ValidationError(_("Agrega al menos una columna y una fila.")))
    if any(not visible_text(column["heading"]) for column in table.columns):
        problems.append(ValidationError(_("Ponle encabezado a cada columna.")))
    return problems


class DataTableBlock(PortalBlock):
    """A table with the source of its data."""

    table = TableBlock(label=_("Tabla"))
    source = LineBlock(label=_("Fuente"), max_length=250)
    date = DayBlock(label=_("Fecha de los datos"), required=False)
    note = LinesBlock(label=_("Nota"), required=False, max_length=500)

    class Meta:
        icon = "table"
        label = _("Tabla")
        group = DATA
        description = _("Datos en filas y columnas, con su fuente.")
        template = "blocks/data_table.html"
        preview_value: dict[str, Any] = {
            "table": {
                "columns": [
                    {"type": "text", "heading": _("Compromiso")},
                    {"type": "number", "heading": _("Según el informe")},
                ],
                "rows": [{"values": ["1.5", 23]}, {"values": ["2.1", 35]}],
                "caption": _("Avance de dos compromisos, en por ciento"),
            },
            "source": _("Primer Informe Parcial"),
            "date": datetime.date(2023, 11, 30),
            "note": "",
        }


class KeyFigureBlock(PortalBlock):
    """One figure with its label, source and date."""

    figure = FixedCharBlock(
        label=_("Cifra"), max_length=30, help_text=_("Como se publicó: 42, 44.57, 1 200.")
    )
    unit = LineBlock(
        label=_("Unidad"), required=False, max_length=40, help_text=_("Por ejemplo, % o personas.")
    )
    label = LineBlock(label=_("Qué cuenta"), max_length=150)
    source = LineBlock(label=_("Fuente"), max_length=250)
    date = DayBlock(label=_("Fecha de la cifra"))
    note = LinesBlock(label=_("Nota"), required=False, max_length=500)

    class Meta:
        icon = "decimal"
        label = _("Cifra principal")
        group = DATA
        description = _("Una cifra con lo que cuenta, su fuente y su fecha.")
        template = "blocks/key_figure.html"
        label_format = "{figure} {unit}"
        preview_value: dict[str, Any] = {
            "figure": "42",
            "unit": "%",
            "label": _("Avance del plan 2022–2024"),
            "source": _("Primer Informe Parcial"),
            "date": datetime.date(2023, 11, 30),
            "note": _("El promedio es 44.57 %. El informe no explica la diferencia."),
        }


class TimelineEntryBlock(PortalBlock):
    """An event, past or due, with its date or a text in place of the date."""

    date = DayBlock(label=_("Fecha"), required=False)
    when = LineBlock(
        label=_("Cuándo, con palabras"),
        required=False,
        max_length=80,
        help_text=_("Solo si no hay día exacto: «Agosto de 2024», «Sin fecha publicada»."),
    )
    title = LineBlock(label=_("Qué"), max_length=200)
    text = InlineTextBlock(label=_("Detalle"), required=False)
    done = blocks.BooleanBlock(label=_("Ya pasó"), required=False, default=True)

    def problems(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        if value["date"] and value["when"]:
            return {"when": ValidationError(_("Deja la fecha o las palabras, no las dos."))}
        if not value["date"] and not value["when"] and not self.is_deferred_validation:
            return {"date": ValidationError(_("Pon la fecha, o di con palabras cuándo."))}
        return {}

    class Meta:
        icon = "date"
        label = _("Momento")
        label_format = "{title}"


class TimelineBlock(PortalBlock):
    """Past and due events in order."""

    title = LineBlock(label=_("De qué trata"), max_length=150)
    entries = blocks.ListBlock(TimelineEntryBlock(), label=_("Momentos"), min_num=1)

    class Meta:
        icon = "history"
        label = _("Línea de tiempo")
        group = DATA
        description = _("Lo que pasó y lo que falta, en orden.")
        template = "blocks/timeline.html"
        preview_value: dict[str, Any] = {
            "title": _("Los informes del plan"),
            "entries": [
                {
                    "date": datetime.date(2023, 12, 4),
                    "when": "",
                    "title": _("Se presentó el primer informe."),
                    "text": "",
                    "done": True,
                },
                {
                    "date": None,
                    "when": _("Agosto de 2024"),
                    "title": _("Meta: 100 %."),
                    "text": "",
                    "done": False,
                },
            ],
        }
