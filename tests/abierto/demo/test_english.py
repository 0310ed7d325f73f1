"""The English texts of the demo: complete, with the figures of the Spanish, and public as whole pages."""

import re
from collections import Counter
from html.parser import HTMLParser

import polib
import pytest
from wagtail.models import Locale, Page

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
    r"\b(?:de|del|la|las|los|el|que|y|en|una?|por|con|para|cómo|qué|sus?|se|según|al)\b|[¿¡«]", re.I
)
#: English words from which a text is taken for a sentence: names of rights and offices have one or two.
ENGLISH_SENTENCE = 3
LINK_TO_SPANISH = re.compile(r'<a [^>]*href="/planes/pal-2022-2024/[^"]*"(?![^>]*hreflang)')
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
READ = {"alt", "aria-label", "placeholder", "title"}
#: Names that the texts of the plan write in Spanish, besides those of the registry.
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
)


def names_in_spanish() -> re.Pattern[str]:
    """Return a pattern of all proper names, the longest first, and of addresses."""
    rows = (Institution.objects.values_list("name"), Person.objects.values_list("name"))
    towns = Municipality.objects.values_list("name")
    names = {*NAMES, *(name for found in (*rows, towns) for (name,) in found)}
    ordered = sorted(names, key=len, reverse=True)
    return re.compile("|".join([r"https?://\S+", *map(re.escape, ordered)]))


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
    return [text for text in reader.found if SPANISH.search(names.sub("", text))]


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
        names = names_in_spanish()
        found = {}
        for page in self.english_pages():
            url = page.get_url()
            assert url.startswith("/en/")
            html = self.client.get(url).content.decode()
            assert '<main id="contenido">' in html, url
            assert not LINK_TO_SPANISH.findall(html), url
            found |= dict.fromkeys(find_spanish(html, names), url)
        assert found == {}

    def test_no_english_sentence_of_the_spanish_places_outside_what_is_marked(self):
        found = {}
        for place in dict.fromkeys(public_places().values()):
            texts = texts_of_html(self.client.get(place.removeprefix("/en")).content.decode())
            found |= {text: place for text in texts if len(find_english(text)) >= ENGLISH_SENTENCE}
        assert found == {}
