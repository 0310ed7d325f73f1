"""«Bajar los datos» under the public tables: what is on screen, with types, a dictionary and a licence."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import shutil
import subprocess
import tracemalloc
from decimal import Decimal

import polib
import pytest
from openpyxl import load_workbook

from abierto.opendata import licence
from abierto.opendata.csv_files import iterate_csv
from abierto.opendata.fields import Field, FieldKind
from abierto.opendata.file_metadata import FileMetadata
from abierto.opendata.registry import RESOURCES
from abierto.opendata.tables import TABLES
from abierto.opendata.xlsx_files import write_xlsx
from pages.institutions.queries import list_institutions
from pages.plans.models import PlanPage
from tests.abierto.opendata.world import publish_all
from tests.factories import InstitutionFactory, PlanPageFactory
from tests.repository.files import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LINK = re.compile(r'href="(/datos/(?:pagina|lista)/[^"]+\.(?:xlsx|csv|json)(?:\?[^"]*)?)"')
MANY = 100_000
#: Bytes that a file of any length may need.
BOUND = 8 * 1024 * 1024


@pytest.fixture
def ids():
    return publish_all()


def links_on(client, address: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in LINK.findall(client.get(address).content.decode())]


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def plan_url(ids) -> str:
    return PlanPage.objects.get(translation_key=ids["planes"]).url


def test_workbook_has_types_dictionary_and_licence(client, ids):
    [link] = [link for link in links_on(client, plan_url(ids)) if link.endswith("compromisos.xlsx")]

    workbook = load_workbook(io.BytesIO(body(client.get(link))))

    data, dictionary, about = workbook.worksheets
    headings = [cell.value for cell in data[1]]
    row = dict(zip(headings, data[2], strict=True))
    assert row["Avance"].value == 40
    assert row["Avance"].data_type == "n"
    assert row["Último reporte"].value.isoformat() == "2023-11-30T00:00:00"
    assert row["Último reporte"].is_date
    meanings = {line[1].value: line for line in dictionary.iter_rows(min_row=2)}
    assert [line[0].value for line in meanings.values()] == headings
    assert meanings["progress"][3].value == "%"
    facts = dict(about.iter_rows(values_only=True))
    assert facts["Texto de la licencia"] == licence.URL
    assert datetime.date.fromisoformat(facts["Datos al"])
    assert facts["De dónde se bajó, con sus filtros"].endswith(plan_url(ids))


def test_files_of_an_english_address_have_their_words_in_english(client, ids):
    InstitutionFactory(kind="university", name="Universidad")

    text = body(client.get("/en/datos/lista/instituciones.csv")).decode("utf-8-sig")
    workbook = load_workbook(io.BytesIO(body(client.get("/en/datos/lista/instituciones.xlsx"))))
    data = json.loads(body(client.get("/en/datos/lista/instituciones.json")))

    assert text.startswith("Identifier,Address,")
    institutions, dictionary, about = workbook.worksheets
    assert text.splitlines()[0].split(",") == [cell.value for cell in institutions[1]]
    assert [cell.value for cell in dictionary[1]][:3] == ["Column", "Name in JSON", "What it means"]
    assert dict(about.iter_rows(values_only=True))["What it is"] == "Institutions"
    assert data["dictionary"][0]["label"] == "Identifier"
    # The data are those of the portal's own language.
    assert "Universidad" in text
    assert client.get("/api/v1/instituciones/").json()["data"] == sorted(
        data["data"], key=lambda one: one["id"]
    )


def test_every_text_of_the_dictionary_is_in_the_english_catalogue():
    catalogue = {entry.msgid for entry in polib.pofile(str(CATALOGUE)) if entry.translated()}
    fields = {field for resource in RESOURCES.values() for field in resource.fields}
    fields |= {field for table in TABLES for field in table.fields}
    fields |= {item for field in fields for item in field.items}
    texts = {
        text for one in fields for text in (one.label, one.meaning, one.unit, one.source, one.kind.label)
    }
    texts |= {text for one in RESOURCES.values() for text in (one.title, one.description)}
    texts |= {one.title for one in TABLES}

    assert texts - {"", "%"} <= catalogue


def test_files_have_the_rows_that_pass_the_filters(client):
    ids = publish_all(3)
    address = f"{plan_url(ids)}?eje=2"
    [link] = [link for link in links_on(client, address) if ".csv" in link and "compromisos" in link]

    rows = list(csv.DictReader(body(client.get(link)).decode("utf-8-sig").splitlines()))

    assert [row["Clave"] for row in rows] == ["2.1"]
    every = client.get(link.partition("?")[0])
    assert len(list(csv.DictReader(body(every).decode("utf-8-sig").splitlines()))) == 3


def test_csv_opens_in_excel_with_accents_and_without_formulas(client, ids):
    InstitutionFactory(name='=HYPERLINK("http://x")')

    text = body(client.get("/datos/lista/instituciones.csv"))

    assert text.startswith("\ufeffIdentificador,Dirección".encode())
    assert b'"\'=HYPERLINK(""http://x"")"' in text


def test_text_in_a_workbook_is_never_a_formula(client, ids):
    InstitutionFactory(name="=1+1")

    sheet = load_workbook(io.BytesIO(body(client.get("/datos/lista/instituciones.xlsx")))).worksheets[0]

    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_json_has_the_dictionary_and_the_records_of_the_api(client, ids):
    data = json.loads(body(client.get("/datos/lista/instituciones.json")))

    api = client.get("/api/v1/instituciones/").json()["data"]
    assert sorted(data["data"], key=lambda one: one["id"]) == api
    assert [field["name"] for field in data["dictionary"]] == list(api[0])
    assert data["license"] == licence.URL


def test_a_draft_and_a_table_that_is_none_have_no_file(client, ids):
    draft = PlanPageFactory()
    public = PlanPage.objects.get(translation_key=ids["planes"])

    assert client.get(f"/datos/pagina/{draft.pk}/compromisos.csv").status_code == 404
    assert client.get(f"/datos/pagina/{public.pk}/cifras.csv").status_code == 404
    assert client.get("/datos/lista/cifras.csv").status_code == 404


def test_a_withdrawn_institution_is_in_no_file(client, ids):
    hidden = InstitutionFactory(name="Oculta", live=False)

    assert hidden not in list_institutions()
    assert "Oculta" not in body(client.get("/datos/lista/instituciones.csv")).decode()


def test_downloads_over_the_limit_are_refused(client, ids, settings, tmp_path):
    settings.ABIERTO_API_REQUESTS = 1
    settings.ABIERTO_DATA = tmp_path

    assert client.get("/datos/lista/instituciones.csv").status_code == 200
    refused = client.get("/datos/lista/instituciones.csv")
    assert (refused.status_code, refused["RateLimit-Remaining"]) == (429, "0")


FIELDS = (Field("id", FieldKind.INTEGER, "Número"), Field("day", FieldKind.DAY, "Día"))
CATALOGUE = ROOT / "locale/en/LC_MESSAGES/django.po"
ABOUT = FileMetadata("Prueba", "http://localhost/", datetime.date(2026, 1, 31), "Abierto")


def test_a_hundred_thousand_rows_need_little_memory():
    records = ({"id": number, "day": ABOUT.cutoff} for number in range(MANY))
    tracemalloc.start()

    lines = sum(text.count("\n") for text in iterate_csv(FIELDS, records))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert lines == MANY + 1
    assert peak < BOUND


def test_a_long_workbook_needs_little_memory():
    records = ({"id": number, "day": ABOUT.cutoff} for number in range(MANY // 10))
    tracemalloc.start()

    with write_xlsx(FIELDS, records, ABOUT) as file:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert sum(1 for _row in load_workbook(file, read_only=True).worksheets[0].rows) == MANY // 10 + 1

    assert peak < BOUND


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_numbers_and_days(tmp_path):
    """The workbook as another program reads it: numbers and days have their types, a formula is text."""
    fields = (
        Field("name", FieldKind.TEXT, "Título"),
        Field("progress", FieldKind.NUMBER, "Avance", unit="%"),
        Field("day", FieldKind.DAY, "Último reporte"),
    )
    record = {"name": "=1+1", "progress": Decimal("40.5"), "day": datetime.date(2023, 11, 30)}
    about = FileMetadata("Compromisos", "https://example.org/", datetime.date(2023, 11, 30), "Abierto")
    (tmp_path / "tabla.xlsx").write_bytes(write_xlsx(fields, [record], about).read())

    # Every sheet as CSV, the values as they are and not as they are shown.
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", options, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "tabla.xlsx")], check=True, capture_output=True, timeout=300)

    [row] = list(csv.DictReader((tmp_path / "tabla-Compromisos.csv").read_text("utf-8").splitlines()))
    assert row["Título"] == "=1+1"
    assert float(row["Avance"]) == 40.5
    assert row["Último reporte"] == "2023-11-30"
    assert (tmp_path / "tabla-Diccionario.csv").exists()
