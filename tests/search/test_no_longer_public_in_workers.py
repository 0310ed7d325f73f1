"""A page that is no longer public disappears from every worker of a real server by its next request."""

import html
import json
import re
from dataclasses import dataclass

import pytest
from wagtail.models import Page

from abierto.approval.ledger.imports import imported
from pages.plans.commitments import CommitmentPage
from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests.committing import committing
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    CommitmentPartyFactory,
    InstitutionFactory,
    PlanPageFactory,
    StandardPageFactory,
    published,
)
from tests.search.unpublishing import WAYS
from tests.search.workers.asking import Workers, running_workers

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

INSTRUMENTS = ["xilófono", "zampoña", "marimba", "charango", "ocarina", "bandoneón", "quijada"]
MOVED, REDACTED = "chirimía", "tamboril"
NAME = "Dominga Etxeberria"
#: On PostgreSQL only what the workers share differs, which takes two of them.
WORKERS, WORKERS_ON_POSTGRESQL = 4, 2
PLACES = {
    "results": "/buscar/?q={}",
    "everything": "/buscar/?tipo=compromiso",
    "suggestions": "/buscar/sugerencias/?q={}",
    "csv": "/buscar/resultados.csv?q={}",
    "json": "/buscar/resultados.json?q={}",
    "atom": "/buscar/resultados.atom?q={}",
}


@dataclass
class Portal:
    """A server with one public commitment per instrument, each under its own plan and axis."""

    workers: Workers
    pages: dict[str, int]
    index: str

    def page(self, instrument: str) -> Page:
        return Page.objects.get(pk=self.pages[instrument]).specific

    def places_that_say(self, text: str, word: str) -> dict[str, int]:
        """Return how many workers show the text at each place, for a query."""
        wanted = text.lower()
        counts = dict.fromkeys(PLACES, 0)
        for place, address in PLACES.items():
            for answer in self.workers.answers(address.format(word[:5] if place == "suggestions" else word)):
                counts[place] += wanted in shown_text(place, answer).lower()
        return {place: count for place, count in counts.items() if count}

    def suggesting(self, word: str) -> int:
        """Return how many workers suggest the word."""
        return self.places_that_say(word, word).get("suggestions", 0)


def shown_text(place, answer):
    if place == "suggestions":
        return " ".join(offered["text"] for offered in json.loads(answer)["suggestions"])
    return re.sub("</?mark>", "", html.unescape(answer))


def add(instrument, number):
    plan = PlanPageFactory(title=f"Plan de la música {number}", slug=f"plan-{number}")
    axis = AxisPageFactory(parent=plan, code="1", title=f"Música {number}")
    problem = f"Nadie toca. Responde {NAME}." if instrument == REDACTED else "Nadie toca."
    title = f"Un {instrument} para cada escuela"
    page = CommitmentPageFactory(parent=axis, code=f"{number}.1", title=title, actions=1, problem=problem)
    CommitmentPartyFactory(page=page, institution=InstitutionFactory(name=f"Casa del {instrument}"))
    return published(page).pk


@pytest.fixture(scope="module")
def transactional_db(django_db_setup, django_db_blocker, sqlite_database):
    """Commit for real as long as a server lives: it is too slow to start one per test."""
    with committing(django_db_blocker, sqlite_database):
        yield WORKERS if sqlite_database else WORKERS_ON_POSTGRESQL


@pytest.fixture(scope="module")
def portal(transactional_db, tmp_path_factory):
    """Return a server whose caches hold every page."""
    index = tmp_path_factory.mktemp("workers") / "index"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.ABIERTO_INDEX_DIR", index)
        rebuild(get_engine())
        published(StandardPageFactory(title="Otra página"))
        pages = {name: add(name, number) for number, name in enumerate([*INSTRUMENTS, MOVED, REDACTED], 1)}
        with running_workers(transactional_db, index) as workers:
            yield Portal(workers, pages, str(index))


@pytest.fixture(autouse=True)
def same_index(portal, own_folders, settings):
    """Use the index that the workers read."""
    settings.ABIERTO_INDEX_DIR = portal.index


def test_a_withdrawn_page_disappears_from_every_worker(portal, subtests):
    for instrument, way in zip(INSTRUMENTS, WAYS, strict=True):
        title, house = f"Un {instrument} para cada escuela", f"Casa del {instrument}"
        with subtests.test(way.__name__):
            assert portal.places_that_say(title, instrument) == dict.fromkeys(PLACES, portal.workers.count)
            assert portal.places_that_say(house, instrument).keys() >= {"results", "everything"}

            way(portal.page(instrument))

            assert portal.places_that_say(title, instrument) == {}
            assert portal.places_that_say(house, "escuela") == {}
            assert portal.suggesting(instrument) == 0


def test_a_moved_page_has_its_new_address_in_every_worker(portal):
    page, count = portal.page(MOVED), portal.workers.count
    before = page.get_url()
    linked = dict.fromkeys(("results", "everything", "csv", "json", "atom"), count)
    assert portal.places_that_say(before, MOVED) == linked
    other = published(AxisPageFactory(parent=page.get_parent().get_parent(), code="2", title="Otro eje"))

    with imported("Prueba de mudanza"):
        page.move(other, pos="last-child")

    assert portal.places_that_say(before, MOVED) == {}
    assert portal.places_that_say(CommitmentPage.objects.get(pk=page.pk).get_url(), MOVED) == linked


def test_a_name_removed_from_a_text_is_suggested_by_no_worker(portal):
    page, count = portal.page(REDACTED), portal.workers.count
    named = dict.fromkeys(("results", "everything", "csv", "json", "atom"), count)
    assert portal.places_that_say(NAME, "etxeberria") == named
    assert portal.suggesting("etxeberria") == count

    page.problem = "Nadie toca. Responde una persona."
    published(page)

    assert portal.places_that_say(NAME, "etxeberria") == {}
    assert portal.suggesting("etxeberria") == 0
    assert portal.places_that_say(f"Un {REDACTED} para cada escuela", REDACTED)["results"] == count
