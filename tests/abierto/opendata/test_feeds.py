"""Feeds with the figure and its day, calendars, and what a page is for search engines."""

from __future__ import annotations

import datetime
import json
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from pages.participation.models import ParticipationIndexPage
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from pages.reports.models import ReportPage
from pages.rulings.index import RulingIndexPage
from tests.abierto.opendata.world import publish_all
from tests.factories import (
    CommitmentPageFactory,
    DeclarationPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    SessionPageFactory,
    StandardPageFactory,
    home,
    published,
)
from tests.language.translating import in_english
from tests.participation_factories import AgreementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ATOM = "{http://www.w3.org/2005/Atom}"
LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


@pytest.fixture
def ids():
    return publish_all()


def entries(client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.find(f"{ATOM}id") is not None
    found = feed.findall(f"{ATOM}entry")
    return [{part.tag.removeprefix(ATOM): part.text or "" for part in entry} for entry in found]


def test_feed_of_a_page_has_figures_with_their_day(client, ids):
    plan = PlanPage.objects.get(translation_key=ids["planes"])
    commitment = CommitmentPage.objects.get(translation_key=ids["compromisos"])

    of_plan = entries(client, f"/datos/pagina/{plan.pk}.atom")
    of_commitment = entries(client, f"/datos/pagina/{commitment.pk}.atom")
    of_town = entries(client, f"/datos/pagina/{plan.get_parent().pk}.atom")

    assert len(of_plan) == len(of_town) == 2
    [update] = of_commitment
    assert update["title"].endswith("40\xa0%, 40\xa0%")
    assert "30 de noviembre de 2023" in update["summary"]
    report = ReportPage.objects.get()
    assert [one["summary"] for one in of_plan if one["title"].startswith(report.title)] == [update["summary"]]


def test_feeds_and_calendars_of_an_english_address_name_translated_pages_in_english(client, ids):
    plan = PlanPage.objects.get(translation_key=ids["planes"])
    axis = plan.get_children().first().specific
    commitment = CommitmentPage.objects.get(translation_key=ids["compromisos"])
    for page in (home(), *plan.get_ancestors().filter(depth__gt=2).specific(), plan, axis):
        in_english(page, {})
    english = in_english(commitment, {commitment.title: "Clean water"})

    of_plan = entries(client, f"/en/datos/pagina/{plan.get_translation(english.locale).pk}.atom")
    of_goal = entries(client, f"/en/datos/ods/{commitment.sdg_targets.first().goal_id}.atom")
    calendar = client.get("/en/datos/plazos.ics").content.decode()
    in_spanish = client.get("/datos/plazos.ics").content.decode()

    assert len(of_plan) == 2
    assert "November 30, 2023" in of_plan[0]["summary"] + of_plan[1]["summary"]
    assert len(of_goal) == 1
    assert ("Clean water" in calendar) is (commitment.title in in_spanish)
    assert "Clean water" not in in_spanish


def check_atom(content: bytes) -> None:
    """Check a feed by RFC 4287: what feeds and entries must have once (4.1), dates (3.3) and addresses."""
    feed = ElementTree.fromstring(content)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for node in (feed, *entries):
        for name in ("id", "title", "updated"):
            [found] = node.findall(f"{ATOM}{name}")
            assert (found.text or "").strip(), name
        assert urlsplit(node.findtext(f"{ATOM}id") or "").scheme in ("http", "https", "urn", "tag")
        for moment in (*node.findall(f"{ATOM}updated"), *node.findall(f"{ATOM}published")):
            assert datetime.datetime.fromisoformat(moment.text or "").tzinfo is not None
        for link in node.findall(f"{ATOM}link"):
            assert urlsplit(link.attrib["href"]).scheme in ("http", "https")
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None or all(
        entry.find(f"{ATOM}author/{ATOM}name") is not None for entry in entries
    )
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")].count("self") == 1
    for entry in entries:
        alternate = [
            one for one in entry.findall(f"{ATOM}link") if one.get("rel", "alternate") == "alternate"
        ]
        assert len(alternate) == 1 or entry.find(f"{ATOM}content") is not None
    keys = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(keys)) == len(keys)


