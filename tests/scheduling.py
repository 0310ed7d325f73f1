"""The order of the test files in a run with several workers.

A worker runs whole files, so that what a file prepares once (an installed portal, a loaded demo, shared rows)
is prepared in one process. The longest files are first, and both workers end together.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

#: Files of more than half a minute, the longest first; then those with slow tests, then the others.
LONGEST = (
    "tests/repository/test_install.py",
    "tests/security/test_isolation.py",
    "tests/security/test_four_eyes_routes.py",
    "tests/browser_journeys/test_quarterly_report.py",
    "tests/security/test_fuzz.py",
    "tests/language/test_admin_screens.py",
    "tests/browser_journeys/test_every_page.py",
    "tests/browser_journeys/test_update.py",
    "tests/browser_journeys/test_saving.py",
    "tests/search/test_no_longer_public_in_workers.py",
    "tests/security/test_walk.py",
    "tests/abierto/approval/review/test_completeness.py",
    "tests/browser_journeys/test_outline.py",
    "tests/browser_journeys/test_bad_input.py",
    "tests/browser_journeys/test_report.py",
    "tests/browser_journeys/test_second_factor.py",
    "tests/browser_journeys/test_citizen.py",
    "tests/concurrency/test_simultaneous.py",
)
COSTLY_MARKS = ("slow", "browser", "elasticsearch")


def file_of(item: pytest.Item) -> str:
    return item.nodeid.split("::", 1)[0]


def order_by_cost(items: list[pytest.Item]) -> None:
    """Sort the tests by their files: the longest first; within a file they stay as collected."""
    costly = {file_of(item) for item in items if any(item.get_closest_marker(mark) for mark in COSTLY_MARKS)}
    places = {path: place for place, path in enumerate(LONGEST)}

    def cost(item: pytest.Item) -> tuple[int, bool]:
        path = file_of(item)
        return places.get(path, len(places)), path not in costly

    items.sort(key=cost)


def make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """Return a scheduler that hands out whole files in the order of the collection."""
    config.option.loadscopereorder = False
    return LoadFileScheduling(config, log)
