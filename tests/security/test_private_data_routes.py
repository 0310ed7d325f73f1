"""Every route by which content becomes public, with words that may not be: nothing of them is ever public."""

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import TestCase
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from abierto.accounts.models import User
from abierto.approval.confirmations.scanned_version import ScannedVersion
from abierto.approval.confirmations.warnings import find_warnings
from abierto.approval.errors import InvalidVersion, UnconfirmedWarnings
from abierto.approval.ledger.audit import find_unapproved
from abierto.media.models import PortalDocument, PortalImage
from abierto.media.usage import is_in_public_use
from pages.core.base import BasePage
from pages.standard.models import StandardPage
from search.promotions.models import PromotedResult
from tests.abierto.approval.newsroom import approve, newsroom
from tests.abierto.privacy.identities import curp
from tests.security import newsdesk, routes, routes_around, routes_registry, routes_translated
from tests.security.newsdesk import Stage, became_public, named_in_public, public_rows, public_state, stage
from tests.security.routes import ROUTES, STATE_RIGHTS
from tests.security.test_four_eyes_routes import REFUSALS, personas, run_route
from tests.security.writes import Writes

CURP = curp(random.Random(13))
PLATE = "GSX-48-21"
BLOCKED, WARNED = f"Becaria {CURP}", f"Placas {PLATE}"
SPEAKERS = (newsdesk, routes, routes_around, routes_registry, routes_translated)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def public_words() -> Iterator[str]:
    """Yield everything that the public reads, as text."""
    for page in Page.objects.live().specific():
        if isinstance(page, BasePage):
            # The title of the draft is in the row of the public page, and no page shows it.
            yield json.dumps(page.serializable_data() | {"draft_title": ""}, default=str)
    for row in [*public_rows(), *PromotedResult.objects.filter(live=True)]:
        yield json.dumps(row.serializable_data(), default=str)
    for model in (PortalDocument, PortalImage):
        for file in filter(is_in_public_use, model.objects.all()):
            yield " ".join(str(getattr(file, name)) for name in file.public_fields)
    yield from (f"{row.old_path} {row.redirect_link}" for row in Redirect.objects.all())
    yield from Site.objects.values_list("site_name", flat=True)
    yield from (person.public_name for person in named_in_public())


def attempt(place: Stage, user: User, name: str, before: dict[Any, Any], secret: str) -> tuple[bool, bool]:
    """Try a route and undo it; return whether the secret is public, and whether anything else became so."""
    with transaction.atomic():
        desk, writes = place.desk(user), Writes()
        try:
            with (
                connection.execute_wrapper(writes),
                TestCase.captureOnCommitCallbacks(execute=True),
                transaction.atomic(),
            ):
                before = run_route(ROUTES[name](desk)) or before
        except (*REFUSALS, InvalidVersion, UnconfirmedWarnings):
            pass
        wrote = bool(writes.statements)
        is_public = wrote and any(secret in words for words in public_words())
        out = wrote and (became_public(before, public_state()) or any(find_unapproved()))
        transaction.set_rollback(True)
    return is_public, out and name not in STATE_RIGHTS


@pytest.mark.parametrize(("words", "secret"), [(BLOCKED, CURP), (WARNED, PLATE)], ids=["blocks", "warns"])
def test_words_that_may_not_be_public_are_on_no_route(monkeypatch, words, secret):
    for module in SPEAKERS:
        monkeypatch.setattr(module, "OWN_WORDS", words)
    room = newsroom()
    user = personas(room)["raíz"]
    place = stage(room)
    before = public_state()

    table = {name: attempt(place, user, name, before, secret) for name in ROUTES}

    leaks = [name for name, (is_public, _out) in table.items() if is_public]
    alone = [name for name, (_is_public, out) in table.items() if out]
    assert (leaks if secret == CURP else sorted({*leaks} - STATE_RIGHTS), alone) == ([], [])


@pytest.mark.parametrize("words", [BLOCKED, WARNED], ids=["blocks", "warns"])
def test_two_people_together_do_not_publish_them(monkeypatch, words):
    monkeypatch.setattr(newsdesk, "OWN_WORDS", words)
    room = newsroom()
    desk = stage(room).desk(room.editor)

    with pytest.raises((UnconfirmedWarnings, *REFUSALS)), transaction.atomic():
        approve(desk.submit(desk.draft), room.reviewer)

    page = StandardPage.objects.get(pk=desk.draft.pk)
    assert not page.live
    assert connection.in_atomic_block
    assert bool(find_warnings(ScannedVersion(StandardPage(pk=page.pk, summary=words)))) == (words == WARNED)
