"""Result files: limited, safe to open, and filtered like the page."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from unittest import mock

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Page

from abierto.approval.ledger.imports import imported
from abierto.exports import safe_cell
from pages.core.search import Passage, SearchContent, SearchKind
from search.engines import get_engine
from search.indexing.reconcile import rebuild
from search.indexing.schema import build_documents
from search.web import views
from tests.factories import StandardPageFactory, published
from tests.search.portal import Portal, titles

pytestmark = pytest.mark.slow

ATOM = "{http://www.w3.org/2005/Atom}"


class Files(Portal):
    def file(self, name, **parameters):
        return self.client.get(reverse("search:download", args=[name]), parameters)

    def rows(self, **parameters):
        text = self.file("csv", **parameters).content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def entries(self, **parameters):
        feed = ElementTree.fromstring(self.file("atom", **parameters).content)
        return feed, feed.findall(f"{ATOM}entry")

    def found(self, name, **parameters):
        """Return the titles in a file, in order."""
        if name == "csv":
            return [row["Título"] for row in self.rows(**parameters)]
        if name == "json":
            return [result["title"] for result in self.file("json", **parameters).json()["results"]]
        return [entry.findtext(f"{ATOM}title").partition(": ")[2] for entry in self.entries(**parameters)[1]]


class FileTests(Files):
    def test_each_file_has_the_results_of_the_page(self):
        shown = titles(self.ask(q="humo", plan="pal-2022-2024"))
        assert shown
        for name in ("csv", "json", "atom"):
            with self.subTest(name):
                assert self.found(name, q="humo", plan="pal-2022-2024") == shown

    def test_workbook_has_the_results_with_their_types(self):
        sheet, dictionary, about = load_workbook(io.BytesIO(self.file("xlsx", q="ladrilleras").content))

        headings = [cell.value for cell in sheet[1]]
        rows = [dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
        assert [row["Título"].value for row in rows] == self.found("csv", q="ladrilleras")
        dated = [row["Fecha"] for row in rows if row["Fecha"].value is not None]
        assert dated
        assert all(cell.is_date for cell in dated)
        assert {row["Avance"].data_type for row in rows if row["Avance"].value is not None} >= {"n"}
        assert dictionary.max_row == len(headings) + 1
        assert "q=ladrilleras" in about["B2"].value

    def test_each_file_has_its_content_type(self):
        for name, kind in (
            ("csv", "text/csv; charset=utf-8"),
            ("json", "application/json; charset=utf-8"),
            ("atom", "application/atom+xml; charset=utf-8"),
        ):
            assert self.file(name, q="humo")["Content-Type"] == kind
        assert self.file("csv")["Content-Disposition"] == 'attachment; filename="resultados.csv"'
        assert self.client.get("/buscar/resultados.xls").status_code == 404
        assert self.client.post("/buscar/resultados.csv").status_code == 405

    def test_the_page_links_to_its_files(self):
        html = self.ask(q="humo", tipo="compromiso").content.decode()
        for name, kind in (
            ("csv", "text/csv"),
            ("json", "application/json"),
            ("atom", "application/atom+xml"),
        ):
            address = f'href="/buscar/resultados.{name}?q=humo&amp;tipo=compromiso"'
            assert html.count(address) == 2
            assert f'<link rel="alternate" type="{kind}"' in html

    def test_the_csv_opens_in_a_spreadsheet(self):
        assert self.file("csv", q="ladrilleras").content.startswith(b"\xef\xbb\xbf")
        row = self.rows(q="ladrilleras", tipo="compromiso")[0]
        assert (row["Tipo"], row["Clave"], row["Avance"]) == ("Compromiso", "1.5", "30\u00a0%")
        assert row["Dirección"] == f"http://localhost{self.first.get_url()}"

    def test_the_json_has_the_total_and_the_figures(self):
        data = self.file("json", q="humo", tipo="compromiso").json()
        assert data["total"] == len(data["results"]) == 2
        assert data["url"] == "http://localhost/buscar/?q=humo&tipo=compromiso"
        first = next(result for result in data["results"] if result["code"] == "1.5")
        assert first["progress"] == "30\u00a0%"
        assert first["state"]
        assert "<mark>" not in first["snippet"]

    def test_the_feed_is_valid_and_complete(self):
        feed, entries = self.entries(q="humo")
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == "http://localhost/buscar/resultados.atom?q=humo"
        assert links["alternate"] == "http://localhost/buscar/?q=humo"
        for name in ("id", "title", "updated", "author"):
            assert feed.find(f"{ATOM}{name}") is not None
        for entry in entries:
            assert entry.findtext(f"{ATOM}id").startswith("urn:uuid:")
            assert entry.findtext(f"{ATOM}updated")
            assert entry.find(f"{ATOM}link").get("href").startswith("http://localhost/")

    def test_the_feed_is_xml_whatever_is_typed(self):
        for text in ("humo\ufffe", "humo\uffff", "humo \x0b", "humo]]>", "<humo>&"):
            feed, _entries = self.entries(q=text)
            assert "humo" in feed.findtext(f"{ATOM}title")

    def test_an_entry_keeps_its_id_when_its_page_is_renamed(self):
        ids = {entry.findtext(f"{ATOM}id") for entry in self.entries(q="humo")[1]}
        with imported("Prueba de otro nombre"):
            self.first.slug = "otro"
            self.first.title = "Ladrilleras con menos humo"
            published(self.first)
        rebuild(get_engine())
        self.addCleanup(rebuild, get_engine())
        renamed = {entry.findtext(f"{ATOM}id") for entry in self.entries(q="humo")[1]}
        assert ids <= renamed

    def test_only_the_first_results_are_written(self):
        with mock.patch.object(views, "MAX_RESULTS", 2):
            data = self.file("json").json()
        assert (len(data["results"]), data["total"] > 2) == (2, True)

    def test_the_page_number_does_not_change_the_file(self):
        assert self.found("json", q="humo", page=7) == self.found("json", q="humo")

    def test_pages_no_longer_public_are_in_no_file(self):
        Page.objects.filter(pk=self.first.pk).update(live=False)
        for name in ("csv", "json", "atom"):
            assert "Vigilar las ladrilleras" not in self.found(name, q="humo")
            assert "Transporte sin humo" in self.found(name, q="humo")

    def test_without_an_index_files_answer_503(self):
        with self.settings(ABIERTO_INDEX_DIR=self.folder.name + "/nada"):
            answer = self.file("csv", q="humo")
        assert (answer.status_code, answer["Retry-After"]) == (503, "120")
        assert "en reparación" in answer.content.decode()


class HostileTextTests(Files):
    """Page text is data in every format."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.page = published(StandardPageFactory(title='=cmd|"/c calc"!A1'))
        text = Passage("@hostil <script>alert(1)</script> & \x0b\x1f fin")
        content = SearchContent(
            [text],
            group=cls.page.pk,
            kind=SearchKind.STANDARD,
            locale="es-mx",
            title=cls.page.title,
            url=cls.page.get_url(),
        )
        get_engine().index(build_documents(content))

    def test_no_cell_is_a_formula(self):
        (row,) = self.rows(q="hostil")
        assert row["Título"] == '\'=cmd|"/c calc"!A1'
        assert row["Fragmento"].startswith("'@hostil")

    def test_the_feed_and_the_json_stay_well_formed(self):
        (entry,) = self.entries(q="hostil")[1]
        assert entry.findtext(f"{ATOM}title").endswith('=cmd|"/c calc"!A1')
        assert "&lt;script&gt;" in entry.findtext(f"{ATOM}summary")
        (result,) = json.loads(self.file("json", q="hostil").content)["results"]
        assert "<script>alert(1)</script> &" in result["snippet"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n@x", "\u00a0-1"])
def test_text_that_could_start_a_formula_is_quoted(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Plan 2022", "3.1", "a=b", "1-2"])
def test_other_text_is_unchanged(text):
    assert safe_cell(text) == text
