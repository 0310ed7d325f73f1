"""Any input gives a page, fast and escaped, with a sentence about invalid values."""

import re
import time

import pytest
from django.urls import reverse

from search.query.facets import ALL_FACETS
from tests.search.portal import Portal, titles

pytestmark = pytest.mark.slow

SECONDS = 0.5  # of CPU time, independent of the load
TOTAL = re.compile(r"\d+ resultados?</h2>")
BAD_TEXTS = {
    "nul": "humo\x00",
    "surrogate": "humo \ud800 x",
    "long": "humo " * 2_000,
    "one long word": "h" * 10_000,
    "two thousand words": " ".join(f"palabra{n}" for n in range(2_000)),
    "punctuation": "'\";--",
    "stop words": "de la que el",
    "operators": '" OR NEAR( * "',
    "lone quote": '"humo',
    "empty quotes": '""',
    "emoji": "humo 🔥 👩‍👩‍👧",
    "right to left": "\u202eomuh\u202c",
    "lone combining": "\u0301\u0301",
    "blank": "   \t ",
    "zero width": "\u200b\u200b",
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7|add:7 }}",
    "regular expression": "(((((a+)+)+)+)+)$",
    "numbers": "9" * 500,
}
UNKNOWN = "En «%s» no existe esa opción o ya no es pública. Elige una de la lista."
BAD_VALUES = [
    ({"page": "0"}, "Esa página de resultados no existe. Te mostramos la primera."),
    ({"page": "-1"}, "Esa página de resultados no existe. Te mostramos la primera."),
    ({"page": "abc"}, "Esa página de resultados no existe. Te mostramos la primera."),
    ({"page": "1.5"}, "Esa página de resultados no existe. Te mostramos la primera."),
    ({"page": "9" * 5000}, "Esa página de resultados no existe. Te mostramos la primera."),
    ({"page": "1" + "0" * 30}, "No hay tantas páginas de resultados. Te mostramos la última."),
    ({"page": "2"}, "No hay tantas páginas de resultados. Te mostramos la última."),
    ({"tipo": "xyz"}, UNKNOWN % "Tipo"),
    ({"plan": "x" * 5000}, UNKNOWN % "Plan"),
    ({"eje": "a\x00"}, UNKNOWN % "Eje"),
    ({"orden": "precio"}, "Solo podemos ordenar por relevancia o por fecha."),
    ({"desde": "ayer"}, "No entendimos la primera fecha. Escríbela así: 31/12/2023."),
    ({"hasta": "31/02/2023"}, "No entendimos la última fecha. Escríbela así: 31/12/2023."),
    ({"hasta": "9" * 5000}, "No entendimos la última fecha. Escríbela así: 31/12/2023."),
    ({"glosario": "quizá"}, "No entendimos si quieres usar el glosario. Lo usamos."),
    ({"q": "humo " * 100}, "Tu búsqueda era muy larga. Usamos los primeros 200 caracteres."),
]
HOSTILE = '"><script>alert(1)</script>'
ADDRESSES = [
    "/buscar/",
    "/buscar/sugerencias/",
    *(f"/buscar/resultados.{name}" for name in ("csv", "json", "atom")),
]


class BadInputTests(Portal):
    def test_any_text_returns_a_results_page(self):
        for name, text in BAD_TEXTS.items():
            with self.subTest(name):
                raw = text.encode("utf-8", "surrogatepass").hex("%")
                response = self.client.get(f"{reverse('search:results')}?q=%{raw}")
                assert response.status_code == 200
                assert "<script>alert" not in response.content.decode()
                assert TOTAL.search(response.content.decode())

    def test_an_invalid_value_only_adds_a_sentence(self):
        for parameters, sentence in BAD_VALUES:
            with self.subTest(str(parameters)[:40]):
                response = self.ask(**({"q": "humo"} | parameters))
                assert response.context["sentences"] == [sentence]
                assert sentence in response.content.decode()
                assert "Vigilar las ladrilleras" in titles(response)

    def test_unusual_but_valid_values_are_understood(self):
        for page in ("", " ", "1", "\u0661"):
            with self.subTest(repr(page)):
                response = self.ask(q="humo", page=page)
                assert response.context["sentences"] == []
                assert titles(response)

    def test_unknown_parameters_are_ignored(self):
        response = self.ask(q="humo", utm_source="x", **{"q[]": "1", "filter": "<b>"})
        assert response.context["sentences"] == []
        assert "utm_source" not in response.content.decode()

    def test_a_filter_repeated_500_times_is_limited(self):
        response = self.ask(q="humo", tipo=["compromiso"] * 500, plan=[f"p{n}" for n in range(500)])
        assert "Vigilar las ladrilleras" in titles(response)

    def test_every_filter_accepts_any_value(self):
        values = [
            HOSTILE,
            "\x00",
            "\ud800",
            "x" * 10_000,
            "",
            " ",
            "🔥",
            "\u202ex",
            "' OR 1=1 --",
            "٣",
            "{{ 7 }}",
        ]
        for value in values:
            raw = value.encode("utf-8", "surrogatepass").hex("%")
            query = "&".join(f"{facet.parameter}={'%' if raw else ''}{raw}" for facet in ALL_FACETS)
            with self.subTest(ascii(value[:20])):
                response = self.client.get(f"/buscar/?q=humo&{query}")
                assert response.status_code == 200
                assert "<script>alert" not in response.content.decode()

    def test_files_and_suggestions_accept_any_text(self):
        for address in ADDRESSES[1:]:
            for name, text in BAD_TEXTS.items():
                with self.subTest(address=address, text=name):
                    raw = text.encode("utf-8", "surrogatepass").hex("%")
                    response = self.client.get(f"{address}?q=%{raw}")
                    assert response.status_code == 200
                    assert b"<script>alert" not in response.content or "json" in response["Content-Type"]

    def test_invalid_utf8_is_decoded_as_far_as_possible(self):
        for address in ADDRESSES:
            response = self.client.get(f"{address}?q=humo%ff%fe%c3&tipo=%e2%82&%80=%81")
            assert response.status_code == 200

    def test_no_input_is_slow(self):
        many = "&".join(f"institucion={n}&tipo=compromiso&plan=p{n}" for n in range(500))
        for query in [*(f"q={text}" for text in (BAD_TEXTS["long"], BAD_TEXTS["two thousand words"])), many]:
            for address in ADDRESSES:
                with self.subTest(address=address, query=query[:20]):
                    self.client.get(address)
                    start = time.process_time()
                    assert self.client.get(f"{address}?{query}").status_code == 200
                    assert time.process_time() - start < SECONDS
