"""Write the content of a copy: public pages as HTML, figures as CSV and JSON, and public files.

Visibility is checked again while the copy is written: content that is withdrawn meanwhile is left out.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any
from urllib.parse import unquote, urlsplit
from wsgiref.util import setup_testing_defaults

from django.contrib.contenttypes.models import ContentType
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from wagtail.models import Page, ReferenceIndex

from abierto.addresses import page_url
from abierto.exports import BYTE_ORDER_MARK, csv_value
from abierto.media.access import is_public_file
from abierto.media.models import PortalDocument, PortalImage
from abierto.tenancy.access import own_pages
from abierto.tenancy.models import Space
from abierto.tenancy.visibility import filter_public
from pages.figures.models import ProgressFigure
from pages.plans.models import PlanPage
from pages.reports.inlines import ReportRow

from .archive import ArchiveWriter, read_chunks, safe_name

type ReadDocument = Callable[[Page], bytes | None]
"""Returns the PDF of a public page, or None for a page without one. Raises ``ValueError`` with the reason."""

AT_ONCE = 100
#: Filter spec of the largest rendition that pages show; the uploaded originals are never public.
PICTURE = "max-2000x2000"
PAGE_COLUMNS = ("title", "type", "language", "address", "first_published", "last_published")
FIGURE_COLUMNS = (
    "level", "code", "label", "declared", "declared_on", "computed", "effective", "stage", "reported_on",
    "differs", "note",
)  # fmt: skip
REPORT_COLUMNS = (
    "report", "cutoff", "level", "code", "label", "declared", "computed", "effective", "stage", "differs",
    "note",
)  # fmt: skip
LOST = "El archivo no está en el disco."
READ_ME = """Copia de lo que es público en «{space}», hecha el {day}.

paginas/   cada página, como se lee en el portal
archivos/  los documentos e imágenes que muestran esas páginas
datos/     paginas.csv, cifras (las de hoy) e informes (las congeladas en cada informe), en CSV y JSON

