"""The public results page."""

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import Page, PageViewRestriction

from search.engines import get_engine
from search.indexing.reconcile import rebuild
from search.query.profile import LEGAL_ES
from tests.factories import (
    CommitmentPageFactory,
    GlossaryTermFactory,
    ProgressUpdatePageFactory,
    published,
)
from tests.search.portal import Portal, titles

pytestmark = pytest.mark.slow

# Two for the page frame; one for promoted results; one to record the query after the response.
MAX_QUERIES = 8


class ResultsTests(Portal):
    def test_an_empty_query_shows_everything(self):
        response = self.ask()
        assert "Qué es el gobierno abierto" in titles(response)
        assert "Humo en borrador" not in titles(response)
        assert response.context["total"] == len(titles(response))

    def test_a_card_shows_its_kind_and_a_highlighted_snippet(self):
        response = self.ask(q="hornos")
        html = response.content.decode()
        assert titles(response)[0] == "Vigilar las ladrilleras"
        assert "Compromiso 1.5, Plan 2022–2024 › Aire limpio" in " ".join(strip_tags(html).split())
        assert "<mark>hornos</mark> &lt;b&gt;enferma&lt;/b&gt; a la gente &amp; a" in html
        assert "1 resultado</h2>" in html
        assert f'href="{self.first.get_url()}"' in html

    def test_a_commitment_card_shows_its_current_figure(self):
        html = self.ask(q="ladrilleras", tipo="compromiso").content.decode()
        assert '<span class="num">30\xa0%</span>' in html
        assert 'class="badge' in html

    def test_filters_are_in_the_address_and_can_be_removed(self):
        response = self.ask(q="humo", plan="pal-2022-2024")
        assert titles(response) == ["Vigilar las ladrilleras"]
        chip = response.context["chips"][0]
        assert chip.text == "Plan 2022–2024"
        without = self.client.get(f"{reverse('search:results')}?{chip.query}")
        assert "Transporte sin humo" in titles(without)

    def test_facets_show_the_count_of_each_value(self):
        response = self.ask(q="humo", tipo="compromiso")
        counts = {
            (facet.name, choice.value): (choice.count, choice.chosen)
            for facet in response.context["facets"]
            for choice in facet.choices
        }
        assert counts["kind", "compromiso"] == (2, True)
        assert counts["plan", "pal-2022-2024"] == (1, False)
        assert counts["axis", "pal-2022-2024.1"] == (1, False)

    def test_an_unpublished_plan_has_no_label(self):
        Page.objects.filter(pk=self.plan.pk).update(live=False)
        self.assert_plan_has_no_label()

    def test_a_private_plan_has_no_label(self):
        PageViewRestriction.objects.create(page=self.plan, restriction_type=PageViewRestriction.LOGIN)
        self.assert_plan_has_no_label()

    def assert_plan_has_no_label(self):
        response = self.ask(q="humo", plan="pal-2022-2024")
        assert "Plan 2022–2024" not in response.content.decode()
        assert response.context["sentences"] == [
            "En «Plan» no existe esa opción o ya no es pública. Elige una de la lista."
        ]

    def test_query_expansion_is_shown_and_can_be_switched_off(self):
        GlossaryTermFactory(term="ladrillera", lay_synonyms="fábrica de tabiques\ntabiquera")
        response = self.ask(q="tabiquera")
        assert titles(response)[0] == "Vigilar las ladrilleras"
        assert "También buscamos:" in response.content.decode()
        alone = self.ask(q="tabiquera", glosario="no")
        assert alone.context["total"] == 0
        assert "Buscaste solo tus palabras." in alone.content.decode()
        back = self.client.get(f"{reverse('search:results')}?{alone.context['with_glossary']}")
        assert titles(back)[0] == "Vigilar las ladrilleras"
        assert "Buscaste solo tus palabras." not in back.content.decode()

    def test_a_query_whose_words_no_page_has_together_says_so(self):
        html = self.ask(q="hornos transporte limpio").content.decode()
        assert "Pocas páginas tienen dos de tus palabras." in html

    def test_a_typo_is_matched_and_corrected(self):
        response = self.ask(q="ladrileras")
        assert titles(response)[0] == "Vigilar las ladrilleras"
        assert response.context["suggestion"] == "ladrilleras"

    def test_a_query_without_results_shows_help(self):
        html = self.ask(q="xilófono").content.decode()
        assert "0 resultados" in html
        assert "No encontramos nada con «xilófono»." in html
        assert "Mira todo lo publicado." in html

    def test_the_date_order_can_be_chosen_and_persists(self):
        response = self.ask(q="humo", orden="fecha")
        assert [link.text for link in response.context["sorts"] if link.is_current] == ["por fecha"]
        assert 'name="orden" value="fecha"' in response.content.decode()

    def test_the_results_page_stays_within_the_query_budget(self):
        self.ask(q="humo")
        with CaptureQueriesContext(connection) as queries:
            response = self.ask(q="humo", tipo="compromiso")
        assert response.context["total"] == 2
        assert len(queries) <= MAX_QUERIES, [query["sql"] for query in queries]

    def test_results_pages_are_not_indexed_by_crawlers(self):
        assert "noindex" in self.ask(q="humo").content.decode()
        assert "noindex" not in self.ask().content.decode()

    def test_only_safe_methods_are_allowed(self):
        address = reverse("search:results")
        assert self.client.post(address, {"q": "humo"}).status_code == 405
        assert self.client.head(address, {"q": "humo"}).status_code == 200


