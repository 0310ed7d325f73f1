"""«Bajar en PDF»: a plan, a commitment, a report and the act of a session as PDF/UA documents."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import ImageFile
from pypdf import PdfReader
from wagtail.models import PageViewRestriction

from abierto.opendata import pdf
from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage, PlanPage
from pages.reports.models import ReportPage
from pages.secretariats.sessions import SessionPage
from tests.abierto.opendata.world import publish_all
from tests.factories import PlanPageFactory, SessionPageFactory, published, republished
from tests.withdrawing import withdraw

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not pdf.is_available(), reason="WeasyPrint or Pango is not installed"),
    pytest.mark.slow,
]

#: «Öndö ma̱dintho», with a macron below that no single letter of Unicode has.
OTOMI = "Ya hñäki ma̱dintho"
#: Queries: those of the page (tests/pages/test_query_budgets.py), its site, its row and its route.
BUDGET = 18
FIGURE = re.compile(r"\d+(?:\.\d+)?\s%")
HREF = re.compile(r'href="(/datos/pagina/\d+\.pdf)"')


@pytest.fixture
def ids():
    return publish_all()


def pdf_url(page) -> str:
    return f"/datos/pagina/{page.pk}.pdf"


def one_of_each() -> list:
    return [kind.objects.public().order_by("path").first() for kind in pdf.PRINTED]


def join_texts(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags_of(reader: PdfReader) -> set[str]:
    found: set[str] = set()

    def collect(element) -> None:
        element = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(element, list):
            for child in element:
                collect(child)
        elif hasattr(element, "get"):
            found.add(str(element.get("/S")))
            if element.get("/S") == "/Figure":
                assert element.get("/Alt")
            collect(element.get("/K", []))

    collect(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def test_documents_are_tagged_and_whole(client, ids):
    """Each type of document; veraPDF was run over the same documents by hand (docs/features/open-data.md)."""
    plan = PlanPage.objects.public().get(translation_key=ids["planes"])
    plan.title = OTOMI
    republished(plan)
    for page in one_of_each():
        address = f"{page.url}acta/" if isinstance(page, SessionPage) else page.url
        html = client.get(address).content.decode()
        assert HREF.findall(html) == [pdf_url(page)], page

        with CaptureQueriesContext(connection) as queries:
            response = client.get(pdf_url(page))

        assert len(queries) <= BUDGET
        assert response.status_code == 200, page
        assert response["Content-Type"] == "application/pdf"
        assert ".pdf" in response["Content-Disposition"]
        reader = PdfReader(io.BytesIO(response.content))
        root, text = reader.trailer["/Root"], join_texts(reader)
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "es-MX"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert page.title in reader.metadata.title.partition(" · ")[0]
        assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
        assert {"/Document", "/H1", "/P"} <= tags_of(reader)
        fonts = [font.get_object() for one in reader.pages for font in one["/Resources"]["/Font"].values()]
        assert fonts
        for font in fonts:
            [inner] = font["/DescendantFonts"]
            assert "DejaVu-Sans" in font["/BaseFont"]
            assert "/FontFile2" in inner.get_object()["/FontDescriptor"].get_object()
        shown = set(FIGURE.findall(html.partition("<main")[2].replace("\u00a0", " ").partition("</main>")[0]))
        assert shown <= set(FIGURE.findall(text.replace("\u00a0", " "))), page
        assert page.url in text
        assert "copia del" in text
        if isinstance(page, PlanPage):
            assert OTOMI in text
        if isinstance(page, PlanPage | CommitmentPage | ReportPage):
            assert {"/Table", "/TH", "/TD", "/L", "/LI", "/LBody", "/Figure"} <= tags_of(reader)
            assert shown


def test_only_what_is_public_is_a_document(client, ids):
    plan = PlanPage.objects.public().get(translation_key=ids["planes"])
    draft = PlanPageFactory()
    axis = AxisPage.objects.public().first()
    secretariat = SessionPage.objects.public().first().get_parent()
    to_come = SessionPageFactory(parent=secretariat, starts_at=timezone.now() + timedelta(days=30))

    for hidden in (draft, axis, published(to_come)):
        assert client.get(pdf_url(hidden)).status_code == 404, hidden
    assert client.get("/datos/pagina/999999.pdf").status_code == 404
    plan.title = "Título en borrador"
    plan.save_revision()
    with patch.object(pdf, "write_pdf", side_effect=lambda response, url: response.content) as written:
        assert "Título en borrador" not in pdf.pdf_of(plan).decode()
    assert written.called
    PageViewRestriction.objects.create(page=plan, restriction_type="password", password="x")
    assert client.get(pdf_url(plan)).status_code == 404
    assert client.get(pdf_url(CommitmentPage.objects.first())).status_code == 404


def test_a_withdrawn_page_is_gone_with_its_reason(client, ids):
    commitment = CommitmentPage.objects.public().get(translation_key=ids["compromisos"])

    withdraw(PlanPage.objects.get(translation_key=ids["planes"]), "Se publicó por error.")

    gone = client.get(pdf_url(commitment))
    assert gone.status_code == 410
    assert "Motivo: Se publicó por error." in gone.content.decode()


def test_no_document_reads_the_network_or_a_private_file(ids):
    plan = PlanPage.objects.public().get(translation_key=ids["planes"])
    page = pdf.render_page(pdf.find_printed(plan.pk))
    outside = (
        b'<img src="https://example.org/a.png" alt="Foto"><img src="file:///etc/passwd" alt="Foto">'
        b'<img src="/media/images/nada.png" alt="Foto"><img src="/admin/" alt="Foto">'
    )
    page.content = page.content.replace(b"<h1>", outside + b"<h1>")

    with patch("socket.socket.connect", side_effect=AssertionError("network")):
        written = pdf.write_pdf(page, "http://localhost:8000/planes/x/")

    assert "Foto" in join_texts(PdfReader(io.BytesIO(written)))
    for path in ("/admin/", "/static/../settings/base.py", "/static/nada.css", "/media/images/nada.png"):
        with pytest.raises(ValueError, match=re.escape(path.rpartition("/static/")[2])):
            pdf.read_file(path)
    content_type, content = pdf.read_file("/static/pdf.css")
    assert (content_type, b"@page" in content) == ("text/css", True)


def test_truncated_pictures_stay_refused_in_this_process():
    """WeasyPrint lets Pillow load them, for everything that the process reads."""
    assert pdf.load_weasyprint() is not None

    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_where_none_can_be_made_there_is_no_link(client, ids):
    plan = PlanPage.objects.public().get(translation_key=ids["planes"])

    with patch.object(pdf, "load_weasyprint", return_value=None):
        html = client.get(plan.url).content.decode()
        refused = client.get(pdf_url(plan))
        messages = pdf.check_weasyprint()

    assert not HREF.findall(html)
    assert refused.status_code == 404
    assert [message.id for message in messages] == ["opendata.I001"]
    assert pdf.check_weasyprint() == []


def test_too_many_documents_are_refused(client, ids, settings, tmp_path):
    plan = PlanPage.objects.public().get(translation_key=ids["planes"])
    settings.ABIERTO_API_REQUESTS = 1
    settings.ABIERTO_DATA = tmp_path

    with patch("abierto.opendata.downloads.write_pdf", return_value=b"%PDF"):
        answers = [client.get(pdf_url(plan)).status_code for _ in range(2)]

    assert answers == [200, 429]
    settings.ABIERTO_API_REQUESTS = 0
    with patch.object(pdf, "_WAIT_SECONDS", 0), pdf._one_at_a_time():
        busy = client.get(pdf_url(plan))
    assert (busy.status_code, busy["Retry-After"]) == (503, "60")
    with patch.object(pdf, "MOST_BYTES", 100):
        too_long = client.get(pdf_url(plan))
    assert (too_long.status_code, "navegador" in too_long.content.decode()) == (503, True)
