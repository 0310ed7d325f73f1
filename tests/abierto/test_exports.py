"""Every spreadsheet of the admin: its accents, headings, values and dates in Excel."""

import csv
import datetime
import io
import re
from collections.abc import Iterator

import openpyxl
import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from abierto.accounts.models import User
from abierto.exports import BYTE_ORDER_MARK, csv_value
from abierto.registry.enums import InstitutionKind
from search.analytics.models import QueryNote
from tests import factories
from tests.abierto.approval.newsroom import newsroom, submit
from tests.municipal_factories import OfficialContactFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: Already the first of March in UTC.
EVENING = datetime.datetime(2024, 3, 1, 1, 30, 0, 123456, tzinfo=datetime.UTC)
HEADINGS = {
    "/admin/redirects/": ["De", "A", "Tipo", "Sitio"],
    "/admin/reports/aging-pages/": [
        "Título", "Estado", "Última publicación", "Quién la publicó", "Tipo"
    ],
    "/admin/reports/busquedas/": [
        "Pregunta", "Lengua", "Espacio", "Sin resultados", "No sirvió", "Visitas", "Último día"
    ],
    "/admin/reports/locked/": ["Título", "Última edición", "Estado", "Tipo", "Bloqueada", "Bloqueada por"],
    "/admin/reports/site-history/": ["ID", "Nombre", "Tipo", "Tipo de acción", "Cuenta", "Fecha y hora"],
    "/admin/reports/workflow/": [
        "Flujo de revisión", "Número", "Tipo", "Contenido", "Estado", "Pedida por", "Empezada"
    ],
    "/admin/reports/workflow_tasks/": [
        "Revisión", "Número", "Tipo", "Contenido", "Estado", "Pedida por", "Empezada", "Terminada",
        "Terminada por",
    ],
    "/admin/snippets/registry/institution/": ["Nombre", "Siglas", "Tipo", "Desde", "Hasta", "Sucesora"],
    "/admin/snippets/registry/officialcontact/": ["Oficina", "Tipo", "Contacto", "Dónde consta"],
    "/admin/snippets/registry/municipality/": [
        "Clave INEGI", "Nombre", "Otros nombres", "Población", "Sitio propio", "Lo que consta"
    ],
}  # fmt: skip


def view_class_of(callback, outer=()) -> type | None:
    """Return the class behind a view and its decorators."""
    found = getattr(callback, "view_class", None)
    if found is not None:
        return found
    cells = getattr(callback, "__closure__", None) or ()
    inner = [cell.cell_contents for cell in cells if callable(cell.cell_contents)]
    classes = (view_class_of(view, (*outer, callback)) for view in inner if view not in outer)
    return next(filter(None, classes), None)


def export_addresses(patterns=None, namespace: str = "") -> Iterator[str]:
    """Yield the addresses whose view can export a spreadsheet, shadowed ones included."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from export_addresses(pattern.url_patterns, inner)
        elif issubclass(view_class_of(pattern.callback) or object, SpreadsheetExportMixin):
            yield reverse(namespace + pattern.name)


@pytest.fixture
def state(client):
    user = factories.UserFactory(is_superuser=True, is_staff=True)
    client.force_login(user)
    return client


def fill_every_list() -> None:
    room = newsroom()
    submit(room.commitment, room.editor)
    Page.objects.filter(pk=room.commitment.pk).update(locked=True, locked_at=EVENING, locked_by=room.editor)
    factories.InstitutionFactory(name="=1+1", kind=InstitutionKind.AUTONOMOUS)
    factories.MunicipalityFactory(name="León", population=5)
    OfficialContactFactory()
    Redirect.objects.create(old_path="/viejo", redirect_link="/nuevo/", site=Site.objects.get())
    QueryNote.objects.create(
        kind=QueryNote.Kind.ASKED,
        words="agua",
        locale="es-mx",
        space="estado",
        total=0,
        session="a",
        day=timezone.localdate(),
    )


@pytest.fixture
def tables(client) -> dict[str, list[list[str]]]:
    """Return the rows of every export in CSV, by address."""
    fill_every_list()
    client.force_login(factories.UserFactory(is_superuser=True, is_staff=True))
    found = {}
    for address in sorted(set(export_addresses())):
        response = client.get(address, {"export": "csv"})
        text = b"".join(response.streaming_content).decode()
        if text.removeprefix(BYTE_ORDER_MARK).strip():  # else the list offers no export
            assert text.startswith(BYTE_ORDER_MARK), address
            assert response["Content-Type"] == "text/csv; charset=utf-8"
            found[address] = list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))
    return found


def test_every_export_has_spanish_headings_words_and_local_dates(tables):
    assert {address: rows[0] for address, rows in tables.items() if "results" not in address} == HEADINGS
    for address, rows in tables.items():
        assert len(rows) > 1, address
        for cell in (cell for row in rows[1:] for cell in row):
            assert not re.search(r"\d{4}-\d\d-\d\d|None|True|False|es-mx|wagtail\.", cell), (address, cell)


def test_values_are_read_by_people(tables):
    assert tables["/admin/reports/locked/"][1][-2:] == [
        "29/02/2024 19:30",
        User.objects.get(username="editora").get_full_name(),
    ]
    assert tables["/admin/reports/busquedas/"][1][:3] == ["agua", "Español", "Estado"]
    institution = tables["/admin/snippets/registry/institution/"][1]
    assert (institution[0], institution[2]) == ("'=1+1", "Organismo autónomo")
    assert tables["/admin/snippets/registry/municipality/"][1][3] == "5"


def test_a_workbook_has_local_dates_and_no_formulas(client):
    fill_every_list()
    client.force_login(factories.UserFactory(is_superuser=True, is_staff=True))

    locked = client.get("/admin/reports/locked/", {"export": "xlsx"})
    institutions = client.get("/admin/snippets/registry/institution/", {"export": "xlsx"})

    when = openpyxl.load_workbook(io.BytesIO(b"".join(locked.streaming_content))).active["E2"]
    name = openpyxl.load_workbook(io.BytesIO(b"".join(institutions.streaming_content))).active["A2"]
    assert when.value.replace(microsecond=0) == datetime.datetime.combine(
        datetime.date(2024, 2, 29), datetime.time(19, 30)
    )
    assert when.number_format == "dd/mm/yyyy hh:mm"
    assert (name.value, name.data_type) == ("=1+1", "s")
    assert locked["Content-Disposition"].endswith(".xlsx")


@pytest.mark.parametrize("text", ["=1", "+52", "-x", "@SUMA", "\t=1", " =1"])
def test_text_that_starts_a_formula_is_quoted(text):
    assert csv_value(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "Sí"),
        (-5, -5),
        (datetime.date(2024, 3, 1), "01/03/2024"),
        (["a", "b"], "a, b"),
    ],
)
def test_values_of_cells(value, cell):
    assert csv_value(value) == cell
