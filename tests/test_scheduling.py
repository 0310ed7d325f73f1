"""The order in which the workers of a run take the test files."""

from pathlib import Path
from types import SimpleNamespace

from tests.scheduling import LONGEST, order_by_cost

ROOT = Path(__file__).resolve().parents[1]


def item(nodeid, *marks):
    return SimpleNamespace(nodeid=nodeid, get_closest_marker=lambda name: name in marks)


def test_the_longest_files_exist():
    assert [path for path in LONGEST if not (ROOT / path).is_file()] == []


def test_the_longest_files_come_first_and_those_in_a_browser_last():
    items = [
        item("tests/short_browser.py::test_f", "browser"),
        item(f"{LONGEST[2]}::test_g", "browser"),
        item("tests/quick.py::test_a"),
        item("tests/mixed.py::test_b"),
        item("tests/mixed.py::test_c", "slow"),
        item(f"{LONGEST[1]}::test_d"),
        item(f"{LONGEST[0]}::test_e"),
    ]

    order_by_cost(items)

    assert [one.nodeid.rpartition("_")[2] for one in items] == ["e", "d", "b", "c", "a", "g", "f"]
