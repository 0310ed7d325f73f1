"""Facets, tested with rulings and municipalities before page types for them exist."""

import datetime
import re

import pytest

from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root
from pages.core.search import Passage, SearchContent, SearchKind
from search.engines import get_engine
from search.indexing.reconcile import rebuild
from search.indexing.schema import FILTER_FIELDS, build_documents
from search.query.facets import ALL_FACETS, FACETS, PACES
from search.web.presentation import SHOWN_AT_ONCE
from tests.abierto.tenancy.worlds import space
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    PlanPageFactory,
    StandardPageFactory,
    published,
)
from tests.search.portal import Portal, titles

pytestmark = pytest.mark.slow

RULING = {
    "kind": SearchKind.RULING,
    "tribunal": "Tribunal de Justicia Administrativa",
    "matter": "administrativa",
    "gender": "yes",
    "audience": ("mujeres", "niñez"),
    "versions": ("plain", "infographic"),
    "day": datetime.date(2023, 10, 12),
    "outcome": "Anuló el cierre <del horno>.",
}


def index(page, *passages, locale="es-mx", **values):
    """Index a page with these values."""
    passages = passages or (Passage("Un texto sobre hornos."),)
    source = SearchContent(
        group=page.pk, locale=locale, title=page.title, url=page.get_url(), passages=passages, **values
    )
    get_engine().index(build_documents(source))


