"""The choices of the rules of a plan, which can be parsed from text."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class _Word(StrEnum):
    """Base of choices that are parsed from text with a default."""

    @classmethod
    def parse[Default](cls, text: str | None, default: Default) -> Self | Default:
        """Return the member with this value, case-insensitively, else ``default``."""
        try:
            return cls((text or "").strip().lower())
        except ValueError:
            return default


class NodeLevel(_Word):
    """The level of a node in the tree of a plan."""

    PLAN = "plan"
    AXIS = "axis"
    COMMITMENT = "commitment"
    ACTION = "action"


class RollUp(_Word):
    """The nodes below a node whose figures are averaged into its computed figure."""

    CHILDREN = "children"
    COMMITMENTS = "commitments"
    ACTIONS = "actions"
    WEIGHTED = "weighted"


class CountAs(_Word):
    """How a node without a number counts in a mean."""

    ZERO = "zero"
    LEFT_OUT = "left_out"


class Pace(_Word):
    """The result of comparing a figure with the one expected on its day."""

    DONE = "done"
    ON = "on"
    LOW = "low"
    STAGE = "stage"
    REPORTED = "reported"
    """There is a figure, but no expected one."""
    NONE = "none"


class Gap(_Word):
    """The reasons why a node has no computed figure."""

    LEFT_OUT = "left_out"
    """The rules of the plan leave out all figures below the node."""

    NO_WEIGHT = "no_weight"
    """The weights of the counted figures add up to zero."""

    NOTHING_BELOW = "nothing_below"
    """There is no node of the level that the rule averages."""
