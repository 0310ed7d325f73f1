"""«Bajar los datos»: the table of a page as an Excel workbook, CSV or JSON; «Bajar en PDF»: the page.

The headings, the dictionary and the metadata are in the language of the address. The data are in the source
language of the portal.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from abierto.addresses import absolute_url, page_url
from abierto.portal import portal_of
from abierto.spreadsheets.xlsx import XLSX
from abierto.tenancy.visibility import filter_public
from pages.core.cache import mark_cacheable
from pages.core.formatting import full_date
from pages.reports.models import ReportPage

from . import licence
from .api.rate_limits import count_request
from .api.views import find_withdrawal
from .csv_files import iterate_csv
from .fields import Field, Record, in_active_language, json_value, translate_text
from .file_metadata import FileMetadata
from .pdf import PRINTED, BusyError, TooLongError, find_printed, is_available, render_page, write_pdf
from .tables import Table, find_table
from .xlsx_files import write_xlsx

FORMATS = ("xlsx", "csv", "json")
#: Table → URL name of the view that shows it, for tables that belong to no page.
VIEWS = {
    "acuerdos": "pages:agreements",
    "instituciones": "pages:institutions",
    "glosario": "pages:glossary",
}


@require_safe
def page_table(request: HttpRequest, page_id: int, table: str, file_format: str) -> HttpResponseBase:
    """Return the table of a public page as a file, with the filters of the query string."""
    row = get_object_or_404(filter_public(Page.objects.all()), pk=page_id)
    page = row.specific
    found = find_table(table, page)
    if found is None:
        raise Http404
    cutoff = page.cutoff if isinstance(page, ReportPage) and page.cutoff else timezone.localdate()
    metadata = FileMetadata(
        f"{translate_text(found.title)}: {page.title}",
        _with_query(page_url(page, request), request),
        cutoff,
        portal_of(request).name,
    )
    return respond(found, page, request, file_format, metadata)


@require_safe
def page_pdf(request: HttpRequest, page_id: int) -> HttpResponse:
    """Return a public page as PDF/UA; 410 with the reason for one that was withdrawn.

    Raises:
        Http404: for a page that is not public or has no PDF, and without WeasyPrint.
    """
    if not is_available():
        raise Http404
    refused = refuse_too_many(request)
    if refused is not None:
        return refused
    try:
        page = find_printed(page_id)
        rendered = render_page(page)
        content = write_pdf(rendered, page_url(page, request))
    except Http404:
        return answer_withdrawn(page_id)
    except TooLongError:
        return _refuse(
            503, _("Esta página es muy larga para un PDF. Imprímela o guárdala desde tu navegador.")
        )
    except BusyError:
        busy = _refuse(503, _("Se están armando otros documentos. Vuelve a intentar en un minuto."))
        busy.headers["Retry-After"] = "60"
        return busy
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{slugify(page.title)[:80]}-{timezone.localdate().isoformat()}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["X-Robots-Tag"] = "noindex"
    return mark_cacheable(response, getattr(rendered, "reads", None))


def answer_withdrawn(page_id: int) -> HttpResponse:
    """Return 410 with the reason why a page that had a PDF was withdrawn.

    Raises:
        Http404: for a page that never was public or does not exist.
    """
    row = get_object_or_404(Page.objects.all(), pk=page_id)
    withdrawal = find_withdrawal(row.specific) if issubclass(row.specific_class, PRINTED) else None
    if withdrawal is None:
        raise Http404
    sentence = _("Fue público y se retiró el %(day)s. Motivo: %(reason)s")
    return _refuse(410, sentence % {"day": full_date(withdrawal.day), "reason": withdrawal.reason})


@require_safe
def view_table(request: HttpRequest, table: str, file_format: str) -> HttpResponseBase:
    """Return the table of a view without a page as a file."""
    found = find_table(table)
    if found is None:
        raise Http404
    url = _with_query(absolute_url(reverse(VIEWS[table])), request)
    metadata = FileMetadata(translate_text(found.title), url, timezone.localdate(), portal_of(request).name)
    return respond(found, None, request, file_format, metadata)


def respond(
    table: Table, page: Page | None, request: HttpRequest, file_format: str, metadata: FileMetadata
) -> HttpResponseBase:
    """Return a table as a file; 429 if the address exceeds the rate limit."""
    refused = refuse_too_many(request)
    if refused is not None:
        return refused
    response = _write(table, page, request, file_format, metadata)
    name = f"{slugify(metadata.title)[:80]}-{metadata.cutoff.isoformat()}.{file_format}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def refuse_too_many(request: HttpRequest) -> HttpResponse | None:
    """Count a download; return the response 429 if the address exceeds the rate limit, else None."""
    allowance = count_request(request)
    if allowance is None or not allowance.is_exceeded:
        return None
    refused = _refuse(429, _("Demasiadas descargas. Vuelve a intentar en un minuto."))
    allowance.write_headers(refused)
    return refused


def _refuse(status: int, sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


def _write(
    table: Table, page: Page | None, request: HttpRequest, file_format: str, metadata: FileMetadata
) -> HttpResponseBase:
    fields = tuple(map(in_active_language, table.fields))
    with translation.override(settings.LANGUAGE_CODE):
        records = _in_language(settings.LANGUAGE_CODE, table.read(page, request))
    if file_format == "xlsx":
        return FileResponse(write_xlsx(fields, records, metadata), content_type=XLSX)
    # The response is sent after the view.
    language = translation.get_language()
    if file_format == "csv":
        lines = _in_language(language, iterate_csv(fields, records, is_for_people=True))
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    lines = _in_language(language, iterate_json(fields, records, metadata))
    return StreamingHttpResponse(lines, content_type="application/json")


def iterate_json(fields: Sequence[Field], records: Iterable[Record], metadata: FileMetadata) -> Iterator[str]:
    """Yield the text of a JSON object with the metadata, the dictionary and, last, the records."""
    head = {
        "title": metadata.title,
        "url": metadata.url,
        "cutoff": metadata.cutoff.isoformat(),
        "license": licence.URL,
        "dictionary": [_describe_field(field) for field in fields],
    }
    yield f'{_dump(head)[:-1]},"data":['
    for number, record in enumerate(records):
        yield f"{',' if number else ''}\n{_dump(json_value(record))}"
    yield "\n]}\n"


def _describe_field(field: Field) -> dict[str, Any]:
    known = {
        "name": field.name,
        "label": field.label,
        "type": _(field.kind.label),
        "meaning": field.meaning,
        "unit": field.unit,
        "source": field.source,
        "items": [_describe_field(item) for item in field.items],
    }
    return {name: value for name, value in known.items() if value}


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _in_language[Item](language: str | None, items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items of a lazy iterable, computing each one while ``language`` is active."""
    made = iter(items)
    while True:
        with translation.override(language):
            item = next(made, None)
        if item is None:
            return
        yield item


def _with_query(url: str, request: HttpRequest) -> str:
    query = request.GET.urlencode()
    return f"{url}?{query}" if query else url
