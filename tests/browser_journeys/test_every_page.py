"""Every type of public page: on small and large screens, light and dark, in print, by keyboard."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Page, expect
from wagtail.models import get_page_models

from pages import urls
from pages.plans.commitments import CommitmentPage
from pages.rulings.parts import RulingPart
from tests.browser import add_style, find_violations, use_widest_font
from tests.browser_journeys.public_urls import LADRILLERAS, PLAN, public_places
from tests.factories import published
from tests.observation_factories import ObservationIndexPageFactory
from tests.pages.matrix_pages import matrix_page, tree_page
from tests.pages.observation_pages import answer_page
from tests.pages.participation_pages import practice_page

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
#: Rules that depend on colours and sizes; the others read the same document on a desk.
BY_STYLE = ("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable")
STYLE_RULES = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": [*BY_STYLE]}}
#: Pages with everything that only a phone shows: the menu, tables as cards, filters.
WHOLE_ON_A_PHONE = ("HomePage", "PlanPage", "RulingIndexPage", "commitment with two figures")
# A redirect, two files, and a page that is the one of all months with another title.
NOT_VISITED = {
    *("commitment", "session_calendar", "changes_feed", "changes_of_month"),
    *("microsite_changes_feed", "microsite_changes_of_month"),
    *("ruling", "rulings_feed", "rulings_of_matter_feed", "participation_feed"),  # a redirect, and files
}
# WCAG 1.4.12: no text may be lost with these styles.
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
CONTENT_WIDTH = "document.documentElement.scrollWidth"

FOCUSED = """async () => {
  await new Promise(requestAnimationFrame);  // the browser scrolls to what has the focus in its next frame
  await new Promise(requestAnimationFrame);
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    nothing: one === document.body,
    text: (one.innerText || one.getAttribute('aria-label') || one.name || '').trim(),
    href: one.getAttribute('href'),
    shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
  };
}"""


# Words broken in two: the column is too narrow for its font. URLs may be broken.
BROKEN_WORDS = """() => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const range = document.createRange(), broken = [];
  while (walker.nextNode()) {
    const text = walker.currentNode;
    for (const piece of text.data.matchAll(/\\S+/g)) {
      if (/[.:\\/@]\\S/.test(piece[0])) continue;
      for (const word of piece[0].matchAll(/[\\p{L}\\d]+/gu)) {
        range.setStart(text, piece.index + word.index);
        range.setEnd(text, piece.index + word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map(one => Math.round(one.top)));
        if (lines.size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""


@pytest.fixture
def types_without_facts(transactional_db) -> None:
    """Publish what the demo has no facts for, so that a page of every type is visited."""
    tree_page(2)
    matrix_page(2)
    practice_page(1)
    answer_page(1)
    published(ObservationIndexPageFactory())


def violations(page: Page, axe: Axe, rules: dict) -> list[str]:
    """Return the axe violations, with every collapsed part opened first."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    return find_violations(page, axe, options=rules)


def luminance(page: Page, what: str) -> float:
    """Return the luminance of the background of ``what``, from 0 to 255."""
    color = page.locator(what).evaluate("one => getComputedStyle(one).backgroundColor")
    red, green, blue = (float(part) for part in color.strip("rgba()").split(",")[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_public_view_and_type_of_page_is_visited(types_without_facts):
    types = {model.__name__ for model in get_page_models() if not issubclass(model, RulingPart)}
    assert types - {"Page", *public_places()} == set(), "Publish one in types_without_facts or in the demo."
    visited = {resolve(urlsplit(address).path).url_name for address in public_places().values()}
    assert {view.name for view in urls.urlpatterns} - visited == NOT_VISITED


def measure_widths(page: Page) -> list[int]:
    """Return the width of the content at 320 pixels: as it is, in the widest font, and with spaced text."""
    page.set_viewport_size(NARROW)
    widths = [page.evaluate(CONTENT_WIDTH)]
    use_widest_font(page)
    widths.append(page.evaluate(CONTENT_WIDTH))
    add_style(page, SPACED)
    return [*widths, page.evaluate(CONTENT_WIDTH)]


def test_every_page(visitors, live_server, types_without_facts, subtests):
    """One visit of each page for all that is looked for on it, on a desk and then on a phone.

    The rules of axe take most of the time. All of them are read in light colours on a desk; on a phone those
    that depend on style are read in dark ones, and all of them on the pages that show what no desk shows.
    """
    # Colours are animated from light to dark: with reduced motion the final colour is read.
    page = visitors.open(viewport=DESK, reduced_motion="reduce")
    messages, hosts = [], set()
    page.on("console", lambda message: messages.append(f"{page.url}: {message.text}"))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    axe, found, titles, wide, places = Axe(), {}, {}, {}, public_places()
    assert places.keys() >= set(WHOLE_ON_A_PHONE)
    for name, address in places.items():
        page.goto(address)
        expect(page.locator("h1"), name).to_have_count(1)
        expect(page.locator("html"), name).to_have_attribute("lang", "es-MX")
        titles[name] = page.title()
        found[name] = violations(page, axe, RULES)  # which opens the collapsed parts
        page.set_viewport_size(PHONE)
        if name in WHOLE_ON_A_PHONE:
            found[f"{name}, phone"] = violations(page, axe, RULES)
        page.emulate_media(color_scheme="dark")
        found[f"{name}, dark"] = violations(page, axe, STYLE_RULES)
        page.emulate_media(color_scheme="light")
        widths = measure_widths(page)
        if max(widths) > NARROW["width"]:
            wide[name] = widths
        page.set_viewport_size(DESK)

    with subtests.test("axe finds no violations"):
        assert {name: wrong for name, wrong in found.items() if wrong} == {}
    with subtests.test("no page scrolls horizontally"):
        assert wide == {}
    with subtests.test("no page logs to the console"):
        # Chromium itself reports the missing pages and the withdrawn ruling.
        missing = [line for line in messages if "404" in line or "410" in line]
        closed = ("page that is not", "withdrawn")
        assert len(missing) == sum(name.startswith(closed) for name in places)
        assert [line for line in messages if line not in missing] == []
    with subtests.test("no page requests another host"):
        assert hosts == {live_server.url.split("/")[2]}
    with subtests.test("titles are unique"):
        distinct = {name: one for name, one in titles.items() if "filter" not in name and name != "work plan"}
        assert len(set(distinct.values())) >= len(distinct) - 2  # one page may have two URLs


def test_no_commitment_scrolls_horizontally_with_the_widest_font(visitors):
    page = visitors.open(viewport=NARROW)
    wrong = {}
    for commitment in CommitmentPage.objects.live().order_by("path"):
        page.goto(commitment.url)
        use_widest_font(page)
        found = page.evaluate(BROKEN_WORDS), page.evaluate(CONTENT_WIDTH)
        if found != ([], NARROW["width"]):
            wrong[commitment.url] = found
    assert wrong == {}


def test_print_shows_the_content_and_opens_collapsed_parts(page):
    page.goto(LADRILLERAS)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation").get_by_role("link")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Ver la historia como tabla")).to_be_visible()
    expect(page.get_by_role("table", name="Todas las cifras publicadas")).to_be_visible()

    page.goto(PLAN)
    page.emulate_media(media="print")  # a slow browser may forget it at a navigation
    expect(page.get_by_role("button", name="Filtrar")).to_be_hidden()


def test_dark_mode_is_dark_and_print_is_light(visitors):
    page = visitors.open(color_scheme="dark")
    page.goto(LADRILLERAS)
    assert luminance(page, "body") < 60
    page.emulate_media(media="print", color_scheme="dark")
    assert luminance(page, "body") > 240


def test_every_control_has_keyboard_focus_in_order_and_visibly(visitors):
    page = visitors.open(
        viewport=DESK, reduced_motion="reduce"
    )  # so that the browser scrolls without animation
    page.goto(LADRILLERAS)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["text"] == "Ir al contenido"
    expect(page.get_by_text("Ir al contenido")).to_be_in_viewport()

    walked = []
    for _ in range(page.locator("a[href], button, input, select, summary").count() + 5):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["nothing"] or focused["text"] == "Ir al contenido":
            break  # past the last link: the focus left the page, or started again
        walked.append(focused)
    assert [step for step in walked if not (step["shown"] and step["ring"])] == []
    order = [step["text"] for step in walked]
    assert order.index("Planes") < order.index("Inicio") < order.index("¿Por qué dos cifras?")
    assert len(walked) > 20


def test_the_skip_link_skips_the_menu(page):
    page.goto(LADRILLERAS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#contenido$"))
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["text"] == "Inicio"
