"""Spreadsheets of the admin's listings and reports: headings, values and dates as people read them.

Every view of ours with ``list_export`` extends `ReadableExportMixin`;
``tests/abierto/test_exports.py`` downloads every one that the URL configuration has.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Model, QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.coreutils import multigetattr

#: Without it Excel reads «Acción» as «AcciÃ³n».
BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
DATE_FORMAT, DATETIME_FORMAT = "d/m/Y", "d/m/Y H:i"
XLSX_DATE_FORMAT, XLSX_DATETIME_FORMAT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"


def safe_cell(text: str) -> str:
    """Return the text with an apostrophe before anything that a spreadsheet could run as a formula."""
    return f"'{text}" if text.lstrip(" \n\u00a0").startswith(FORMULA_STARTS) else text


def readable_value(value: Any) -> Any:
    """Return the value as a cell shows it: words for codes, local time; numbers and dates keep their type."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("Sí") if value else gettext("No")
    if isinstance(value, datetime.datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, int | float | datetime.date | datetime.time):
        return value
    if isinstance(value, list | tuple | set):
        return ", ".join(str(readable_value(part)) for part in value)
    if isinstance(value, AbstractUser):
        return value.get_full_name() or value.get_username()
    return str(value)


def csv_value(value: Any) -> Any:
    """Return the cell of a CSV file, which has no types: dates as text, and no formulas."""
    readable = readable_value(value)
    if isinstance(readable, datetime.datetime):
        return format_date(readable, DATETIME_FORMAT)
    if isinstance(readable, datetime.date):
        return format_date(readable, DATE_FORMAT)
    return safe_cell(readable) if isinstance(readable, str) else readable


def read_field(item: Any, field: str) -> Any:
    """Return the value of a field of ``list_export``; the label of a choice instead of its code."""
    label = getattr(item, f"get_{field}_display", None) if isinstance(item, Model) else None
    return label() if label is not None else multigetattr(item, field)


class ReadableExportMixin(SpreadsheetExportMixin):
    """CSV and XLSX exports that Excel opens with their accents. Put it before the view that exports."""

    #: Headings of Wagtail's reports that its catalogue leaves in English, or names in other words.
    common_headings = {
        "content_object": gettext_lazy("Contenido"),
        "content_object.pk": gettext_lazy("Número"),
        "content_type": gettext_lazy("Tipo"),
        "created_at": gettext_lazy("Empezada"),
        "finished_at": gettext_lazy("Terminada"),
        "finished_by": gettext_lazy("Terminada por"),
        "locked_at": gettext_lazy("Bloqueada"),
        "locked_by": gettext_lazy("Bloqueada por"),
        "requested_by": gettext_lazy("Pedida por"),
        "started_at": gettext_lazy("Empezada"),
        "task": gettext_lazy("Revisión"),
        "workflow": gettext_lazy("Flujo de revisión"),
        "workflow_state.content_object.__str__": gettext_lazy("Contenido"),
        "workflow_state.content_object.pk": gettext_lazy("Número"),
        "workflow_state.content_type": gettext_lazy("Tipo"),
        "workflow_state.requested_by": gettext_lazy("Pedida por"),
    }

    def get_filename(self) -> str:
        """Return the title of the listing and the day of its export."""
        title = getattr(self, "page_title", "") or self.model._meta.verbose_name_plural
        return f"{slugify(str(title), allow_unicode=True)}-{timezone.localdate().isoformat()}"

    def get_heading(self, queryset: QuerySet[Any], field: str) -> str:
        if field in self.common_headings:
            return str(self.common_headings[field])
        heading: str = super().get_heading(queryset, field)
        return heading

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {field: read_field(item, field) for field in self.list_export}

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Return the cell; a function of the view for this field is applied first."""
        own = self.custom_field_preprocess.get(field, {}).get(export_format)
        read = own(value) if own is not None and value is not None else value
        return csv_value(read) if export_format == self.FORMAT_CSV else readable_value(read)

    def generate_xlsx_row(
        self, worksheet: Any, row_dict: dict[str, Any], date_format: str | None = None
    ) -> Iterator[Any]:
        """Yield the cells of a row; dates as they are written here, whatever the language of the screens."""
        for cell in super().generate_xlsx_row(worksheet, row_dict):
            if isinstance(cell.value, datetime.datetime):
                cell.number_format = XLSX_DATETIME_FORMAT
            elif isinstance(cell.value, datetime.date):
                cell.number_format = XLSX_DATE_FORMAT
            yield cell

    def stream_csv(self, queryset: QuerySet[Any]) -> Iterable[bytes]:
        yield BYTE_ORDER_MARK.encode()
        yield from super().stream_csv(queryset)

    def write_csv_response(self, queryset: QuerySet[Any]) -> StreamingHttpResponse:
        response = StreamingHttpResponse(self.stream_csv(queryset), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = content_disposition_header(True, f"{self.get_filename()}.csv")
        return response
