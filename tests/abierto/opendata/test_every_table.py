"""No public table or chart without «Bajar los datos», unless there is a reason."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from abierto.opendata.tables import TABLES
from abierto.registry.models import Institution
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from pages.secretariats.sessions import SessionPage
from tests.abierto.opendata.test_tables import body, links_on
from tests.abierto.opendata.world import publish_all
from tests.factories import GlossaryTermFactory, PlanPageFactory, SessionPageFactory, home, published
from tests.matrix_factories import ResultsMatrixPageFactory
from tests.municipal_factories import RoadmapPageFactory
from tests.observation_factories import ObservationPageFactory
from tests.participation_factories import (
    AgreementFactory,
    CallPageFactory,
    CoCreationTablePageFactory,
    ConsultationPageFactory,
    ForumPageFactory,
    GoodPracticePageFactory,
)
from tests.repository.files import ROOT
from tests.shared_rows import built_once

pytestmark = pytest.mark.slow

TEMPLATES = ROOT / "templates"
#: Templates of public pages, and of public views that are no pages.
PUBLIC = (
    "pages",
    "proofs",
    "glossary",
    "institutions",
    "secretariats",
    "changes",
    "opendata",
    "participation",
)
INCLUDE = re.compile(r'{% include "([^"]+)"')
DRAWN = re.compile(r'<table|draw_bar|class="(?:chart|waffle|tiles)\b')
OFFERED = re.compile(r'{% data_links "([a-z]+)"')
NO_FILES = {
    "pages/history_change.html": "the two versions of one text side by side",
    "pages/history.html": "the decisions on one page, which the record of an update has in the API",
    "pages/declaration_page.html": "signatures, as the document has them",
    "pages/session_act.html": "the session above it has the files",
    "pages/ruling_page.html": "texts of the page; the ruling is in the files of its list",
    "pages/observation_page.html": "one observation, which is in the files of its list",
    "pages/observation_answer_page.html": "one answer",
    "pages/good_practice_page.html": "one practice, which is in the files of its list",
    "pages/microsite_page.html": "texts and tables of editors, and links to the pages below",
    "pages/standard_page.html": "texts and tables of editors",
    "pages/problem_tree_page.html": "a drawing of sentences, which are all on the page",
    "institutions/detail.html": "its commitments are files of the search, which it links to",
    "opendata/dictionary.html": "the dictionary goes with each workbook, and the OpenAPI document has it",
    "opendata/index.html": "the list of the resources, which /api/v1/ answers",
}


def read_all(name: str, seen: set[str]) -> str:
    """Return a template with all that it includes."""
    if name in seen:
        return ""
    seen.add(name)
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return text + "".join(read_all(found, seen) for found in INCLUDE.findall(text))


def public_templates() -> list[str]:
    paths = [path for folder in PUBLIC for path in (TEMPLATES / folder).glob("*.html")]
    names = [path.relative_to(TEMPLATES).as_posix() for path in paths]
    return [name for name in names if '{% extends "base.html" %}' in (TEMPLATES / name).read_text("utf-8")]


def test_every_table_and_chart_has_files_or_a_reason():
    drawn = {name for name in public_templates() if DRAWN.search(read_all(name, set()))}
    offered = {name for name in public_templates() if OFFERED.search(read_all(name, set()))}

    assert sorted(drawn - offered - set(NO_FILES)) == []
    assert sorted(set(NO_FILES) & offered) == []
    assert sorted(set(NO_FILES) - set(public_templates())) == []


ADOPTED = {"text": "Abrir en sábado", "origin": "Mesa 3", "outcome": "adopted", "answer": "Ya abre."}


@built_once
def publish_listed() -> None:
    """Publish a row of each table that the resources of the API do not fill."""
    ids = publish_all()
    front = home()
    front.current_plan = PlanPage.objects.public().get(translation_key=ids["planes"])
    published(front)
    published(PlanPageFactory())
    GlossaryTermFactory()
    published(GoodPracticePageFactory())
    published(ResultsMatrixPageFactory())
    published(ObservationPageFactory(subject=CommitmentPage.objects.public().first()))
    published(RoadmapPageFactory())
    for kind in (CallPageFactory, ConsultationPageFactory, ForumPageFactory, CoCreationTablePageFactory):
        published(kind(contributions=[("contribution", ADOPTED)]))
    session = SessionPage.objects.public().first()
    earlier = SessionPageFactory(
        parent=session.get_parent(), starts_at=session.starts_at - timedelta(days=60)
    )
    AgreementFactory(page=earlier, responsible=Institution.objects.public().first())
    published(SessionPage.objects.get(pk=earlier.pk))


@pytest.mark.django_db
def test_every_table_has_its_files_on_its_page(client):
    """Each table of the list is linked from a page of its type, and each link gives a file with rows."""
    publish_listed()
    pages = {one.page_type for one in TABLES if one.page_type is not None}
    addresses = {(kind, page.url) for kind in pages for page in kind.objects.public()}
    plan = PlanPage.objects.public().first()
    addresses |= {(PlanPage, f"/pruebas/{plan.key}/")}
    addresses |= {(None, address) for address in ("/acuerdos/", "/instituciones/", "/glosario/")}
    found = set()

    for kind, address in addresses:
        for link in links_on(client, address):
            name, ending = link.rpartition("/")[2].split(".")
            response = client.get(link)
            assert response.status_code == 200, link
            assert "attachment" in response["Content-Disposition"]
            if ending == "csv" and len(body(response).decode().splitlines()) > 1:
                found.add((name, kind))

    assert {(one.name, one.page_type) for one in TABLES} - found == set()
