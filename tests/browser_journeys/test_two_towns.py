"""Two towns work side by side: one has its own reviewer, the other the state as second pair of eyes."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from abierto.accounts.models import User
from abierto.spaces.enums import ReviewSource
from abierto.spaces.models import MunicipalitySpace
from abierto.spaces.review_source import set_review
from pages.municipalities.models import MicrositePage
from pages.standard.models import StandardPage
from tests.browser_journeys.desk import approve, open_review, send
from tests.browser_journeys.people import People

pytestmark = pytest.mark.browser

NORTH, SOUTH = "coroneo", "apaseo-el-alto"
TITLES = {NORTH: "Mercado de los domingos en Coroneo", SOUTH: "Taller de barro en Apaseo"}
STATE_REVIEWER = "revision"
PHONE = {"width": 390, "height": 844}
#: Screens of a page that only its own town may open.
CLOSED = ("wagtailadmin_pages:edit", "wagtailadmin_pages:history", "wagtailadmin_pages:view_draft")


@pytest.fixture
def state_reviews_the_south(visitors) -> None:
    """Let the state review what the southern town publishes."""
    link = MunicipalitySpace.objects.get(holder__slug=SOUTH)
    administrator = User.objects.get(username="administracion")
    set_review(link, ReviewSource.STATE, has_state_step=False, by=administrator)


def write_page(window: Page, town: str) -> StandardPage:
    """Write a page below the start page of a town, send it and return it."""
    root = MicrositePage.objects.get(slug=town)
    window.goto(reverse("wagtailadmin_pages:add", args=["pages", "standardpage", root.pk]))
    window.locator("#id_title").fill(TITLES[town])
    window.locator("#id_summary").fill("Cada domingo, en la plaza.")
    with window.expect_navigation(wait_until="domcontentloaded"):
        window.get_by_role("button", name="Guardar borrador").click()
    expect(window.locator(".messages .success")).to_be_visible()
    send(window, "Enviar a revisión")
    expect(window.locator(".messages .success")).to_contain_text("a revisión")
    return StandardPage.objects.get(draft_title=TITLES[town])


def public_address(page: StandardPage) -> str:
    """Return the address of a page of a microsite."""
    return f"/municipios/{page.get_parent().slug}/{page.slug}/"


def expect_found_by_its_town(window: Page, page: StandardPage) -> None:
    """Find the page with the search that shows nothing to the other town."""
    window.goto(f"{reverse('wagtailadmin_pages:search')}?q={page.draft_title.split()[0]}")
    expect(window.locator("main").get_by_role("link", name=page.draft_title).first).to_be_visible()


def expect_closed(window: Page, page: StandardPage) -> None:
    """Try to open and to find the page of the other town: no screen shows it."""
    for name in CLOSED:
        assert window.goto(reverse(name, args=[page.pk])).status == 404, name
        assert page.draft_title not in window.content()
    word = page.draft_title.split()[0]
    window.goto(f"{reverse('wagtailadmin_pages:search')}?q={word}")
    expect(window.locator("main")).not_to_contain_text(page.draft_title)
    for name in ("tenancy:choose_page_search", "wagtailimages_chooser:choose_results"):
        answer = window.request.get(f"{reverse(name)}?q={word}")
        assert answer.ok
        assert page.draft_title not in answer.text()
    assert window.goto(public_address(page)).status == 404
    window.goto(f"/buscar/?q={word}")
    expect(window.locator("main")).not_to_contain_text(page.draft_title)


def review_on_a_phone(people: People, username: str, title: str, other: str, pictures: Path) -> None:
    """Approve the page of a town in a window of a phone; a town's own reviewer sees no other page."""
    window = people.sign_in(username)
    window.set_viewport_size(PHONE)
    window.goto("/admin/")
    waiting = window.locator("#por-revisar-section")
    expect(waiting.get_by_role("link", name=title).first).to_be_visible()
    if username != STATE_REVIEWER:
        expect(waiting).not_to_contain_text(other)
    window.screenshot(path=pictures / f"{username}-pendientes.png", full_page=True)
    open_review(window, title)
    expect(window.get_by_role("button", name="Aprobar y publicar")).to_be_visible()
    assert window.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    window.screenshot(path=pictures / f"{username}-revision.png", full_page=True)
    approve(window, "Leída y correcta.")
    expect(window.locator(".messages")).to_contain_text(f"Aprobaste «{title}».")


def test_two_towns_publish_side_by_side_and_see_nothing_of_each_other(
    people, state_reviews_the_south, tmp_path
):
    editors = {town: people.sign_in(f"edicion-{town}") for town in (NORTH, SOUTH)}
    pages = {town: write_page(window, town) for town, window in editors.items()}

    for town, window in editors.items():
        expect_found_by_its_town(window, pages[town])
    expect_closed(editors[NORTH], pages[SOUTH])
    expect_closed(editors[SOUTH], pages[NORTH])
    review_on_a_phone(people, f"revision-{NORTH}", TITLES[NORTH], TITLES[SOUTH], tmp_path)
    review_on_a_phone(people, STATE_REVIEWER, TITLES[SOUTH], TITLES[NORTH], tmp_path)

    citizen = people.citizen(viewport=PHONE)
    for town, page in pages.items():
        assert citizen.goto(public_address(page)).ok
        expect(citizen.get_by_role("heading", level=1)).to_have_text(TITLES[town])
        citizen.screenshot(path=tmp_path / f"{town}.png", full_page=True)
    for window, other in ((editors[NORTH], pages[SOUTH]), (editors[SOUTH], pages[NORTH])):
        assert window.goto(reverse("wagtailadmin_pages:edit", args=[other.pk])).status == 404
