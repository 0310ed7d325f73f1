"""A municipal editor's screens read the rows of its own space: the work is the same with more municipalities.

Counted are the steps of SQLite, which are the same on every run and machine, not the time.
"""

import pytest

from abierto.approval.ledger.imports import imported
from abierto.demo.loader.registry import load_municipalities
from abierto.spaces.empty_portal import build_empty_portal
from bench import tenancy

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TOWNS, PAGES = 4, 40
MOST_TIMES_MORE = 1.3
#: The roots of all spaces, which some screens read; in hundreds of steps for each town more.
STEPS_FOR_A_TOWN = 2
#: The index of words is one for all spaces: a search reads its matches in all of them. That for a link also
#: finds the public pages of all, so that it may do as many times more as there are towns.
SEARCHES = "search"


def test_screens_of_an_editor_do_not_read_what_other_towns_have():
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
    times = TOWNS if SEARCHES in name else MOST_TIMES_MORE
    return alone * times + STEPS_FOR_A_TOWN * (TOWNS - 1)
