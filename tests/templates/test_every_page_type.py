"""Every type of public page and every commitment of the demo: its weight, and what vnu refused once.

`vnu`, the checker of the W3C, needs Java: bench/check_pages.py runs it over a server.
"""

import datetime
import gzip
import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from pages.plans.commitments import CommitmentPage
from tests.abierto.demo.case import DemoCase
from tests.browser_journeys.public_urls import PLAN, public_places

pytestmark = pytest.mark.slow

KILOBYTE = 1024
MOST_HTML, MOST_STYLES, MOST_SCRIPTS = 25, 11, 17
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for")


class Markup(HTMLParser):
    """What a page states in its tags: ids, references to them, days, files and structured data."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: set[str] = set()
        self.days: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self.metas: dict[str, str] = {}
        self.terms: list[list[str]] = []
        self.title = ""
        self.data: list[str] = []
        self.inside = ""
        self.is_in_term = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.inside = "json" if found.get("type") == "application/ld+json" else tag
        if found.get("id"):
            self.ids.append(found["id"])
        self.references |= {name for key in REFERENCES for name in (found.get(key) or "").split()}
        if "datetime" in found:
            self.days.append(found["datetime"])
        if tag == "img":
            self.pictures.append(found)
        if tag == "link" and found.get("rel") == "stylesheet":
            self.styles.append(found["href"])
        if tag == "script" and "src" in found:
            self.scripts.append(found["src"])
        if tag == "meta" and (name := found.get("property") or found.get("name")):
            self.metas[name] = found["content"]
        if tag == "dl":
            self.terms.append([])
        if tag == "dt":
            self.is_in_term = True
            self.terms[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""
        self.is_in_term = self.is_in_term and tag != "dt"

    def handle_data(self, data: str) -> None:
        if self.inside == "title" and not self.title:
            self.title = data.strip()
        if self.inside == "json":
            self.data.append(data)
        if self.is_in_term:
            self.terms[-1][-1] += data.strip()


@cache
def weight(address: str) -> float:
    """Return the compressed size of a static file, or of a style sheet that a view makes, in kilobytes."""
    if address.startswith("/static/"):
        name = address.removeprefix("/static/").partition("?")[0]
        content = Path(finders.find(name)).read_bytes()
    else:
        content = Client().get(address).content
    return len(gzip.compress(content, 9)) / KILOBYTE


class EveryPageTypeTests(DemoCase):
    pages: dict[str, str]

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        commitments = CommitmentPage.objects.live().filter(url_path__contains=PLAN)
        cls.urls = public_places() | {f"commitment {page.code}": page.url for page in commitments}

    def setUp(self) -> None:
        if not hasattr(type(self), "pages"):
            type(self).pages = {
                name: self.client.get(url).content.decode() for name, url in self.urls.items()
            }
            type(self).markup = {name: Markup(html) for name, html in self.pages.items()}

    def failing(self, wrong) -> dict[str, object]:
        """Return what is wrong by page."""
        return {name: found for name, markup in self.markup.items() if (found := wrong(markup))}

    def test_all_types_and_thirteen_commitments_are_read(self):
        assert sum(name.startswith("commitment ") for name in self.pages) >= 13
        assert len(self.pages) > 35

    def test_a_page_is_light(self):
        heavy = {
            name: round(size, 1)
            for name, html in self.pages.items()
            if (size := len(gzip.compress(html.encode(), 9)) / KILOBYTE) > MOST_HTML
        }
        assert heavy == {}

    def test_its_styles_and_scripts_are_light(self):
        assert self.failing(lambda page: sum(map(weight, page.styles)) > MOST_STYLES) == {}
        assert self.failing(lambda page: sum(map(weight, page.scripts)) > MOST_SCRIPTS) == {}

    def test_every_day_in_a_tag_is_of_the_standard(self):
        def wrong(page):
            return [day for day in page.days if not is_valid_day(day)]

        assert self.failing(wrong) == {}

    def test_a_percent_sign_never_begins_a_line(self):
        loose = re.compile(r"\d(?:</mark>)?[ \n]+%")
        assert {name: loose.findall(html) for name, html in self.pages.items() if loose.search(html)} == {}

    def test_ids_are_unique_and_references_lead_to_one(self):
        assert self.failing(lambda page: len(page.ids) != len(set(page.ids))) == {}
        assert self.failing(lambda page: page.references - set(page.ids)) == {}

    def test_pictures_have_a_text_and_lists_no_term_twice(self):
        assert self.failing(lambda page: [one for one in page.pictures if "alt" not in one]) == {}
        assert self.failing(lambda page: [dl for dl in page.terms if len(dl) != len(set(dl))]) == {}

    def test_titles_are_unique(self):
        titles: dict[str, list[str]] = {}
        for name, url in self.urls.items():
            if "?" not in url:
                titles.setdefault(self.markup[name].title, []).append(url)
        assert {title: urls for title, urls in titles.items() if len(set(urls)) > 1} == {}

    def test_structured_data_is_json_and_indexable_pages_have_it(self):
        for page in self.markup.values():
            for text in page.data:
                json.loads(text)
        assert self.failing(lambda page: is_indexable(page) and not page.data) == {}

    def test_what_can_be_shared_has_its_picture_and_texts(self):
        wanted = {"og:title", "og:type", "og:site_name", "og:locale", "og:url", "description"}
        assert self.failing(lambda page: is_indexable(page) and wanted - page.metas.keys()) == {}
        for name in (name for name in self.pages if name.startswith("commitment ")):
            assert "og:image" in self.markup[name].metas, name


def is_indexable(page: Markup) -> bool:
    return "noindex" not in page.metas.get("robots", "") and "404" not in page.title


def is_valid_day(text: str) -> bool:
    """Check for a day, a month, a year, or an instant with its offset and without microseconds."""
    if re.fullmatch(r"\d{4}(-\d{2})?", text):
        return True
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10 or (found.tzinfo is not None and found.microsecond == 0)


def test_the_date_that_vnu_refused_is_refused():
    assert not is_valid_day("2026-11-29T12:41:4812:41 p.m.")
    assert not is_valid_day("2026-11-29T12:41:48.123456-06:00")
    assert is_valid_day("2026-11-29T12:41:48-0600")
    assert is_valid_day("2023-12-04")
