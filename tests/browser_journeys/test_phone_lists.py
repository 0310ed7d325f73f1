"""The lists and panels of the admin on a phone: words are whole and buttons can be read."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
def test_titles_and_buttons_of_commitments_are_whole(people, width):
    page = people.sign_in("administracion")
    page.set_viewport_size({"width": width, "height": 900})

    page.goto("/admin/compromisos/")

    title = page.get_by_role("link", name="Apoyo psicológico por chat")
    button = page.get_by_role("link", name="Reportar avance").first
    assert len(title.evaluate("link => [...link.getClientRects()]")) <= 2
    assert button.evaluate(
        "link => link.scrollWidth <= link.clientWidth && link.scrollHeight <= link.clientHeight"
    )

    page.goto("/admin/")

    headings = page.locator(".w-panel--dashboard .w-panel__heading")
    assert "Retirado de lo público en los últimos 30 días" in headings.all_inner_texts()
    assert max(headings.evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")) <= width
