"""The English texts of the demo: complete, with the figures of the Spanish, and public as whole pages."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import polib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from wagtail.models import Locale, Page, get_page_models

from abierto.approval.ledger.imports import imported
from abierto.demo.loader import english
from abierto.demo.loader.content import CONTENT
from abierto.demo.loader.page_loader import PageLoader
from abierto.registry.models import Institution, Municipality, Person
from abierto.translations.models import TranslatedSource
from abierto.translations.po_files import find_error_of_string
from pages.home.models import HomePage
from pages.plans.models import PlanPage
from tests.browser_journeys.public_urls import public_places
from tests.factories import StandardPageFactory, UserFactory, home, published
from tests.language.configuring import configured
from tests.language.test_page_types import read_twice
from tests.language.visible_text import texts_of_html
from tests.language.wording import find_english

from .case import DemoCase

FILES = sorted((CONTENT / "english").glob("*.po"))
ENTRIES = [
    pytest.param(entry, id=f"{file.stem}-{entry.linenum}")
    for file in FILES
    for entry in polib.pofile(str(file))
]
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.mark.parametrize("entry", ENTRIES)
def test_each_text_is_translated_with_its_figures(entry):
    assert entry.translated()
    assert find_error_of_string(entry.msgid, entry.msgstr) == ""
    assert Counter(FIGURE.findall(entry.msgstr)) == Counter(FIGURE.findall(entry.msgid))


@pytest.fixture
def loader(db):
    Locale.objects.get_or_create(language_code="en")
    return PageLoader(user=UserFactory())


def translate(loader: PageLoader, monkeypatch: pytest.MonkeyPatch, pages: list[Page], **texts: str) -> None:
    spanish = {"Inicio": "Home", "Preguntas": "Questions", home().title: "Open government", **texts}
    monkeypatch.setattr(english, "read_texts", lambda name: spanish)
    with imported("Inglés de una prueba", by=loader.user):
        english.translate_pages(loader, Locale.objects.get(language_code="en"), "prueba", pages)


def test_a_text_that_the_file_lacks_is_refused_with_its_place(loader, monkeypatch):
    page = published(StandardPageFactory(title="Preguntas", summary="Lo que más se pregunta"))
    loader.created += [home(), page]

    with pytest.raises(
        english.TextsDiffer, match=r"prueba\.po lacks «Lo que más se pregunta» \(.* summary\)"
    ):
        translate(loader, monkeypatch, [home(), page])


def test_a_text_that_no_page_has_is_refused(loader, monkeypatch):
    page = published(StandardPageFactory(title="Preguntas", summary=""))
    loader.created += [home(), page]

    with pytest.raises(english.TextsDiffer, match="no page has «De antes»"):
        translate(loader, monkeypatch, [home(), page], **{"De antes": "From before"})


def test_a_page_that_was_edited_since_an_earlier_load_stays_in_spanish(loader, monkeypatch):
    page = published(StandardPageFactory(title="Preguntas", summary="Editado"))
    translate(loader, monkeypatch, [home(), page], **{"De antes": "From before"})

    assert home().has_translation(Locale.objects.get(language_code="en"))
    assert not page.has_translation(Locale.objects.get(language_code="en"))


#: Words that an English sentence of the demo has only in the name of an institution, a law or a place.
SPANISH = re.compile(
    r"\b(?:de|del|la|las|los|el|que|y|en|una?|por|con|para|cómo|qué|sus?|se|según|al|sin|hay|fecha|lista|"
    r"desde|hasta|entre|sobre|cada|este|esta|todos?|todas?)\b|[áéíóúñ¿¡«]",
    re.IGNORECASE,
)
#: English words from which a text is taken for a sentence: names of rights and offices have one or two.
ENGLISH_SENTENCE = 3
MANY_ADDRESSES = 80
PAGE_TYPES = {model.__name__ for model in get_page_models()}
LINK_TO_SPANISH = re.compile(r'<a [^>]*href="/planes/pal-2022-2024/[^"]*"(?![^>]*hreflang)')
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
READ = {"alt", "aria-label", "placeholder", "title"}
#: Names that the texts of the plan write in Spanish, in addition to those of the registry.
NAMES = (
    "Secretaría de Transparencia y Rendición de Cuentas",
    "Red de Atención a la Salud Mental",
    "Secretaría de Medio Ambiente y Ordenamiento Territorial",
    "Modelo de Ordenamiento Sustentable del Territorio",
    "Programa Estatal de Desarrollo Urbano y de Ordenamiento Ecológico Territorial",
    "Ley General de Desarrollo Forestal Sustentable",
    "Plataforma Nacional de Transparencia",
    "Las Ladrilleras del Refugio",
    "Congreso del Estado de Guanajuato",
    "Supremo Tribunal de Justicia del Estado de Guanajuato",
    "Poder Judicial del Estado",
    "Tribunal de Justicia Administrativa",
    "Instituto de la Justicia Administrativa",
    "Órgano Interno de Control",
    "10,000 Mujeres por México",
    "Universidad de Guanajuato",
    "Presentación Municipios Abiertos del Estado de Guanajuato 2022–2024, lista de 2021",
    "Dinámicamente",
)
#: Abbreviations of towns in the map, and the end of a name that a snippet cuts.
SHORT = 3


def names_in_spanish() -> re.Pattern[str]:
    """Return a pattern of all proper names, the longest first, and of addresses."""
    rows = (Institution.objects.values_list("name"), Person.objects.values_list("name"))
    towns = Municipality.objects.values_list("name")
    names = {*NAMES, *(name for found in (*rows, towns) for (name,) in found)}
    ordered = sorted(names, key=len, reverse=True)
    whole = [r"https?://\S+", *map(re.escape, ordered)]
    return re.compile("|".join([*whole, *(rf"{re.escape(begun)}\s*…?$" for begun in begin_names(ordered))]))


def begin_names(names: Iterable[str]) -> list[str]:
    """Return the beginnings of long names, with which a cut text ends, the longest first."""
    found = set()
    for name in names:
        words = name.split()
        found |= {" ".join(words[:number]) for number in range(2, len(words))}
    return sorted(found, key=len, reverse=True)


class Reader(HTMLParser):
    """Collect the texts of a page outside the elements that are marked as Spanish."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    @property
    def is_skipped(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        marked = values["lang"].startswith("es") if "lang" in values else self.is_skipped
        if not marked and not self.is_skipped:
            self.found += [value for name, value in values.items() if name in READ]
        if tag not in VOID:
            self.open.append((tag, marked or tag in {"script", "style"}))

    def handle_endtag(self, tag: str) -> None:
        for position in range(len(self.open) - 1, -1, -1):
            if self.open[position][0] == tag:
                del self.open[position:]
                return

    def handle_data(self, data: str) -> None:
        if not self.is_skipped:
            self.found.append(" ".join(data.split()))


def find_spanish(html: str, names: re.Pattern[str]) -> list[str]:
    """Return the texts with Spanish words that are neither marked nor proper names."""
    reader = Reader()
    reader.feed(html)
    return [
        text
        for text in reader.found
        if len(text) > SHORT and SPANISH.search(names.sub("", " ".join(text.split())))
    ]


#: Addresses of the English portal that no page links to.
WITHOUT_A_LINK = (
    *("/en/no-existe/", "/en/planes/no-existe/", "/en/municipios/coroneo/no-existe/", "/en/cuenta/entrar/"),
    *("/en/buscar/?q=empleo", "/en/buscar/?q=job", "/en/buscar/?q=xyzzy", "/en/buscar/?q=agua&tipo=nada"),
    *("/en/planes/pal-2022-2024/?eje=99", "/en/planes/pal-2022-2024/?eje=2&estado=done"),
    *("/en/cuenta/contrasena/olvidada/", "/en/sentencias/?materia=nada", "/en/municipios/?municipio=nada"),
)
LINK = re.compile(r'(?:href|action)="([^"#]+)')
#: Addresses of a view that are read in English, whose pages are read all, and of a type in Spanish.
OF_EACH_VIEW, OF_EACH_SPANISH_TYPE = 4, 1
#: What is neither a public page nor a view of the portal's own language.
ELSEWHERE = re.compile(r"^/(?:en|admin|static|media|cuenta)/|^//")


def crawl(client: Client, start: str, code: str, *others: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of a language with their HTML: ``others``, its pages, and what they link to.

    ``start`` is its home page, ``code`` what its pages have as ``lang``.
    """
    of_language = Page.objects.live().filter(locale__language_code__iexact=code, depth__gt=1)
    types = {page.get_url(): page.content_type_id for page in of_language}
    is_english = code == "en"
    waiting, seen, numbers = deque(dict.fromkeys((start, *others))), {start, *others}, Counter()
    while waiting:
        place = waiting.popleft()
        path, _mark, query = place.partition("?")
        shape = f"{resolve(path).view_name} {types.get(place)} {bool(query)}"
        is_chosen = place in others or (is_english and place in types)
        numbers[shape] += not is_chosen
        if not is_chosen and numbers[shape] > (OF_EACH_VIEW if is_english else OF_EACH_SPANISH_TYPE):
            continue
        response = client.get(place, follow=True)
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        assert response.status_code in (200, 404, 410), place
        html = response.content.decode()
        assert f'<html lang="{code}">' in html, place
        yield place, html
        for link in LINK.findall(html):
            address = urldefrag(urljoin(place, unescape(link))).url
            is_elsewhere = not is_english and ELSEWHERE.match(address)
            if address.startswith(start) and not is_elsewhere and address not in seen:
                seen.add(address)
                waiting.append(address)


def test_the_reader_finds_spanish_that_is_not_marked():
    html = '<p>One plan</p><p lang="es-MX">El plan <b>de hoy</b></p><p title="Lo que falta">La suma</p>'

    assert find_spanish(html, re.compile("^$")) == ["Lo que falta", "La suma"]


@pytest.mark.slow
class EnglishDemoTests(DemoCase):
    """The home page and the current plan in English."""

    def english_pages(self) -> list[Page]:
        return list(Page.objects.filter(locale__language_code="en", depth__gt=1).order_by("path"))

    def test_the_plan_is_english_as_a_whole_and_up_to_date(self):
        plan = PlanPage.objects.source_language().get(slug="pal-2022-2024")
        sources = [
            home().pk,
            plan.get_parent().pk,
            *plan.get_descendants(inclusive=True).values_list("pk", flat=True),
        ]

        translated = {page.translation_key for page in self.english_pages()}
        assert translated == set(
            Page.objects.filter(pk__in=sources).values_list("translation_key", flat=True)
        )
        assert HomePage.objects.get(locale__language_code="en").current_plan.pk == plan.pk
        assert TranslatedSource.objects.filter(stale_since=None).exclude(published="").count() == len(sources)

    def test_no_spanish_sentence_outside_what_is_marked(self):
        """Follow the links and forms of «/en/»: every English page, and some addresses of each other view."""
        names = names_in_spanish()
        found, visited = {}, set()
        english = {page.get_url() for page in self.english_pages()}
        for place, html in crawl(self.client, "/en/", "en", *WITHOUT_A_LINK):
            visited.add(place)
            assert place not in english or not LINK_TO_SPANISH.findall(html), place
            found |= dict.fromkeys(find_spanish(html, names), place)
        assert found == {}
        assert english <= visited

    def test_each_type_of_page_is_read_in_each_configured_language(self):
        """Hñöhñu and Arabic have no catalogue and no page: the frame and the page are Spanish."""
        frames = {"oto": 'lang="es-MX"', "ar": 'lang="es-MX" dir="ltr"'}
        for code in frames:
            Locale.objects.get_or_create(language_code=code)
        places = dict.fromkeys(place.removeprefix("/en") for place in public_places().values())
        with configured("es,en,oto:Hñöhñu,ar", Path(self.folder.name)):
            for place, (code, frame) in product(places, frames.items()):
                with self.subTest(place=place, language=code):
                    response = self.client.get(f"/{code}{place}")
                    self.assertIn(response.status_code, (200, 404 if "no-existe" in place else 410))
                    self.assertIn(f"<html {frame}>", response.content.decode())

    def test_no_english_sentence_of_a_spanish_address_outside_what_is_marked(self):
        """Follow the links and forms of «/»: besides the chosen addresses, one of each type and view."""
        found, visited = {}, set()
        others = (place.removeprefix("/en") for place in (*WITHOUT_A_LINK, *public_places().values()))
        for place, html in crawl(self.client, "/", "es-MX", *others):
            visited.add(place)
            texts = texts_of_html(html)
            found |= {text: place for text in texts if len(find_english(text)) >= ENGLISH_SENTENCE}
        assert found == {}
        assert len(visited) > MANY_ADDRESSES

    def test_a_page_costs_the_queries_of_its_source_in_english(self):
        """A page without a translation: one query reads the language, and one looks for the translation."""
        translated = {page.get_url() for page in self.english_pages()}
        places = {place.removeprefix("/en") for name, place in public_places().items() if name in PAGE_TYPES}
        for place in places:
            _html, source = read_twice(self.client, place)
            with self.subTest(place=place), CaptureQueriesContext(connection) as queries:
                self.assertEqual(self.client.get(f"/en{place}").status_code, 200)
            self.assertLessEqual(len(queries), source if f"/en{place}" in translated else source + 2)