class Rulings(Portal):
    """Two rulings and a page of a municipality, in addition to the portal."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.ruling = published(StandardPageFactory(title="Cerraron un horno sin escuchar a su dueña"))
        cls.other = published(StandardPageFactory(title="Un horno en litigio"))
        cls.town = published(StandardPageFactory(title="El horno de Coroneo"))
        index(cls.ruling, Passage("Qué pasó."), Passage("Los hornos pagan.", anchor="resuelve"), **RULING)
        index(cls.other, kind=SearchKind.RULING, matter="civil", day=datetime.date(2021, 3, 1))
        index(
            cls.town,
            kind=SearchKind.PLAN,
            municipality="Coroneo",
            sdg=("16",),
            status="concluded",
            pace=("done",),
        )


def read_offered(response):
    """Return the labels and counts shown, by parameter."""
    return {
        facet.parameter: {choice.label: choice.count for choice in facet.choices}
        for facet in response.context["facets"]
    }


class TableTests(Rulings):
    def test_every_filter_field_has_one_facet(self):
        assert sorted(facet.field for facet in ALL_FACETS) == sorted(FILTER_FIELDS)
        assert len({facet.parameter for facet in ALL_FACETS}) == len(ALL_FACETS)

    def test_every_facet_is_shown_with_labels_and_counts(self):
        facets = read_offered(self.ask(q="horno"))
        assert facets["tipo"]["Sentencias"] == 2
        assert facets["tribunal"] == {"Tribunal de Justicia Administrativa": 1}
        assert facets["materia"] == {"Administrativa": 1, "Civil": 1}
        assert facets["genero"] == {"Con perspectiva de género": 1}
        assert facets["grupo"] == {"Mujeres": 1, "Niñez": 1}
        assert facets["version"] == {"Versión en lenguaje sencillo": 1, "Infografía": 1}
        assert facets["municipio"] == {"Coroneo": 1}
        assert facets["ods"]["16. Paz, justicia e instituciones sólidas"] == 1
        assert list(facets["anio"]) == ["2023", "2022", "2021"]  # a commitment without a date: its plan's
        assert facets["estado"]["Plan concluido"] == 1
        assert facets["ritmo"][str(PACES["done"])] == 1

    def test_values_without_results_are_not_shown(self):
        facets = read_offered(self.ask(q="transporte"))
        assert {"tribunal", "materia", "genero", "grupo", "version", "municipio"} & facets.keys() == set()
        assert "idioma" not in facets

    def test_each_filter_narrows_the_results(self):
        for parameter, value in (
            ("tribunal", "Tribunal de Justicia Administrativa"),
            ("materia", "administrativa"),
            ("genero", "si"),
            ("grupo", "niñez"),
            ("version", "infografia"),
            ("anio", "2023"),
        ):
            with self.subTest(parameter):
                response = self.ask(q="horno", **{parameter: value})
                assert titles(response) == [self.ruling.title]
                assert response.context["sentences"] == []
                assert len(response.context["chips"]) == 1
        assert titles(self.ask(q="horno", municipio="Coroneo")) == [self.town.title]
        assert titles(self.ask(q="horno", ods="16", estado="concluido")) == [self.town.title]
        assert titles(self.ask(q="horno", ritmo="completo")) == [self.town.title]

    def test_a_facet_ignores_its_own_filter_and_applies_the_others(self):
        facets = read_offered(self.ask(q="horno", materia="civil", tipo="sentencia"))
        assert facets["materia"] == {"Administrativa": 1, "Civil": 1}
        assert facets["anio"] == {"2021": 1}
        assert "municipio" not in facets

    def test_values_of_a_filter_widen_and_filters_narrow_the_results(self):
        assert self.ask(q="horno", materia=["civil", "administrativa"]).context["total"] == 2
        assert self.ask(q="horno", materia="civil", anio="2023").context["total"] == 0

    def test_results_are_between_two_days(self):
        response = self.ask(q="horno", desde="2021-03-01", hasta="30/09/2023")
        assert titles(response) == [self.other.title]
        assert [chip.text for chip in response.context["chips"]] == [
            "Del 1 de marzo de 2021 al 30 de septiembre de 2023"
        ]
        assert 'name="desde" type="date" value="2021-03-01"' in response.content.decode()
        assert titles(self.client.get(f"/buscar/?{response.context['own_query']}")) == [self.other.title]
        without = self.client.get(f"/buscar/?{response.context['chips'][0].query}")
        assert without.context["total"] == self.ask(q="horno").context["total"]

    def test_reversed_days_change_places_and_the_page_says_so(self):
        response = self.ask(q="horno", desde="2023-09-30", hasta="2021-03-01")
        assert titles(response) == [self.other.title]
        assert response.context["sentences"] == [
            "La primera fecha era posterior a la última. Las cambiamos de lugar."
        ]

    def test_a_range_may_be_open_and_a_page_without_a_date_lies_in_none(self):
        assert titles(self.ask(q="horno", desde="2023-10-12")) == [self.ruling.title]
        assert self.town.title not in titles(self.ask(q="horno", desde="0001-01-01"))

    def test_an_unknown_value_finds_nothing_and_is_escaped(self):
        response = self.ask(q="horno", tribunal="<b>Tribunal & Cía</b>")
        assert response.context["total"] == 0
        assert "&lt;b&gt;Tribunal &amp; Cía&lt;/b&gt;" in response.content.decode()
        assert "<b>Tribunal" not in response.content.decode()

    def test_a_value_outside_the_list_is_reported(self):
        response = self.ask(q="horno", genero="quizá", ods="18", estado="x", version="video", idioma="fr")
        assert len(response.context["sentences"]) == 5
        assert response.context["total"] == self.ask(q="horno").context["total"]


class RulingCardTests(Rulings):
    def test_a_ruling_card_shows_the_outcome_and_links_to_the_passage(self):
        html = self.ask(q="pagan", tipo="sentencia").content.decode()
        assert "Qué se decidió:</strong> Anuló el cierre &lt;del horno&gt;." in html
        assert f'href="{self.ruling.get_url()}#resuelve"' in html
        assert "12 de octubre de 2023" in html


class LanguageTests(Rulings):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        index(cls.other, Passage("Kiln horno."), kind=SearchKind.RULING, locale="en")

    def test_another_language_can_be_chosen(self):
        assert read_offered(self.ask(q="horno"))["idioma"]["Inglés"] == 1
        assert titles(self.ask(q="horno", idioma="en")) == [self.other.title]

    def test_both_languages_can_be_searched(self):
        both = self.ask(q="horno", idioma=["es-mx", "en"])
        assert both.context["total"] == self.ask(q="horno").context["total"] + 1

    def test_the_language_of_the_page_has_no_chip(self):
        response = self.ask(q="horno", idioma="es-mx")
        assert response.context["chips"] == []
        spanish = next(facet for facet in response.context["facets"] if facet.parameter == "idioma")
        assert [choice.label for choice in spanish.choices if choice.chosen] == ["Español"]


class LongListTests(Portal):
    @classmethod
    def setUpTestData(cls):
        cls.pages = [published(StandardPageFactory(title=f"Horno {n}")) for n in range(SHOWN_AT_ONCE + 3)]
        super().setUpTestData()
        for number, page in enumerate(cls.pages):
            index(page, kind=SearchKind.RULING, tribunal=f"tribunal {number:02}")

    def facet(self, **parameters):
        facets = self.ask(q="horno", **parameters).context["facets"]
        return next(facet for facet in facets if facet.parameter == "tribunal")

    def test_the_rest_of_a_long_list_is_behind_ver_mas(self):
        facet = self.facet()
        assert (len(facet.first), len(facet.rest)) == (SHOWN_AT_ONCE, 3)
        html = self.ask(q="horno").content.decode()
        assert re.search(r"<details>\s*<summary>Ver 3 más", html)
        assert 'value="tribunal 10"' in html

    def test_the_rest_is_open_when_one_of_its_values_is_chosen(self):
        assert not self.facet().is_open
        assert self.facet(tribunal="tribunal 10").is_open


class ScopeTests(Portal):
    """A search within one space, with a link to the whole state."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.inside = published(StandardPageFactory(title="El humo de Coroneo"))
        cls.draft = StandardPageFactory(title="El humo que viene")
        cls.space = space("Coroneo", SpaceKind.MUNICIPALITY)
        hidden = space("Todavía no", SpaceKind.MUNICIPALITY, "todavia-no")
        assign_root(cls.space, cls.inside)
        assign_root(hidden, cls.draft)
        rebuild(get_engine())

    def test_only_pages_of_the_space_are_found_with_a_link_to_the_whole_state(self):
        response = self.ask(q="humo", espacio="coroneo")
        html = response.content.decode()
        assert titles(response) == ["El humo de Coroneo"]
        assert "Buscas solo en Coroneo." in html
        out = response.context["scope"]
        assert self.client.get(f"/buscar/?{out.query}").context["total"] > 1
        assert "Buscar en todo el estado" in html

    def test_the_next_query_stays_in_the_space(self):
        html = self.ask(q="humo", espacio="coroneo").content.decode()
        assert '<input type="hidden" name="espacio" value="coroneo">' in html

    def test_a_space_implies_its_municipality(self):
        assert read_offered(self.ask(q="humo"))["municipio"] == {"Coroneo": 1}

    def test_a_space_that_is_not_public_is_not_named(self):
        response = self.ask(q="humo", espacio="todavia-no")
        assert "Todavía no" not in response.content.decode()
        assert len(response.context["sentences"]) == 1


class AxisNameTests(Portal):
    def test_axes_of_several_plans_are_labelled_with_their_plan(self):
        older = PlanPageFactory(title="Plan de Acción Local 2019–2021", slug="pal-2019-2021")
        axis = AxisPageFactory(parent=older, code="1", title="Aire")
        published(CommitmentPageFactory(parent=axis, code="1.1", title="Menos humo"))
        rebuild(get_engine())
        names = read_offered(self.ask(q="humo"))["eje"]
        assert "1. Aire (Plan 2019–2021)" in names
        assert "1. Aire limpio (Plan 2022–2024)" in names


def test_every_facet_is_a_filter_field():
    assert {facet.field for facet in FACETS} <= FILTER_FIELDS
