"""Every route by which content becomes public, tried by each persona without a second person. Prints the
table.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import TestCase

from abierto.accounts.models import User
from abierto.approval.errors import ReviewRefused
from abierto.approval.ledger.audit import find_unapproved
from abierto.approval.models import Approval, ApprovalKind
from abierto.tenancy.access import sees_everything
from abierto.tenancy.provisioning import get_groups, get_or_create_translators, grant_pages
from pages.standard.models import StandardPage
from tests.abierto.approval.newsroom import Newsroom, approve, newsroom, person
from tests.security import routes_around, routes_places, routes_registry, routes_translated
from tests.security.newsdesk import Stage, became_public, public_state, stage, town_hall
from tests.security.public_rows import PublicContent, note_public_content
from tests.security.routes import ROUTES, STATE_RIGHTS, english
from tests.security.writes import Writes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Modules imported to register their routes.
FILED = (routes_around, routes_places, routes_registry, routes_translated)

# The last route is SQL: the triggers are below everything else.
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
    """Return the users to try, among them two with every right that stock Wagtail can give."""
    everything = Group.objects.create(name="Todo")
    everything.permissions.set(room.space.administrators.permissions.all())
    grant_pages(everything, room.home, EVERY_PAGE_PERMISSION)
    return {
        "edita": room.editor,
        "revisa": room.reviewer,
        "ambas": room.both,
        "traduce": person("traductora", get_or_create_translators(room.space, english()).group),
        "todo": person("todo", everything, room.space.reviewers),
        "administra": room.administrator,
        "ayuntamiento": person("ayuntamiento", *town_groups(room)),
        "raíz": person("raiz-que-revisa", room.space.reviewers, is_superuser=True, is_staff=True),
    }


# The permissions of the others are the same code on both databases; these two get past it, down to the
# queries and the triggers.
ON_POSTGRESQL = ("todo", "raíz")


def personas_to_try(room: Newsroom) -> dict[str, User]:
    """Return every user on SQLite, and those with the most rights on PostgreSQL."""
    people = personas(room)
    return people if connection.vendor == "sqlite" else {name: people[name] for name in ON_POSTGRESQL}


def town_groups(room: Newsroom) -> list[Group]:
    """Return the groups of a user with every right below the state level, in a municipality."""
    everything = Group.objects.create(name="Todo, en el ayuntamiento")
    everything.permissions.set(Permission.objects.all())
    grant_pages(everything, room.home, EVERY_PAGE_PERMISSION)
    return [everything, *get_groups(town_hall())]


NO, STATE, PUBLIC = "no", "Estado", "PÚBLICO"


def attempt(place: Stage, user: User, name: str, public: PublicContent) -> str:
    """Try a route and undo it; return whether something became public, and whether by the state's right.

    What is public is read again only where the route changed rows that it is read from.
    """
    with transaction.atomic():
        desk = place.desk(user)
        writes, prepared = Writes(), None
        try:
            with (
                connection.execute_wrapper(writes),
                TestCase.captureOnCommitCallbacks(execute=True),
                transaction.atomic(),
            ):
                prepared = run_route(ROUTES[name](desk))
        except REFUSALS:
            pass
        changed = writes.statements and (prepared is not None or public.has_other_rows())
        out = changed and (became_public(prepared or public.state, public_state()) or any(find_unapproved()))
        its_right = name in STATE_RIGHTS and sees_everything(desk.user) and on_record(desk.user)
        transaction.set_rollback(True)
    return (STATE if its_right else PUBLIC) if out else NO


def on_record(user: User) -> bool:
    """Check whether the last row of the ledger names the user of a change without drafts."""
    last = Approval.objects.first()
    return last is not None and last.kind == ApprovalKind.DIRECT and last.approver == user


def run_route(steps: object) -> dict[Any, Any] | None:
    """Run a route to its end; return the public content after its preparations, if it has any."""
    if not isinstance(steps, Iterator):
        return None
    prepared = None
    for _ in steps:
        prepared = public_state()
    return prepared


@pytest.mark.both_databases
def test_no_single_user_can_publish(capsys):
    room = newsroom()
    people = personas_to_try(room)
    place = stage(room)
    public = note_public_content()
    table = {
        (name, who): attempt(place, user, name, public) for name in ROUTES for who, user in people.items()
    }
    honest = [honest_control(place, user) for user in people.values()]

    with capsys.disabled():
        print_table(table, list(people))
    published_by_one = [f"{who}: {name}" for (name, who), out in table.items() if out == PUBLIC]
    assert published_by_one == []
    assert honest == [True] * len(people)


def honest_control(place: Stage, author: User) -> bool:
    """One user writes and another approves: this must always pass."""
    with transaction.atomic():
        desk = place.desk(author)
        reviewer = place.room.both if author == place.room.reviewer else place.room.reviewer
        approve(desk.submit(desk.draft), reviewer)
        live = StandardPage.objects.get(pk=desk.draft.pk).live and not any(find_unapproved())
        transaction.set_rollback(True)
    return live


def print_table(table: dict[tuple[str, str], str], people: list[str]) -> None:
    """Print the tried routes and their results."""
    print(f"\n{'Camino':<56}" + "".join(f"{who:>14}" for who in people))
    for name in ROUTES:
        print(f"{name:<56}" + "".join(f"{table[name, who]:>14}" for who in people))
    print(
        "«Estado»: se ve al guardarlo; solo el equipo estatal, con renglón en el libro y aviso a los demás."
    )
    print(f"live alone: {list(table.values()).count(PUBLIC)}")


# Closed by a setting or by Wagtail, not by the guard: they publish nothing even without it.
LEAD_NOWHERE = {
    "3c aprobar lo propio, en el formulario de edición",
    "15-18 interfaz de escritura",
    "20 editar mientras otra persona aprueba",
    "24 apagar la revisión pendiente",  # refused where the workflow ends (``review.finish``)
    "30 traducir lo público",
}


def test_every_route_publishes_without_the_guards(no_guard):
    room = newsroom()
    # A reviewer gains nothing by granting herself the role.
    users = (personas(room)["raíz"], room.superuser)
    place = stage(room)
    public = note_public_content()

    nowhere = {name for name in ROUTES if all(attempt(place, user, name, public) == NO for user in users)}

    assert nowhere == LEAD_NOWHERE
