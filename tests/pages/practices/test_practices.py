"""The bank of good practices, and the draft that a final report starts."""

import pytest
from django.urls import reverse

from pages.practices.drafts import start_practice
from pages.practices.models import GoodPracticePage
from pages.reports.models import ReportKind
from tests.factories import (
    MicrositePageFactory,
    MunicipalityFactory,
    PlanPageFactory,
    ReportPageFactory,
    UserFactory,
    published,
)
from tests.participation_factories import GoodPracticeIndexPageFactory, GoodPracticePageFactory
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def list_errors(**fields) -> set[str]:
    return set(GoodPracticePageFactory(**fields).publication_errors())


@pytest.mark.parametrize("name", ["what_was_done", "result", "how_to_repeat"])
def test_a_practice_says_what_was_done_its_result_and_how_to_repeat_it(name):
    assert list_errors(**{name: " \u200b"}) == {name}


@pytest.mark.parametrize("year", [None, 1999, 2999])
def test_a_practice_has_a_year_that_has_come(year):
    assert list_errors(year=year) == {"year"}


def test_a_practice_of_a_microsite_names_its_municipality():
    microsite = published(MicrositePageFactory())
    plan = PlanPageFactory(parent=microsite)

    assert list_errors(parent=plan) == {"municipality"}
    assert list_errors(parent=plan, municipality=MunicipalityFactory()) == {"municipality"}
    assert list_errors(parent=plan, municipality=microsite.municipality) == set()


def test_the_bank_lists_the_public_practices_of_state_and_towns_by_topic_town_and_year(client):
    town = MunicipalityFactory(name="Coroneo")
    plan = PlanPageFactory(parent=MicrositePageFactory(municipality=town))
    published(GoodPracticePageFactory(title="Del estado", topic="justice", year=2022))
    published(GoodPracticePageFactory(title="Del municipio", parent=plan, municipality=town, topic="economy"))
    GoodPracticePageFactory(title="En borrador")
    bank = published(GoodPracticeIndexPageFactory())

    def read_list(query=""):
        html = client.get(f"{bank.url}{query}").content.decode()
        return {title for title in ("Del estado", "Del municipio", "En borrador") if title in html}

    assert read_list() == {"Del estado", "Del municipio"}
    assert read_list("?tema=justice") == {"Del estado"}
    assert read_list(f"?municipio={town.code}") == {"Del municipio"}
    assert read_list("?anio=2022") == {"Del estado"}
    assert read_list("?anio=nada&municipio=00000") == {"Del estado", "Del municipio"}


def test_a_practice_shows_its_report_while_that_is_public(client):
    report = published(ReportPageFactory(kind=ReportKind.FINAL, title="Informe final"))
    page = published(GoodPracticePageFactory(report=report))
    draft = ReportPageFactory(title="Informe en borrador")
    other = published(GoodPracticePageFactory(report=draft))

    assert report.url in client.get(page.url).content.decode()
    assert "Informe en borrador" not in client.get(other.url).content.decode()


# --- From a final report -------------------------------------------------------------------------------


@pytest.fixture
@built_once
def report():
    microsite = MicrositePageFactory(municipality=MunicipalityFactory(name="Coroneo"))
    plan = PlanPageFactory(parent=microsite, title="Plan de Coroneo", summary="Abrir las cuentas.")
    return published(ReportPageFactory(parent=plan, kind=ReportKind.FINAL, intro="<p>Se abrieron todas.</p>"))


def test_a_draft_takes_what_the_report_says(report):
    practice = start_practice(report, UserFactory())

    assert not practice.live
    assert practice.get_parent().pk == report.get_parent().pk
    assert practice.municipality.name == "Coroneo"
    assert (practice.year, practice.report) == (report.period_end.year, report)
    assert (practice.what_was_done, practice.result) == ("Abrir las cuentas.", "Se abrieron todas.")
    assert set(practice.publication_errors()) == {"how_to_repeat"}


def test_the_button_starts_one_draft_and_opens_it(admin_client, report):
    url = reverse("reports:start_practice", args=[report.pk])

    assert admin_client.get(url).status_code == 200
    assert not GoodPracticePage.objects.exists()

    response = admin_client.post(url)
    practice = GoodPracticePage.objects.get()

    assert response.url == reverse("wagtailadmin_pages:edit", args=[practice.pk])


@pytest.mark.parametrize("fields", [{"kind": ReportKind.PARTIAL}, {"live": False}])
def test_only_a_public_final_report_feeds_the_bank(admin_client, report, fields):
    other = ReportPageFactory(parent=report.get_parent(), kind=fields.get("kind", ReportKind.FINAL), number=9)
    if "kind" in fields:
        published(other)

    assert admin_client.post(reverse("reports:start_practice", args=[other.pk])).status_code == 404
    assert not GoodPracticePage.objects.exists()
