"""Every way by which content becomes public, tried by every persona alone. It prints the table."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import TestCase
from wagtail.models import Page, PagePermissionTester

from abierto.accounts.models import User
from abierto.editorial import mixins, review
from abierto.editorial.audit import unapproved_live
from abierto.editorial.errors import ReviewRefused
from abierto.editorial.imports import imported
from abierto.editorial.mixins import FourEyesPage
from abierto.tenancy.provisioning import grant_pages
from pages.standard import StandardPage
from tests.abierto.editorial.nets import without_net
from tests.abierto.editorial.newsroom import Newsroom, approve, newsroom, person
from tests.security.newsdesk import Desk, Stage, came_out, public_state, stage
from tests.security.routes import ROUTES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# The last is the database's own: its net is under everything else.
REFUSALS = (PermissionDenied, ReviewRefused, IntegrityError)
EVERY_PAGE_PERMISSION = (
    "add_page",
    "change_page",
    "publish_page",
    "lock_page",
    "unlock_page",
    "bulk_delete_page",
)


def personas(room: Newsroom) -> dict[str, User]:
    """Return everybody who tries, among them two who have every right that stock Wagtail can give."""
    everything = Group.objects.create(name="Todo")
    everything.permissions.set(room.space.administrators.permissions.all())
    grant_pages(everything, room.home, EVERY_PAGE_PERMISSION)
    return {
        "edita": room.editor,
        "revisa": room.reviewer,
        "ambas": room.both,
        "todo": person("todo", everything, room.space.reviewers),
        "administra": room.administrator,
        "raíz": person("raiz-que-revisa", room.space.reviewers, is_superuser=True, is_staff=True),
    }


def attempt(place: Stage, user: User, way: Callable[[Desk], object]) -> bool:
    """Try one way and undo it; say whether something came out."""
    with transaction.atomic():
        desk = place.desk(user)
        before = public_state()
        try:
            with transaction.atomic(), TestCase.captureOnCommitCallbacks(execute=True):
                before = go(way(desk)) or before
        except REFUSALS:
            pass
        out = came_out(before, public_state()) or any(unapproved_live())
        transaction.set_rollback(True)
    return out


def go(steps: object) -> dict[Any, Any] | None:
    """Take a way to its end; return what was public when its preparations ended, if it has any."""
    if not isinstance(steps, Iterator):
        return None
    prepared = None
    for _ in steps:
        prepared = public_state()
    return prepared


def test_nothing_goes_live_on_one_persons_word(capsys):
    room = newsroom()
    people = personas(room)
    place = stage(room)
    table = {
        (name, who): attempt(place, user, way) for name, way in ROUTES.items() for who, user in people.items()
    }
    honest = [honest_control(place, user) for user in people.values()]

    with capsys.disabled():
        print_table(table, list(people))
    alone = [f"{who}: {name}" for (name, who), out in table.items() if out]
    assert alone == []
    assert honest == [True] * len(people)


def honest_control(place: Stage, author: User) -> bool:
    """One writes and another approves: this must always pass."""
    with transaction.atomic():
        desk = place.desk(author)
        reviewer = place.room.both if author == place.room.reviewer else place.room.reviewer
        approve(desk.submit(desk.draft), reviewer)
        live = StandardPage.objects.get(pk=desk.draft.pk).live and not any(unapproved_live())
        transaction.set_rollback(True)
    return live


def print_table(table: dict[tuple[str, str], bool], people: list[str]) -> None:
    """Show what was tried and what came out of it."""
    print(f"\n{'Camino':<52}" + "".join(f"{who:>12}" for who in people))
    for name in ROUTES:
        cells = ("PÚBLICO" if table[name, who] else "no" for who in people)
        print(f"{name:<52}" + "".join(f"{cell:>12}" for cell in cells))
    print(f"live alone: {sum(table.values())}")


# Closed by a setting or by Wagtail itself, not by the guard: they lead nowhere even without it.
LEAD_NOWHERE = {"20 editar mientras otra persona aprueba", "30 traducir lo público"}


@pytest.fixture
def no_guard(monkeypatch):
    """Wagtail as it comes: nobody asks who wrote what."""
    monkeypatch.setattr(
        FourEyesPage, "permissions_for_user", lambda page, user: PagePermissionTester(user, page)
    )
    monkeypatch.setattr(FourEyesPage, "copy", Page.copy)
    monkeypatch.setattr(mixins, "is_settled", lambda subject, revision: False)
    monkeypatch.setattr(review, "may_approve", lambda state, user: True)
    monkeypatch.setattr(review, "approve", lambda *args: None)
    with imported("Sin guardia"), without_net():
        yield


def test_every_way_leads_out_when_nobody_guards_it(no_guard):
    room = newsroom()
    user = personas(room)["raíz"]
    place = stage(room)

    nowhere = {name for name, way in ROUTES.items() if not attempt(place, user, way)}

    assert nowhere == LEAD_NOWHERE
