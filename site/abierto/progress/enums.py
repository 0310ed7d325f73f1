"""The words of a plan's rules, as closed lists that can read themselves from text."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class _Word(StrEnum):
    """A closed list of words; text from outside is read with a stated default."""

    @classmethod
    def parse[Default](cls, text: str | None, default: Default) -> Self | Default:
        """Return the member that ``text`` names, whatever its case, else ``default``."""
        try:
            return cls((text or "").strip().lower())
        except ValueError:
            return default


class Level(_Word):
    """The four levels of a plan, from the whole to the single action."""

    PLAN = "plan"
    AXIS = "axis"
    COMMITMENT = "commitment"
    ACTION = "action"


class RollUp(_Word):
    """What the computed figure of a node is the mean of."""

    CHILDREN = "children"
    COMMITMENTS = "commitments"
    ACTIONS = "actions"
    WEIGHTED = "weighted"


class CountAs(_Word):
    """What something without a number counts as when a mean is taken."""

    ZERO = "zero"
    LEFT_OUT = "left_out"


class Pace(_Word):
    """How a figure stands against the one expected on that day."""

    DONE = "done"
    ON = "on"
    LOW = "low"
    STAGE = "stage"
    NONE = "none"


class Gap(_Word):
    """Why a node has no computed figure."""

    LEFT_OUT = "left_out"
    """Everything it would be the mean of is left out by the plan's rules."""

    NO_WEIGHT = "no_weight"
    """The weights of what counts add up to zero."""

    NOTHING_BELOW = "nothing_below"
    """It holds nothing of the level that the rule takes the mean of."""
