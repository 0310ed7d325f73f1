"""The list of Sustainable Development Goals: reading, loading and finding a code in it."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from abierto.registry.models import SDGGoal, SDGTarget

DATA = Path(__file__).parent / "data" / "sdg.toml"

_SEPARATORS = r"[.,;\s]"
_CODE = re.compile(rf"([0-9]{{1,2}})(?:{_SEPARATORS}+([0-9]{{1,2}})|{_SEPARATORS}*([a-d]))", re.ASCII)


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal and its targets, by code, in the order of the list."""

    number: int
    title: str
    targets: dict[str, str]


@lru_cache(maxsize=1)
def goals() -> tuple[Goal, ...]:
    """Return the 17 goals with their 169 targets from the data file."""
    with DATA.open("rb") as file:
        rows = tomllib.load(file)["goal"]
    return tuple(Goal(row["number"], row["title"], row["targets"]) for row in rows)


@lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    """Return the codes of all targets."""
    return frozenset(code for goal in goals() for code in goal.targets)


def normalise_code(text: str) -> str | None:
    """Return the code of the target written as ``text``; None if the list has none.

    Documents write «16,6», «16,.b» or «5b»: separators are normalised, digits never. «216.6» is not in the
    list and stays unknown, although it may be easy to guess.
    """
    match = _CODE.fullmatch(text.strip().strip(".,;").strip().lower())
    if match is None:
        return None
    goal, number, letter = match.groups()
    code = f"{goal}.{number or letter}"
    return code if code in codes() else None


def load_sdg() -> int:
    """Write goals and targets to the database and return the number of targets.

    Repeating it updates titles and adds nothing.
    """
    SDGGoal.objects.bulk_create(
        [SDGGoal(number=goal.number, title=goal.title) for goal in goals()],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["title"],
    )
    targets = [
        SDGTarget(code=code, goal_id=goal.number, title=title, order=order)
        for goal in goals()
        for order, (code, title) in enumerate(goal.targets.items(), start=1)
    ]
    SDGTarget.objects.bulk_create(
        targets,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["goal", "title", "order"],
    )
    return len(targets)
