"""The order of the test files in a run with several workers.

A worker runs whole files, so that what a file prepares once (an installed portal, a loaded demo, shared rows)
is prepared in one process. The longest files come first, so that both workers end together; those with a
browser come last, since Playwright's event loop then stays in the process.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

#: Files of more than half a minute, the longest first. Those with slow tests follow, then the others.
LONGEST = (
    "tests/repository/test_install.py",
    "tests/security/test_isolation.py",
    "tests/security/test_four_eyes_routes.py",
    "tests/security/test_fuzz.py",
    "tests/releases/test_new_database.py",
    "tests/security/test_walk.py",
    "tests/security/test_side_channels.py",
    "tests/security/test_tribunals.py",
    "tests/security/test_private_data_routes.py",
    "tests/abierto/demo/test_english.py",
    "tests/repository/test_recipe.py",
    "tests/language/test_admin_screens.py",
    "tests/releases/test_releases.py",
    "tests/abierto/operations/test_database_move.py",
    "tests/bench/test_faults.py",
    "tests/search/test_no_longer_public_in_workers.py",
    "tests/concurrency/test_simultaneous.py",
    "tests/templates/test_admin_accessibility.py",
    "tests/browser_journeys/test_every_page.py",
    "tests/browser_journeys/test_update.py",
    "tests/browser_journeys/test_quarterly_report.py",
    "tests/browser_journeys/test_rulings.py",
    "tests/browser_journeys/test_empty_portal.py",
    "tests/browser_journeys/test_municipal_road.py",
    "tests/browser_journeys/test_imports.py",
    "tests/browser_journeys/test_translating.py",
    "tests/browser_journeys/test_private_data.py",
)
COSTLY_MARKS = ("slow", "elasticsearch")


def file_of(item: pytest.Item) -> str:
    return item.nodeid.split("::", 1)[0]


def order_by_cost(items: list[pytest.Item]) -> None:
    """Sort the tests by their files: the longest first, in a browser last; a file stays as collected."""
    costly = {file_of(item) for item in items if any(map(item.get_closest_marker, COSTLY_MARKS))}
    in_a_browser = {file_of(item) for item in items if item.get_closest_marker("browser")}
    places = {path: place for place, path in enumerate(LONGEST)}

    def cost(item: pytest.Item) -> tuple[bool, int, bool]:
        path = file_of(item)
        return path in in_a_browser, places.get(path, len(places)), path not in costly

    items.sort(key=cost)


def make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """Return a scheduler that hands out whole files in the order of the collection."""
    config.option.loadscopereorder = False
    return LoadFileScheduling(config, log)
