"""A municipal editor's screens read the rows of its own space: the work is the same with more municipalities.

Counted are the steps of SQLite, which are the same on every run and machine, not the time.
"""

import pytest

from abierto.approval.ledger.imports import imported
from abierto.demo.loader.registry import load_municipalities
from abierto.spaces.empty_portal import build_empty_portal
from bench import tenancy
from search import admin_backend

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TOWNS, PAGES = 4, 40
MOST_TIMES_MORE = 1.3
#: The roots of all spaces, which some screens read; in hundreds of steps for each town more.
STEPS_FOR_A_TOWN = 2
#: It finds the public pages of all, so that it may do as many times more as there are towns.
LINK_SEARCH = "page chooser, search"
#: Words that are in every page and file, as in a portal with many more of them.
MANY_MATCHES = 20


def test_screens_of_an_editor_do_not_read_what_other_towns_have(monkeypatch):
    monkeypatch.setattr(admin_backend, "MANY_MATCHES", MANY_MATCHES)
    build_empty_portal()
    with imported(tenancy.REASON):
        load_municipalities()
    own, *others = tenancy.list_codes(TOWNS)
    tenancy.add_towns([own], PAGES)
    screens = tenancy.Screens()
    alone = {name: screens.count_steps(name) for name in screens.addresses}

    tenancy.add_towns(others, PAGES)

    screens = tenancy.Screens()
    together = {name: screens.count_steps(name) for name in screens.addresses}
    assert {
        name: (steps, together[name]) for name, steps in alone.items() if together[name] > limit(name, steps)
    } == {}


def limit(name: str, alone: int) -> float:
    """Return how many hundreds of steps a screen may take with all towns."""
    times = TOWNS if name == LINK_SEARCH else MOST_TIMES_MORE
    return alone * times + STEPS_FOR_A_TOWN * (TOWNS - 1)
