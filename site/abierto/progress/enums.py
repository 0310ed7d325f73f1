"""The choices of a plan's rules, with parsing from text."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class _Word(StrEnum):
    """Choices that are parsed from text with a given default."""

    @classmethod
    def parse[Default](cls, text: str | None, default: Default) -> Self | Default:
        """Return the member that ``text`` names, whatever its case, else ``default``."""
        try:
            return cls((text or "").strip().lower())
        except ValueError:
            return default


class NodeLevel(_Word):
    """The four levels of a plan, from the whole to the single action."""

    PLAN = "plan"
    AXIS = "axis"
    COMMITMENT = "commitment"
    ACTION = "action"


class RollUp(_Word):
    """The values averaged into the computed figure of a node."""

    CHILDREN = "children"
    COMMITMENTS = "commitments"
    ACTIONS = "actions"
    WEIGHTED = "weighted"


class CountAs(_Word):
    """The value of a node without a number in a mean."""

    ZERO = "zero"
    LEFT_OUT = "left_out"


class Pace(_Word):
    """A figure compared with the one expected on that day."""

    DONE = "done"
    ON = "on"
    LOW = "low"
    STAGE = "stage"
    REPORTED = "reported"
    """There is a figure and nothing to compare it with."""
    NONE = "none"


class Gap(_Word):
    """The reasons why a node has no computed figure."""

    LEFT_OUT = "left_out"
    """Everything it would be the mean of is left out by the plan's rules."""

    NO_WEIGHT = "no_weight"
    """The weights of what counts add up to zero."""

    NOTHING_BELOW = "nothing_below"
    """It holds nothing of the level that the rule takes the mean of."""
