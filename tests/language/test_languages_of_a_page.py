"""The language marks of each part of a page, and its links to other languages."""

import re

import pytest
from django.test import TestCase
from wagtail.models import Locale, PageViewRestriction, Site

from abierto.approval.ledger.imports import imported
from abierto.tenancy.models import PortalSettings
from pages.home.models import HomePage
from tests.factories import (
    CommitmentPageFactory,
    PlanIndexPageFactory,
    ProgressUpdatePageFactory,
    StandardPageFactory,
    home,
    published,
)

from .translating import english, in_english

pytestmark = pytest.mark.slow

ONLY_SPANISH = "This page is in Spanish only."
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')


class PageCase(TestCase):
    """Read pages as a visitor without cookies."""

    @classmethod
    def setUpTestData(cls):
        english()

    def read(self, address: str, status: int = 200) -> str:
        response = self.client.get(address)
        self.assertEqual(response.status_code, status)
        self.html = response.content.decode()
        return self.html

    def part(self, pattern: str) -> str:
        found = re.search(pattern, self.html, re.DOTALL)
        assert found is not None, pattern
        return found[0]

    def alternates(self) -> dict[str, str]:
        return {code: url.removeprefix("http://localhost") for code, url in ALTERNATE.findall(self.html)}


class SpanishInAnEnglishFrameTests(PageCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        commitment = published(CommitmentPageFactory(title="Agua limpia", actions=2))
        cls.update = published(ProgressUpdatePageFactory(parent=commitment, rows={1: 20, 2: 40}))
        PortalSettings.objects.create(site=Site.objects.get(), territory="Guanajuato")

    def test_the_frame_is_english_and_the_content_is_marked_as_spanish(self):
        self.read(f"/en{self.update.get_parent().get_url()}")

        self.assertEqual(self.part("<html[^>]*>"), '<html lang="en">')
        self.assertEqual(self.part("<main[^>]*>"), '<main id="contenido" lang="es-MX">')
        self.assertEqual(self.part("<title[^>]*>"), '<title lang="es-MX">')
        self.assertIn("Open government of the State of Guanajuato", self.part("<header.*</header>"))
        self.assertIn("About these figures", self.part("<footer.*</footer>"))

    def test_the_content_is_spanish_except_for_the_notice(self):
        for page in (self.update.get_parent(), self.update, *self.update.get_ancestors().filter(depth__gt=1)):
            self.read(f"/en{page.get_url()}")
            content = self.part("<main.*</main>")
            spanish = re.search("<main.*</main>", self.client.get(page.get_url()).content.decode(), re.DOTALL)
            with self.subTest(page=page.title):
                self.assertIn(f'lang="en">{ONLY_SPANISH}</p>', content)
                self.assertEqual(read_words(content.replace(ONLY_SPANISH, "")), read_words(spanish[0]))

    def test_menu_links_are_marked_as_spanish(self):
        published(StandardPageFactory(title="Qué es esto", show_in_menus=True))
        self.read("/en/")
        self.assertInHTML('<a href="/que-es-esto/" lang="es-MX">Qué es esto</a>', self.html)

        self.read("/")
        self.assertIn('<a href="/que-es-esto/">Qué es esto</a>', self.html)

    def test_the_spanish_page_has_no_language_marks(self):
        self.read(self.update.get_parent().get_url())

        self.assertEqual(self.part("<html[^>]*>"), '<html lang="es-MX">')
        self.assertEqual(self.part("<main[^>]*>"), '<main id="contenido">')
        self.assertNotIn("solo está en español", self.html)

    def test_a_missing_page_is_reported_in_english(self):
        self.read("/en/no-existe/", status=404)
        self.assertEqual(self.part("<html[^>]*>"), '<html lang="en">')
        self.assertIn("We did not find this page", self.html)

    def test_an_alias_in_the_english_tree_is_still_spanish(self):
        page = in_english(home(), {}) and published(StandardPageFactory(title="Preguntas"))
        with imported("Alias de una prueba"):
            page.copy_for_translation(english(), alias=True)
        self.read(f"/en{page.get_url()}")

        self.assertEqual(self.part("<main[^>]*>"), '<main id="contenido" lang="es-MX">')
        self.assertIn(ONLY_SPANISH, self.html)
        self.assertIn(f'<link rel="canonical" href="http://localhost{page.get_url()}">', self.html)
        self.assertEqual(self.alternates(), {})


class TranslatedPageTests(PageCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        in_english(published(home()), {"Gobierno abierto": "Open government"})
        index = published(PlanIndexPageFactory(title="Planes", show_in_menus=True))
        cls.index = in_english(index, {"Planes": "Plans"})
        cls.only_spanish = published(StandardPageFactory(title="Preguntas"))

    def test_a_translated_page_is_english_as_a_whole(self):
        self.read("/en/planes/")

        self.assertEqual(self.part("<html[^>]*>"), '<html lang="en">')
        self.assertEqual(self.part("<main[^>]*>"), '<main id="contenido">')
        self.assertIn("<h1>Plans</h1>", self.html)
        self.assertIn('<a href="/en/">Home</a>', self.html)
        self.assertIn('<a href="/en/planes/" aria-current="page">Plans</a>', self.html)
        self.assertNotIn(ONLY_SPANISH, self.html)

    def test_menu_pages_without_a_translation_stay_in_the_menu_in_spanish(self):
        published(StandardPageFactory(title="Participa", show_in_menus=True))
        for address in ("/en/", "/en/planes/"):
            with self.subTest(address=address):
                self.read(address)
                self.assertIn('<a href="/participa/" lang="es-MX">Participa</a>', " ".join(self.html.split()))
                self.assertNotIn('<a href="/planes/" lang="es-MX">Planes</a>', " ".join(self.html.split()))

    def test_alternate_links_name_each_language_and_the_default(self):
        expected = {"es-MX": "/planes/", "en": "/en/planes/", "x-default": "/planes/"}
        for address in ("/planes/", "/en/planes/"):
            with self.subTest(address=address):
                self.read(address)
                self.assertEqual(self.alternates(), expected)
                self.assertIn(f'<link rel="canonical" href="http://localhost{address}">', self.html)

    def test_the_switcher_names_each_language_in_its_own_language(self):
        self.read("/planes/")
        self.assertInHTML('<a href="/en/planes/" lang="en" hreflang="en">English</a>', self.html)
        self.assertInHTML(
            '<a href="/planes/" lang="es-MX" hreflang="es-MX" aria-current="true">Español</a>', self.html
        )

    def test_a_page_in_spanish_only_offers_no_other_language(self):
        for address in ("/preguntas/", "/en/preguntas/"):
            with self.subTest(address=address):
                self.read(address)
                self.assertNotIn('class="langs"', self.html)
                self.assertEqual(self.alternates(), {})

    def test_untranslated_pages_below_an_english_home_page_are_shown_in_spanish(self):
        self.read("/en/preguntas/")
        self.assertEqual(self.part("<main[^>]*>"), '<main id="contenido" lang="es-MX">')
        self.assertIn(ONLY_SPANISH, self.html)
        self.assertIn('<link rel="canonical" href="http://localhost/preguntas/">', self.html)

        self.read("/en/no-existe/", status=404)

    def test_a_translation_that_is_a_draft_is_not_offered(self):
        with imported("Retiro de una prueba"):
            self.index.unpublish()
        for address in ("/planes/", "/en/planes/"):
            with self.subTest(address=address):
                self.read(address)
                self.assertIn("<h1>Planes</h1>", self.html)
                self.assertNotIn('class="langs"', self.html)

    def test_a_translation_below_a_private_page_is_not_offered(self):
        front = HomePage.objects.get(locale=Locale.objects.get(language_code="en"))
        PageViewRestriction.objects.create(page=front, restriction_type=PageViewRestriction.LOGIN)
        self.read("/planes/")
        self.assertNotIn('class="langs"', self.html)
        self.assertEqual(self.alternates(), {})


def read_words(html: str) -> str:
    """Return the visible text without markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())
