"""Every kind of screen of the admin, for each role, has no violation of WCAG of ours; some fit on a phone.

Screens that are rendered from the same templates of ours are the same to this test: one of them is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from abierto.accounts.models import User
from tests.browser import DESKTOP, find_violations
from tests.language.test_admin_screens import list_screens
from tests.repository.files import ROOT
from tests.security.addresses import BULK, Address
from tests.security.isolation_spaces import TwoSpaces, create_two_spaces
from tests.security.isolation_walk import bulk_query

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
# Violations in markup of Wagtail: the rule of axe, what their selectors or markup contain, and why they stay.
OF_WAGTAIL: tuple[tuple[str, str, str], ...] = (
    (
        "target-size",
        'href="/admin/users/edit/',
        "the accounts of a bulk action, in a list without space between",
    ),
    ("aria-required-parent", "#tab-roles", "the button of a new account that leads to the tab of its roles"),
)
ROLES = ("state administrator", "editor", "reviewer")
PAGES = ("wagtailadmin_home", "wagtailadmin_pages:")
#: More screens than this would take longer than a test may.
FEWEST_SCREENS, MOST_SCREENS = 40, 80
OK = 200
#: Screens with wide content of ours that must not scroll horizontally.
FITTING = ("acts:", "board:", "retention:")
NARROW = {"width": 320, "height": 640}
#: Transitions of more than a frame on a page that a visitor without wish for motion has opened.
FIND_MOVING = """() => [...document.querySelectorAll("*")].filter(element =>
  getComputedStyle(element).transitionDuration.split(",").some(duration => parseFloat(duration) > 0.016)
).slice(0, 3).map(element => element.outerHTML.slice(0, 120))"""


def list_addresses(role: str, place: TwoSpaces) -> tuple[User, Iterator[tuple[str, str]]]:
    """Return the account of a role, and the names and addresses of its screens, one for each name."""
    user, screens = list_screens(role, place)
    named = {screen.name: build_address(screen, place) for screen in screens}
    if role != ROLES[0]:
        # The first role opens every screen of Wagtail; the others differ in ours and in those of pages.
        named = {
            name: address
            for name, address in named.items()
            if name.startswith(PAGES) or not is_wagtails(name)
        }
    return user, iter(named.items())


def is_wagtails(name: str) -> bool:
    return name.startswith("wagtail")


def build_address(screen: Address, place: TwoSpaces) -> str:
    query = f"?{bulk_query(place.own)}" if screen.name.startswith(BULK) else ""
    return screen.path + query


def find_new_screens(
    client: Client, addresses: Iterator[tuple[str, str]], known: set
) -> list[tuple[str, str]]:
    """Return names and addresses whose templates no other screen has used; they are added to ``known``."""
    found = []
    for name, address in addresses:
        if is_fragment(name):
            continue
        response = client.get(address)
        is_screen = response.status_code == OK and not response.streaming and b"<main" in response.content
        ours = frozenset(template.name for template in response.templates if is_ours(template))
        if is_screen and ours not in known:
            known.add(ours)
            found.append((name, address))
    return found


def is_fragment(name: str) -> bool:
    """Check whether an address answers with a part of a screen: the rows of a list, or a modal."""
    namespace, _colon, view = name.rpartition(":")
    return view.endswith("_results") or namespace.endswith("chooser")


def is_ours(template: Any) -> bool:
    """Check whether a template that was rendered is of this project."""
    return (
        bool(template.name)
        and str(template.origin.name).startswith(str(ROOT))
        and ("site-packages" not in str(template.origin.name))
    )


def open_window(visitors, client: Client) -> Page:
    """Return a window with the session of ``client``."""
    window = visitors.open()
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": visitors.base_url}
    window.context.add_cookies([cookie])
    return window


def find_faults(window: Page, axe: Axe, context: str | None) -> list[str]:
    """Return the violations in a part of the screen that is open, or in all of it, and what moves there."""
    moving = window.evaluate(FIND_MOVING)
    violations = find_violations(window, axe, options=RULES, context=context)
    return [
        *(fault for fault in violations if not is_of_wagtail(fault)),
        *([] if window.title() else ["has no title"]),
        *(f"moves with reduced motion: {element}" for element in moving),
    ]


def is_too_wide(window: Page) -> bool:
    """Check whether the screen scrolls horizontally at 320 pixels (WCAG 1.4.10)."""
    window.set_viewport_size(NARROW)
    width = window.evaluate("document.documentElement.scrollWidth")
    window.set_viewport_size(DESKTOP)
    return width > NARROW["width"]


def is_of_wagtail(fault: str) -> bool:
    rule, _colon, markup = fault.partition(":")
    return any(rule == other and part in markup for other, part, _reason in OF_WAGTAIL)


def test_no_screen_has_violations_of_ours(visitors, client):
    place = create_two_spaces()
    axe, known, found, opened = Axe(), set(), {}, 0
    for role in ROLES:
        user, addresses = list_addresses(role, place)
        client = Client(raise_request_exception=False)
        client.force_login(user)
        window, is_menu_read = open_window(visitors, client), False
        for name, address in find_new_screens(client, addresses, known):
            window.goto(address, wait_until="load")
            opened += 1
            # The menu beside it is the same on every screen of a role.
            faults = find_faults(window, axe, "main" if is_menu_read else None)
            if name.startswith(FITTING) and is_too_wide(window):
                faults.append("scrolls horizontally on a narrow phone")
            if faults:
                found[f"{role} {address}"] = faults
            is_menu_read = True
        window.context.close()

    assert FEWEST_SCREENS < opened < MOST_SCREENS
    assert not found, "\n".join(f"{screen}: {fault}" for screen, faults in found.items() for fault in faults)