MANIFIESTO.json dice de dónde viene cada archivo. SHA256SUMS se comprueba con «sha256sum -c SHA256SUMS».
"""


@dataclass(frozen=True)
class PortalPart:
    """A part of the portal to copy: its name, its key (a slug), and the condition of its pages."""

    name: str
    key: str
    pages: Q


def part_of_space(space: Space) -> PortalPart:
    return PortalPart(str(space), space.slug, own_pages([space]))


def part_of_plan(plan: PlanPage) -> PortalPart:
    """Return a plan with all pages below it, in every language."""
    pages = Q()
    for path in PlanPage.objects.filter(translation_key=plan.translation_key).values_list("path", flat=True):
        pages |= Q(path__startswith=path)
    return PortalPart(plan.title, plan.slug, pages)


def write_copy(space: Space, target: IO[bytes]) -> ArchiveWriter:
    """Write the copy of the microsite of ``space`` to ``target``; return the writer with its entries."""
    return write_part(part_of_space(space), target)


def write_part(
    part: PortalPart, target: IO[bytes], read_document: ReadDocument | None = None
) -> ArchiveWriter:
    """Write the copy of a part of the portal to ``target``; return the writer with its entries.

    Args:
        read_document: adds the PDF of each page that has one.
    """
    day = timezone.localtime()
    about = READ_ME.format(space=part.name, day=f"{day:%d/%m/%Y}")
    with ArchiveWriter(target) as writer:
        writer.add("LEEME.txt", [about.encode()], "about")
        add_pages(part, writer, read_document)
        writer.add("datos/cifras.csv", write_rows(FIGURE_COLUMNS, figure_rows(part)), "data")
        writer.add("datos/informes.csv", write_rows(REPORT_COLUMNS, report_rows(part)), "data")
        writer.add("datos/cifras.json", write_objects(FIGURE_COLUMNS, figure_rows(part)), "data")
        writer.add("datos/informes.json", write_objects(REPORT_COLUMNS, report_rows(part)), "data")
        add_files(part, writer)
        writer.finish({"space": part.name, "key": part.key, "made_at": day.isoformat()})
    return writer


def public_pages(part: PortalPart) -> QuerySet[Page]:
    """Return the public pages of a part, in the order of the tree."""
    found: QuerySet[Page] = filter_public(Page.objects.filter(part.pages)).order_by("path")
    return found


def add_pages(part: PortalPart, writer: ArchiveWriter, read_document: ReadDocument | None = None) -> None:
    """Add each public page as an anonymous visitor gets it, and a CSV list of the pages."""
    visitor, rows = Visitor(), []
    keys = list(public_pages(part).values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        pages = public_pages(part).filter(pk__in=keys[start : start + AT_ONCE]).select_related("locale")
        for page in pages:
            url = page_url(page)
            content = visitor.read(url) if url else None
            if content is None:
                writer.note_missing("page", page.title, "El portal no la mostró a quien no tiene cuenta.")
                continue
            folder = f"paginas/{page.locale.language_code}/{page.url_path.strip('/')}"
            writer.add(f"{folder}/index.html", [content], "page", page.title, url)
            if read_document is not None:
                add_document(page, f"{folder}/pagina.pdf", writer, read_document)
            rows.append(describe_page(page, url))
    writer.add("datos/paginas.csv", write_rows(PAGE_COLUMNS, rows), "data")


def add_document(page: Page, path: str, writer: ArchiveWriter, read_document: ReadDocument) -> None:
    """Add the PDF of a page, if it has one; note it as missing if it cannot be made."""
    try:
        document = read_document(page)
    except ValueError as error:
        writer.note_missing("pdf", page.title, str(error))
        return
    if document is not None:
        writer.add(path, [document], "pdf", page.title)


def describe_page(page: Page, url: str) -> tuple[Any, ...]:
    kind = page.specific_class._meta.verbose_name if page.specific_class else ""
    return (
        page.title, kind, page.locale.language_code, url, page.first_published_at, page.last_published_at,
    )  # fmt: skip


def write_rows(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """Yield the lines of a CSV table, with the byte order mark that spreadsheets need."""
    yield BYTE_ORDER_MARK.encode()
    yield write_line(columns)
    for row in rows:
        yield write_line(csv_value(value) for value in row)


def write_objects(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """Yield a table as a JSON array, one object at a time; decimals are strings."""
    names, before = list(columns), b"[\n"
    for row in rows:
        values = dict(zip(names, row, strict=True))
        yield before + json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
        before = b",\n"
    yield (b"[" if before == b"[\n" else b"\n") + b"]\n"


def write_line(values: Iterable[Any]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(list(values))
    return line.getvalue().encode()


def public_plans(part: PortalPart) -> QuerySet[PlanPage]:
    found: QuerySet[PlanPage] = PlanPage.objects.public().source_language().filter(part.pages)
    return found


def figure_rows(part: PortalPart) -> Iterator[tuple[Any, ...]]:
    """Yield the present figures of the public plans."""
    for key in public_plans(part).order_by("path").values_list("translation_key", flat=True):
        figures = ProgressFigure.objects.of_plan(key).order_by("order")
        yield from figures.values_list(*FIGURE_COLUMNS).iterator(chunk_size=AT_ONCE)


def report_rows(part: PortalPart) -> Iterator[tuple[Any, ...]]:
    """Yield the frozen figures of the public reports."""
    reports = public_pages(part).filter(reportpage__isnull=False)
    rows = ReportRow.objects.filter(page__in=reports.order_by().values("pk"))
    names = ("page__title", "page__cutoff", *REPORT_COLUMNS[2:])
    ordered = rows.order_by("page__path", "sort_order", "pk")
    yield from ordered.values_list(*names).iterator(chunk_size=AT_ONCE)


def add_files(part: PortalPart, writer: ArchiveWriter) -> None:
    """Add the documents and pictures that the public pages show, each once."""
    for document in find_files(part, PortalDocument):
        add_file(writer, document, document.file, document.filename, "document")
    for image in find_files(part, PortalImage):
        try:
            picture = image.get_rendition(PICTURE)
        except OSError:
            writer.note_missing("image", image.title, LOST)
            continue
        add_file(writer, image, picture.file, picture.file.name.rsplit("/", 1)[-1], "image")


def add_file(writer: ArchiveWriter, row: Any, file: Any, name: str, kind: str) -> None:
    """Add a file; note it as missing if it is not in the storage."""
    try:
        opened = file.storage.open(file.name, "rb")
    except OSError:
        writer.note_missing(kind, row.title, LOST)
        return
    with opened:
        writer.add(f"archivos/{kind}-{row.pk}-{safe_name(name)}", read_chunks(opened), kind, row.title)


def find_files(part: PortalPart, model: type[Any]) -> Iterator[Any]:
    """Yield the public files of a kind to which public pages of the part refer."""
    pages = [str(key) for key in public_pages(part).values_list("pk", flat=True)]
    kinds = ContentType.objects.get_for_models(Page, model)
    keys: set[str] = set()
    for start in range(0, len(pages), AT_ONCE):
        references = ReferenceIndex.objects.filter(
            base_content_type=kinds[Page],
            object_id__in=pages[start : start + AT_ONCE],
            to_content_type=kinds[model],
        )
        keys.update(references.values_list("to_object_id", flat=True).distinct())
    for key in sorted(keys, key=int):
        file = model.objects.filter(pk=key).first()
        if file is not None and is_public_file(file):
            yield file


OK = 200
DEFAULT_PORTS = {"https": "443", "http": "80"}


class Visitor:
    """A visitor without an account; the middleware is loaded once."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()

    def read(self, url: str) -> bytes | None:
        """Return the response body of ``url``; None unless it is a public page."""
        parts = urlsplit(url)
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
            "QUERY_STRING": parts.query,
            "HTTP_HOST": parts.netloc,
            "SERVER_NAME": parts.hostname or "",
            "SERVER_PORT": str(parts.port or DEFAULT_PORTS.get(parts.scheme, "80")),
            "wsgi.url_scheme": parts.scheme,
            "wsgi.input": BytesIO(),
        }
        setup_testing_defaults(environ)
        # Each request activates the language of its visitor.
        with translation.override(translation.get_language()):
            response: HttpResponseBase = self._handler.get_response(WSGIRequest(environ))
        # Not closed: that would send ``request_finished``, which closes the command's database connection.
        if response.status_code != OK or not isinstance(response, HttpResponse):
            return None
        content: bytes = response.content
        return content