def test_every_feed_is_atom(client, ids):
    commitment = CommitmentPage.objects.get(translation_key=ids["compromisos"])
    gatherings = ParticipationIndexPage.objects.public().first()
    rulings = RulingIndexPage.objects.public().first()
    feeds = {
        f"/datos/pagina/{commitment.pk}.atom",
        f"/datos/ods/{commitment.sdg_targets.first().goal_id}.atom",
        "/datos/tema/transito.atom",
        "/cambios.atom",
        f"/participacion/{gatherings.pk}.atom",
        f"/sentencia/{rulings.slug}.atom",
    }
    with_entries = set()

    for address in feeds:
        response = client.get(address)
        assert response.status_code == 200, address
        check_atom(response.content)
        if b"<entry>" in response.content:
            with_entries.add(address)

    assert feeds == with_entries


def test_feed_of_a_goal_and_of_a_topic(client, ids):
    commitment = CommitmentPage.objects.get(translation_key=ids["compromisos"])
    goal = commitment.sdg_targets.first().goal_id

    assert len(entries(client, f"/datos/ods/{goal}.atom")) == 1
    assert entries(client, f"/datos/ods/{goal % 17 + 1}.atom") == []
    [ruling] = entries(client, "/datos/tema/transito.atom")
    assert ruling["title"].startswith("Sentencia de prueba")
    assert client.get("/datos/tema/nada.atom").status_code == 404


def test_feed_without_a_draft(client, ids):
    plan = PlanPage.objects.get(translation_key=ids["planes"])
    draft = PlanPageFactory()
    commitment = CommitmentPage.objects.get(translation_key=ids["compromisos"])
    ProgressUpdatePageFactory(parent=commitment, period_start=datetime.date(2024, 1, 1), period_end=None)

    assert client.get(f"/datos/pagina/{draft.pk}.atom").status_code == 404
    assert client.get(f"/datos/pagina/{published(StandardPageFactory()).pk}.atom").status_code == 404
    assert len(entries(client, f"/datos/pagina/{plan.pk}.atom")) == 2


def read_calendar(client, address: str) -> dict[str, object]:
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    calendar = Calendar.from_ical(response.content)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    events = calendar.walk("VEVENT")
    assert all(event["uid"] and event["dtstamp"] for event in events)
    return {str(event["summary"]): event.decoded("dtstart") for event in events}


def test_calendars_have_sessions_and_deadlines(client, settings):
    coming = datetime.datetime.now(datetime.UTC).replace(microsecond=0) + datetime.timedelta(days=9)
    session = SessionPageFactory(title="La que viene", starts_at=coming)
    AgreementFactory(page=session, text="Publicar el acta.", due=coming.date())
    before = SessionPageFactory(title="La de antes")
    AgreementFactory(page=before, text="Cumplido.", due=coming.date(), done_on=datetime.date(2024, 1, 1))
    for page in (session, before):
        published(type(page).objects.get(pk=page.pk))
    SessionPageFactory(title="En borrador", starts_at=coming)
    published(CommitmentPageFactory(code="9.1", title="Con plazo", end=coming.date()))

    assert read_calendar(client, "/datos/sesiones.ics") == {"La que viene": coming}
    assert read_calendar(client, "/datos/plazos.ics") == {
        "Termina el compromiso 9.1: Con plazo": coming.date(),
        "Vence el acuerdo: Publicar el acta.": coming.date(),
    }


def test_each_page_says_what_it_is(client, ids):
    pages = {
        "CreativeWork": CommitmentPage.objects.get(translation_key=ids["compromisos"]),
        "Report": ReportPage.objects.get(),
        "WebPage": published(StandardPageFactory()),
    }
    pages["CreativeWork "] = published(DeclarationPageFactory())

    for kind, page in pages.items():
        found = [json.loads(text) for text in LINKED.findall(client.get(page.url).content.decode())]
        own = [one for one in found if one["@type"] == kind.strip()]
        assert [one["name"] for one in own] == [page.title]
        assert own[0]["dateModified"]
        assert len([one for one in found if one["@type"] == "BreadcrumbList"]) == 1