class SuggestionTests(Portal):
    def test_suggests_words_and_pages(self):
        assert ("ladrilleras", "Búsqueda") in self.suggested("ladri")
        offered = self.suggested("gobierno abi")
        assert ("gobierno abierto", "Búsqueda") in offered
        assert ("Qué es el gobierno abierto", "Página") in offered

    def test_suggests_nothing_that_is_no_longer_public(self):
        Page.objects.filter(pk=self.first.pk).update(live=False)
        assert self.suggested("ladri") == []

    def test_suggests_nothing_for_empty_text(self):
        for text in ("", "a", "'\";--", "\x00\x00\x00", "🔥", "h" * 10_000):
            with self.subTest(text[:20]):
                assert self.suggested(text) == []


class PagingTests(Portal):
    @classmethod
    def setUpTestData(cls):
        for number in range(LEGAL_ES.per_page + 2):
            commitment = published(CommitmentPageFactory(title=f"Puente {number}", actions=1))
            published(ProgressUpdatePageFactory(parent=commitment, rows={1: number}, title=f"Obra {number}"))
        rebuild(get_engine())

    def test_pages_of_results_have_their_own_address(self):
        first = self.ask(q="puente", tipo="compromiso")
        second = self.ask(q="puente", tipo="compromiso", page=2)
        assert len(titles(first)) == LEGAL_ES.per_page
        assert len(titles(second)) == 2
        assert not set(titles(first)) & set(titles(second))
        assert 'href="?q=puente&amp;tipo=compromiso&amp;page=2"' in first.content.decode()

    def test_the_pager_says_which_results_are_shown(self):
        first = self.ask(q="puente", tipo="compromiso").content.decode()
        assert "1–10 de 12" in first
        assert 'rel="next"' in first
        assert 'rel="prev"' not in first
        second = self.ask(q="puente", tipo="compromiso", page=2).content.decode()
        assert "11–12 de 12" in second
        assert 'rel="prev"' in second
        assert 'rel="next"' not in second

    def queries(self, url, **parameters):
        self.client.get(url, parameters)
        with CaptureQueriesContext(connection) as queries:
            response = self.client.get(url, parameters)
        assert response.status_code == 200
        return len(queries), response

    def test_ten_figures_cost_no_more_queries_than_one(self):
        ten, page = self.queries("/buscar/", q="puente", tipo="compromiso")
        single, _page = self.queries("/buscar/", q='"puente 3"', tipo="compromiso")
        assert len(page.context["cards"]) == LEGAL_ES.per_page
        assert all(card.figure for card in page.context["cards"])
        assert ten == single <= MAX_QUERIES

    def test_filters_cost_no_query(self):
        plain, _page = self.queries("/buscar/", q="puente")
        narrowed, page = self.queries(
            "/buscar/", q="puente", tipo="avance", estado="plazo-terminado", anio="2023"
        )
        assert len(page.context["facets"]) > 3
        assert narrowed <= plain <= MAX_QUERIES

    def test_a_cached_results_page_costs_at_most_six_queries(self):
        """As in production, public data is read once per public version."""
        with override_settings(ABIERTO_PAGE_CACHE_SECONDS=60):
            self.ask(q="puente")
            for parameters in ({"q": "obra"}, {"q": "puente", "tipo": "compromiso"}, {"q": "xilófono"}):
                with CaptureQueriesContext(connection) as queries:
                    self.ask(**parameters)
                assert len(queries) <= 6, [query["sql"] for query in queries]

    def test_a_file_costs_no_more_than_a_page(self):
        for name in ("csv", "json", "atom"):
            queries, _file = self.queries(f"/buscar/resultados.{name}", q="puente")
            assert queries <= MAX_QUERIES
