"""Institutions in the search: they are rows of the registry, and results lead to their pages."""

import json

import pytest
from django.urls import reverse

from abierto.registry.models import Institution
from pages.institutions.queries import institution_url
from search.engines.base import IndexBroken
from search.indexing import reconcile
from search.indexing.institutions import institution_group
from search.query import service
from tests.factories import (
    CommitmentPageFactory,
    CommitmentPartyFactory,
    InstitutionFactory,
    StandardPageFactory,
    published,
    republished,
)
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HEALTH = "Secretaría de Salud de Guanajuato"


@built_once
def build_rows():
    """Build a public institution and one that replaced another, a draft, a withdrawn one and a page."""
    withdrawn = InstitutionFactory(name="Secretaría de Salud Retirada", acronym="")
    withdrawn.unpublish()
    successor = InstitutionFactory(name="Transparencia para el Pueblo", acronym="")
    health = InstitutionFactory(name=HEALTH, acronym="SSG")
    page = CommitmentPageFactory(title="Más salud para ti", code="1.5")
    CommitmentPartyFactory(page=page, institution=health)
    published(page)
    return {
        "health": health,
        "successor": successor,
        "old": InstitutionFactory(name="Instituto de Acceso", acronym="IACIP", successor=successor),
        "draft": InstitutionFactory(name="Secretaría de Salud Futura", acronym="", live=False),
        "withdrawn": withdrawn,
    }


@pytest.fixture
def registry(engine):
    made = build_rows()
    reconcile.rebuild(engine)
    return made


def read_cards(client, text, **parameters):
    response = client.get(reverse("search:results"), {"q": text, **parameters})
    assert response.status_code == 200
    return response.context["cards"]


def read_first_url(client, text):
    return next((card.url for card in read_cards(client, text)), "")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("secretaría de salud", "health"), ("SSG", "health"), ("iacip", "old"),
        ("instituto de acceso", "old"), ("transparencia para el pueblo", "successor"),
    ],
)  # fmt: skip
def test_an_institution_is_found_by_its_name_and_its_acronym(client, registry, text, name):
    assert read_first_url(client, text) == institution_url(registry[name])


def test_drafts_and_withdrawn_institutions_are_not_found(client, registry):
    names = [str(card.record) for card in read_cards(client, "secretaría de salud")]
    assert HEALTH in names
    assert not {"Secretaría de Salud Futura", "Secretaría de Salud Retirada"} & set(names)


def test_an_institution_has_its_kind_and_is_a_value_of_the_filter(client, registry):
    response = client.get(reverse("search:results"), {"q": "salud", "tipo": "institucion"})
    assert [card.kind for card in response.context["cards"]] == ["Institución"]
    kinds = next(facet for facet in response.context["facets"] if facet.name == "kind")
    assert ("institucion", "Instituciones", 1) in [
        (option.value, option.label, option.count) for option in kinds.choices
    ]


def test_the_index_follows_the_registry(client, registry, engine, committed):
    with committed():
        registry["health"].unpublish()
        republished(registry["successor"], name="Secretaría de la Honestidad")
        republished(registry["draft"])
    assert read_first_url(client, "secretaría de la honestidad") == institution_url(registry["successor"])
    names = [str(card.record) for card in read_cards(client, "secretaría de salud")]
    assert names[0] == "Secretaría de Salud Futura"
    assert HEALTH not in names
    assert not reconcile.compare(engine)
    assert "Honestidad" in read_cards(client, "iacip")[0].hit.snippet


def test_a_deleted_institution_leaves_the_index(registry, engine, committed):
    row = registry["withdrawn"]
    with committed():
        republished(row)
    group = institution_group(row.pk)
    assert group in engine.groups()
    with committed():
        row.delete()
    assert group not in engine.groups()


def test_drift_of_an_institution_is_found_and_repaired(registry, engine):
    Institution.objects.filter(pk=registry["draft"].pk).delete()
    engine.delete([institution_group(registry["health"].pk)])
    drift = reconcile.compare(engine)
    assert drift.missing == (institution_group(registry["health"].pk),)
    reconcile.sync(engine)
    assert not reconcile.compare(engine)


def test_an_institution_withdrawn_after_it_was_indexed_is_not_shown(client, registry):
    registry["health"].unpublish()  # without a commit: the index still has it
    assert HEALTH not in [str(card.record) for card in read_cards(client, "SSG")]
    offered = client.get(reverse("search:suggestions"), {"q": "ssg"}).json()["suggestions"]
    assert HEALTH not in [suggestion["text"] for suggestion in offered]


def test_suggestions_offer_an_institution(client, registry):
    offered = client.get(reverse("search:suggestions"), {"q": "ssg"}).json()["suggestions"]
    assert {"text": HEALTH, "kind": "Institución", "url": institution_url(registry["health"])} in offered


def test_downloads_contain_institutions(client, registry):
    name = reverse("search:download", args=["json"])
    (found,) = json.loads(client.get(name, {"q": "ssg", "tipo": "institucion"}).content)["results"]
    assert found["title"] == HEALTH
    assert found["url"].endswith(institution_url(registry["health"]))
    for name in ("csv", "atom"):
        assert HEALTH in client.get(reverse("search:download", args=[name]), {"q": "ssg"}).content.decode()


def test_institutions_are_found_by_name_while_the_index_cannot_answer(client, registry, monkeypatch):
    def fails(*args, **values):
        raise IndexBroken("gone")

    monkeypatch.setattr(service, "run", fails)
    assert read_first_url(client, "SSG") == institution_url(registry["health"])
    found = [str(card.record) for card in read_cards(client, "salud")]
    assert found == ["Más salud para ti", HEALTH]


def test_pages_keep_their_own_groups(client, registry, committed):
    with committed():
        page = published(StandardPageFactory(title="Clínicas"))
    (card,) = read_cards(client, "clínicas")
    assert card.hit.group == page.pk
