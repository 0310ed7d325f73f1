"""Images are never wider than the screen."""

import json

import pytest

from abierto.media.models import PortalImage
from abierto.tenancy.provisioning import get_shared_collection
from tests import factories
from tests.abierto.media.uploads import picture, upload
from tests.browser import Visitors
from tests.factories import published

pytestmark = pytest.mark.browser

WIDER_THAN = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def publish_page_with_image() -> str:
    """Return the URL of a public page with an image that is wider than any phone."""
    image = PortalImage(title="Ancha", file=upload("a.png", picture(size=(1600, 400))))
    image.collection = get_shared_collection()
    image.save()
    value = {"image": {"image": image.pk, "alt_text": "Una mesa larga", "decorative": False}}
    body = [{"type": "image", "id": "1" * 8, "value": value}]
    return published(factories.StandardPageFactory(title="Con imagen", body=json.dumps(body))).url


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_wide_image_causes_no_horizontal_scrolling(visitors: Visitors, width):
    window = visitors.open(viewport={"width": width, "height": 700})

    window.goto(publish_page_with_image())

    shown = window.locator("main img")
    shown.scroll_into_view_if_needed()
    window.wait_for_function("() => document.querySelector('main img').naturalWidth > 0")
    assert window.evaluate(WIDER_THAN) == 0
    box = shown.bounding_box()
    assert box["x"] + box["width"] <= width
    assert box["width"] / box["height"] == pytest.approx(4, abs=0.05)
