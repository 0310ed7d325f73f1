"""Pages show only public registry rows, wherever they reference them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from abierto.registry.enums import GovernmentLevel
from abierto.registry.models import Institution, Municipality, Person
from pages.charts.tile_map import MunicipalityTile
from pages.municipalities.queries import build_municipality_tiles, read_towns
from pages.secretariats.models import SecretariatPage
from search.indexing.documents import iter_page_documents
from search.indexing.institutions import institution_group
from search.query.analysis import exact_tokens
from search.query.request import SearchRequest
from search.query.service import current_glossary, run_search
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    CommitmentPartyFactory,
    DeclarationPageFactory,
    GlossaryTermFactory,
    InstitutionFactory,
    MunicipalityFactory,
    PersonFactory,
    PlanPageFactory,
    SeatFactory,
    SecretariatFactory,
    SecretariatPageFactory,
    SessionPageFactory,
    SignatoryFactory,
    home,
    published,
    republished,
)
from tests.participation_factories import AgreementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PUBLIC, DRAFT, WITHDRAWN, ELSEWHERE = "Quetzal", "Ocelote", "Tlacuache", "Ajolote"
NAMED_HERE = (PUBLIC, DRAFT, WITHDRAWN)

Named = list[tuple[Any, bool]]
Reader = Callable[[Named], Any]


def four(factory: Any, field: str = "name", **fields: Any) -> Named:
    """Return a public row, a draft and a withdrawn one for a page, and a public one for another page."""
    withdrawn = factory(**{field: WITHDRAWN}, **fields)
    withdrawn.unpublish()
    return [
        (factory(**{field: PUBLIC}, **fields), True),
        (factory(**{field: DRAFT}, live=False, **fields), True),
        (withdrawn, True),
        (factory(**{field: ELSEWHERE}, **fields), False),
    ]


def bodies() -> Named:
    return four(InstitutionFactory, acronym="")


# --- Every page that refers to them: built with the four, returned with the first three ----------------


def parties(rows: Named) -> Any:
    page, other = CommitmentPageFactory(), CommitmentPageFactory()
    for row, is_here in rows:
        CommitmentPartyFactory(page=page if is_here else other, institution=row)
    published(other)
    return published(page)


def people_of_parties(rows: Named) -> Any:
    page, other = CommitmentPageFactory(), CommitmentPageFactory()
    for row, is_here in rows:
        CommitmentPartyFactory(page=page if is_here else other, person=row)
    published(other)
    return published(page)


def axis(rows: Named) -> Any:
    page, other = AxisPageFactory(), AxisPageFactory()
    for row, is_here in rows:
        published(CommitmentPageFactory(parent=page if is_here else other, responsible=row))
    return published(page)


def plan(rows: Named) -> Any:
    page, other = PlanPageFactory(), PlanPageFactory()
    for row, is_here in rows:
        parent = AxisPageFactory(parent=page if is_here else other)
        published(CommitmentPageFactory(parent=parent, responsible=row))
    return published(page)


def signatures(rows: Named) -> Any:
    page, other = DeclarationPageFactory(), DeclarationPageFactory()
    for row, is_here in rows:
        SignatoryFactory(page=page if is_here else other, institution=row)
    published(other)
    return published(page)


def signers(rows: Named) -> Any:
    page, other = DeclarationPageFactory(), DeclarationPageFactory()
    for row, is_here in rows:
        SignatoryFactory(page=page if is_here else other, person=row)
    published(other)
    return published(page)


def agreements(rows: Named) -> Any:
    page, other = SessionPageFactory(), SessionPageFactory()
    for row, is_here in rows:
        AgreementFactory(page=page if is_here else other, responsible=row)
    published(other)
    return published(page)


def _seated(rows: Named, named: str) -> Any:
    shown_secretariat, other = SecretariatFactory(), SecretariatFactory()
    for row, is_here in rows:
        SeatFactory(secretariat=shown_secretariat if is_here else other, **{named: row})
    return published(SecretariatPageFactory(secretariat=shown_secretariat))


def seated_people(rows: Named) -> Any:
    return _seated(rows, "person")


def seated_bodies(rows: Named) -> Any:
    return _seated(rows, "institution")


READERS: dict[str, tuple[Reader, Callable[[], Named]]] = {
    "parties": (parties, bodies),
    "people of parties": (people_of_parties, lambda: four(PersonFactory)),
    "axis": (axis, bodies),
    "plan": (plan, bodies),
    "signatures": (signatures, bodies),
    "signers": (signers, lambda: four(PersonFactory)),
    "agreements": (agreements, bodies),
    "people of seats": (seated_people, lambda: four(PersonFactory)),
    "institutions of seats": (seated_bodies, bodies),
}


def shown(client, page) -> set[str]:
    response = client.get(page.url)
    assert response.status_code == 200
    html = response.content.decode()
    return {name for name in (*NAMED_HERE, ELSEWHERE) if name in html}


def described(page) -> set[str]:
    documents = dict(iter_page_documents([page.pk]))[page.pk]
    text = " ".join(f"{one.exact} {one.institution} {one.municipality}" for one in documents).lower()
    return {name for name in (*NAMED_HERE, ELSEWHERE) if name.lower() in text}


@pytest.mark.parametrize("reader", READERS)
def test_a_page_shows_only_the_public_rows_that_it_names(client, reader):
    build, rows = READERS[reader]

    page = build(rows())

    assert shown(client, page) == {PUBLIC}
    assert described(page) <= {PUBLIC}
    assert described(page) or reader in ("axis", "plan")


def test_a_secretariat_shows_only_public_seats(client):
    secretariat = SecretariatFactory()
    SeatFactory(secretariat=secretariat, post=PUBLIC)
    SeatFactory(secretariat=secretariat, post=DRAFT, live=False)
    SeatFactory(secretariat=secretariat, post=WITHDRAWN).unpublish()
    SeatFactory(post=ELSEWHERE)

    page = published(SecretariatPageFactory(secretariat=secretariat))

    assert shown(client, page) == described(page) == {PUBLIC}


def test_a_withdrawn_secretariat_hides_its_seats_and_its_date(client):
    town = MunicipalityFactory(name="Coroneo")
    row = SecretariatFactory(
        level=GovernmentLevel.MUNICIPAL, municipality=town, valid_from=datetime.date(2018, 10, 4)
    )
    SeatFactory(secretariat=row, post=PUBLIC)
    page = published(SecretariatPageFactory(secretariat=row, title="Secretariado"))
    assert "4 de octubre de 2018" in client.get(page.url).content.decode()
    assert dict(iter_page_documents([page.pk]))[page.pk][0].municipality == "Coroneo"

    row.unpublish()

    assert "4 de octubre de 2018" not in client.get(page.url).content.decode()
    assert shown(client, page) == described(page) == set()
    assert dict(iter_page_documents([page.pk]))[page.pk][0].municipality == ""


def tiles(rf) -> list[MunicipalityTile]:
    return build_municipality_tiles(read_towns(rf.get("/")))


def test_the_front_page_shows_only_public_municipalities(client, rf):
    four(MunicipalityFactory)

    assert {tile.name for tile in tiles(rf)} == {PUBLIC, ELSEWHERE}
    assert shown(client, published(home())) == {PUBLIC, ELSEWHERE}


def test_a_municipality_has_a_secretariat_when_a_public_one_references_it(rf):
    town = MunicipalityFactory(name=PUBLIC)
    row = SecretariatFactory(level=GovernmentLevel.MUNICIPAL, municipality=town, live=False)
    states = [tile.kind for tile in tiles(rf)]

    republished(row)

    assert (states, [tile.kind for tile in tiles(rf)]) == ([""], ["is-doc"])


def test_the_glossary_takes_lay_words_only_for_public_terms():
    GlossaryTermFactory(term="ladrillera", lay_synonyms="tabiquera")
    GlossaryTermFactory(term="despido", lay_synonyms="corrieron", live=False)
    withdrawn = GlossaryTermFactory(term="pensión", lay_synonyms="jubilación")
    withdrawn.unpublish()

    glossary = current_glossary()

    expanded = [
        bool(glossary.expand(exact_tokens(word))) for word in ("tabiquera", "corrieron", "jubilación")
    ]
    assert expanded == [True, False, False]


# --- Changes visible with the next request -------------------------------------------------------------


@pytest.fixture
def commit_cached(settings, committed):
    """Cache public pages; return a function that commits a change."""
    settings.ABIERTO_PAGE_CACHE_SECONDS = 60

    def change(what: Callable[[], Any]) -> None:
        connection.run_on_commit.clear()  # as an earlier commit would have done
        with committed():
            what()

    return change


def found(text: str) -> list[int]:
    return [hit.group for hit in run_search(SearchRequest(text=text, locale="es-mx"))[0].hits]


@pytest.mark.parametrize(
    "reader", ["parties", "people of parties", "signers", "agreements", "people of seats"]
)
def test_a_withdrawn_row_disappears_by_the_next_request_and_can_return(client, engine, commit_cached, reader):
    build, _rows = READERS[reader]
    factory = InstitutionFactory if reader in ("parties", "agreements") else PersonFactory
    row, built = factory(name=PUBLIC), []
    commit_cached(lambda: built.append(build([(row, True)])))
    [page] = built
    # A public institution is found as well, before the page that names it.
    everywhere = [*([institution_group(row.pk)] if factory is InstitutionFactory else []), page.pk]
    assert shown(client, page) == {PUBLIC}
    assert found(PUBLIC) == everywhere

    commit_cached(row.unpublish)
    assert shown(client, page) == set()
    assert found(PUBLIC) == []

    commit_cached(lambda: republished(type(row).objects.get(pk=row.pk)))
    assert shown(client, page) == {PUBLIC}
    assert found(PUBLIC) == everywhere


def test_a_withdrawn_seat_or_secretariat_disappears_by_the_next_request(client, engine, commit_cached):
    seat = SeatFactory(post=PUBLIC)
    commit_cached(lambda: published(SecretariatPageFactory(secretariat=seat.secretariat)))
    [page] = SecretariatPage.objects.all()
    for row in (seat, seat.secretariat):
        assert shown(client, page) == {PUBLIC}
        commit_cached(row.unpublish)
        assert shown(client, page) == set()
        assert found(PUBLIC) == []
        commit_cached(lambda row=row: republished(type(row).objects.get(pk=row.pk)))
    assert found(PUBLIC) == [page.pk]


def test_a_withdrawn_municipality_or_term_disappears_by_the_next_request(client, engine, commit_cached):
    town = MunicipalityFactory(name=PUBLIC)
    word = GlossaryTermFactory(term="ladrillera", lay_synonyms="tabiquera")
    page = published(home())
    commit_cached(lambda: published(CommitmentPageFactory(title="Cada ladrillera limpia")))
    assert shown(client, page) == {PUBLIC}
    assert len(found("tabiquera")) == 1

    commit_cached(town.unpublish)
    commit_cached(word.unpublish)

    assert shown(client, page) == set()
    assert found("tabiquera") == []


@pytest.mark.parametrize("model", [Institution, Person, Municipality])
def test_saving_a_draft_of_a_public_row_shows_nothing_of_it(client, engine, commit_cached, model):
    factory = {Institution: InstitutionFactory, Person: PersonFactory, Municipality: MunicipalityFactory}[
        model
    ]
    row = factory(name=PUBLIC)
    page = published(home()) if model is Municipality else parties_of(row)

    row.name = DRAFT
    commit_cached(row.save_revision)

    assert shown(client, page) == {PUBLIC}


def parties_of(row: Any) -> Any:
    page = CommitmentPageFactory()
    name = "person" if isinstance(row, Person) else "institution"
    CommitmentPartyFactory(page=page, **{name: row})
    return published(page)
