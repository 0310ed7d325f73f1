"""Every screen of the admin, as each role sees it: no English, no known wrong word, no failure.

A view that a later version of Wagtail, or of the project, adds is included automatically. The messages of the
libraries, also those of forms and of saving, are read by ``test_spanish_catalogue.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from abierto.accounts.models import User
from abierto.registry.models import SDGTarget
from abierto.tenancy.isolation.policies import POLICIES, Reach
from tests.abierto.media.uploads import write_missing_files
from tests.language.visible_text import texts_of_html, texts_of_response
from tests.language.wording import find_english, find_wrong
from tests.security.addresses import BULK, Address
from tests.security.isolation_spaces import TwoSpaces, create_two_spaces
from tests.security.isolation_walk import SNIPPETS, bulk_query, every, keys_of

# Every screen is the same on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROLES = ("state administrator", "administrator", "editor", "reviewer", "translator")
FAILED = 500
MANY = 1000
REFUSED = 400
# Texts with English words that stay, and why.
ALLOWED = {
    "Welcome to your new Wagtail site!": "the page of Wagtail's first migration, which the demo replaces",
    "Image": "the name of a part of Wagtail's image block, which no screen shows",
    "Locale": "the name of Wagtail's model of languages, under a title of the state team",
    r"[a-z]\w*\.[a-z]\w*": "the technical names in the report of page types",
}
_ALLOWED = re.compile("|".join(f"(?:{text})" for text in ALLOWED))
#: The screens of a person who only translates.
TRANSLATING = ("wagtail_localize:", "wagtailadmin_pages:edit", "wagtailadmin_home", "approval_edit_")


@pytest.fixture
def place() -> TwoSpaces:
    """Two spaces, with the files of their rows: another test of this process may have built the rows."""
    built = create_two_spaces()
    write_missing_files()
    return built


def state_administrator() -> User:
    return User.objects.create_superuser("zqestatal", email="zqestatal@example.org", password="x")


def iter_first_of_each_view(addresses: Iterable[Address]) -> Iterator[Address]:
    """Yield the first URL of each view; registry models are served exactly as the first."""
    alike = tuple(f"registry_{name}" for name in SNIPPETS if name != "institution")
    seen: set[str] = set()
    for address in addresses:
        if address.name not in seen and not address.name.split(":")[0].endswith(alike):
            seen.add(address.name)
            yield address


def is_state_only(address: Address) -> bool:
    policy = POLICIES.get(address.name)
    return policy is not None and policy.reach is Reach.STATE_ONLY


def list_screens(role: str, place: TwoSpaces) -> tuple[User, list[Address]]:
    """Return the account of a role, and the URLs that it opens: all of them for the state administrator."""
    every_url = list({address.path: address for address in every(keys_of(place.own))}.values())
    if role == "state administrator":
        return state_administrator(), every_url
    theirs = [address for address in iter_first_of_each_view(every_url) if not is_state_only(address)]
    if role == "translator":
        UserProfile.objects.update_or_create(user=place.own.editor, defaults={"preferred_language": "es-mx"})
        return place.own.editor, [address for address in theirs if address.name.startswith(TRANSLATING)]
    return getattr(place.own, role), theirs


def find_faults(text: str, official: frozenset[str]) -> set[str]:
    """Return the English and the wrong words of a text on screen."""
    if _ALLOWED.fullmatch(text) or text in official:
        return set()
    return find_english(text) | find_wrong(text)


def read_texts(response: Any) -> list[str]:
    """Return the texts of a response; errors of the scripts' API are read by scripts.

    The preview of an English translation is a public page in English.
    """
    kind = response.headers.get("Content-Type", "")
    if response.streaming or (response.status_code >= REFUSED and "json" in kind):
        return []
    content = response.content.decode("utf-8", "replace")
    return [] if '<html lang="en"' in content else texts_of_response(kind, content)


@dataclass
class Walk:
    """What the roles read: texts, those with faults, and the screens that failed."""

    known: set[str] = field(default_factory=set)
    found: dict[str, tuple[str, str, set[str]]] = field(default_factory=dict)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def open_screens(self, role: str, place: TwoSpaces, official: frozenset[str]) -> int:
        """Open the screens of a role; return how many texts they have."""
        user, screens = list_screens(role, place)
        client = Client(raise_request_exception=False)
        client.force_login(user)
        read = 0
        for screen in screens:
            query = f"?{bulk_query(place.own)}" if screen.name.startswith(BULK) else ""
            response = client.get(screen.path + query)
            if response.status_code >= FAILED:
                self.failed.append((role, screen.path))
            texts = read_texts(response)
            read += len(texts)
            for text in texts:
                if text not in self.known and (faults := find_faults(text, official)):
                    self.found[text] = (role, screen.path, faults)
                self.known.add(text)
        return read


def test_every_screen_is_in_spanish_for_every_role(place):
    """One walk for all roles: the files of the spaces are written once."""
    official = frozenset(SDGTarget.objects.values_list("title", flat=True))
    walk = Walk()

    read = {role: walk.open_screens(role, place, official) for role in ROLES}

    assert walk.failed == []
    assert walk.found == {}
    assert read["state administrator"] > MANY
    assert all(read.values())


def test_the_reader_sees_what_people_read():
    page = """<html lang="es"><p title="Edit">Texto</p><script>Save</script><i lang="en">English</i>
        <img alt="Image"><input type="submit" value="Search"><div data-props='{"label": "Add page"}'></div>
        <script type="application/json">{"STRINGS": ["Delete all pages"], "icon": "plus-inverse"}</script>"""

    assert texts_of_html(page) == ["Edit", "Texto", "Image", "Search", "Add page", "Delete all pages"]
