"""Compute the figures of every node of a plan, from its actions upwards.

*Computed* is a mean of the **effective** figures below a node. *Effective* is the declared figure while it
counts, otherwise the computed one. Declared and computed figure *differ* if the computed one, rounded to the
decimals of the declared one, is not equal to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, localcontext
from uuid import UUID

from abierto.progress.enums import CountAs, Gap, NodeLevel, RollUp
from abierto.progress.figures import HUNDRED, MISSING, ZERO, Value, check_percent
from abierto.progress.rounding import half_up, places_of

# Sums are exact, so the order of the children does not affect a figure; the mean is rounded once, with more
# digits than any view shows.
_EXACT = Context(prec=100)
_MEAN = Context(prec=28)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules by which a plan computes its figures."""

    roll_up: RollUp = RollUp.CHILDREN
    stage: CountAs = CountAs.ZERO
    missing: CountAs = CountAs.ZERO


@dataclass(frozen=True, slots=True)
class Node:
    """The reported values of a plan, axis, commitment or action.

    ``value`` is used only for a node without children. ``reported_on`` is the date of the last report about
    the node itself, ``declared_on`` that of its declared figure.
    """

    level: NodeLevel
    key: UUID | str
    code: str
    label: str
    value: Value = MISSING
    declared: Decimal | None = None
    declared_on: date | None = None
    reported_on: date | None = None
    weight: Decimal = Decimal(1)
    note: str = ""
    children: tuple[Node, ...] = ()

    def __post_init__(self) -> None:
        if self.declared is not None:
            check_percent(self.declared, f"the figure declared for {self.code or self.label}")
        if not self.weight.is_finite() or self.weight < 0:
            raise ValueError(f"the weight of {self.code or self.label} cannot be {self.weight}")


@dataclass(frozen=True, slots=True)
class Result:
    """A node with its figures; ``rule`` is the one by which its figure was computed."""

    node: Node
    computed: Decimal | None
    effective: Decimal | None
    differs: bool
    rule: RollUp
    stage: str
    children: tuple[Result, ...] = ()
    declared_counts: bool = False
    gap: Gap | None = None

    @property
    def left(self) -> Decimal | None:
        """Return the percentage left to 100."""
        return None if self.effective is None else HUNDRED - self.effective

    @property
    def has_data(self) -> bool:
        """Check whether the node, or any below it, has a reported value."""
        own = self.node.declared is not None or not self.node.value.is_missing
        return own or any(child.has_data for child in self.children)


def roll_up(node: Node, rules: Rules) -> Result:
    """Return the figures of ``node`` and of all nodes below it."""
    children = tuple(roll_up(child, rules) for child in node.children)
    rule = _rule_for(node.level, rules.roll_up)
    computed, gap = _mean_below(children, rule) if children else _leaf(node, rules)
    counts = declared_counts(node)
    return Result(
        node=node,
        computed=computed,
        effective=node.declared if counts else computed,
        differs=node.declared is not None and computed is not None and differs(node.declared, computed),
        rule=rule,
        stage=_stage(node),
        children=children,
        declared_counts=counts,
        gap=gap,
    )


def differs(declared: Decimal, computed: Decimal) -> bool:
    """Check whether the computed figure, rounded like the declared one, differs from it.

    33.33 does not differ from a declared 33, nor 50.6 from 51; 33.5 differs from 35.
    """
    return half_up(computed, places_of(declared)) != declared


def declared_counts(node: Node) -> bool:
    """Check whether the declared figure of ``node`` is its effective one.

    The rule (docs/decisions): a declared figure no longer counts, though it is still shown, if a node below
    was reported on a later day. Without a date it always counts, as in frozen reports.
    """
    if node.declared is None:
        return False
    newest = _newest_report_below(node)
    return node.declared_on is None or newest is None or newest <= node.declared_on


def walk(result: Result) -> Iterator[Result]:
    """Yield ``result`` and all results below it, depth first."""
    yield result
    for child in result.children:
        yield from walk(child)


def _rule_for(level: NodeLevel, rule: RollUp) -> RollUp:
    """Return the rule for a node; a commitment averages its actions instead of commitments."""
    if level is NodeLevel.COMMITMENT and rule is RollUp.COMMITMENTS:
        return RollUp.ACTIONS
    return rule


def _leaf(node: Node, rules: Rules) -> tuple[Decimal | None, Gap | None]:
    value = node.value
    if value.percent is not None:
        return value.percent, None
    if value.is_missing and node.declared is not None:
        # Not computed as zero, because that would differ from the declared figure.
        return None, Gap.NOTHING_BELOW
    counts_as = rules.stage if value.stage else rules.missing
    return (ZERO, None) if counts_as is CountAs.ZERO else (None, Gap.LEFT_OUT)


def _mean_below(children: Sequence[Result], rule: RollUp) -> tuple[Decimal | None, Gap | None]:
    members = list(_members(children, rule))
    if not members:
        return None, Gap.NOTHING_BELOW
    unit_weight = Decimal(1)
    weighed = [
        (member.effective, member.node.weight if rule is RollUp.WEIGHTED else unit_weight)
        for member in members
        if member.effective is not None
    ]
    if not weighed:
        return None, Gap.LEFT_OUT
    with localcontext(_EXACT):
        total = sum((weight for _, weight in weighed), ZERO)
        summed = sum((figure * weight for figure, weight in weighed), ZERO)
    return (_MEAN.divide(summed, total), None) if total else (None, Gap.NO_WEIGHT)


def _members(children: Iterable[Result], rule: RollUp) -> Iterator[Result]:
    """Yield the nodes whose effective figures the rule averages."""
    if rule in (RollUp.CHILDREN, RollUp.WEIGHTED):
        yield from children
        return
    level = NodeLevel.COMMITMENT if rule is RollUp.COMMITMENTS else NodeLevel.ACTION
    for child in children:
        yield from (below for below in walk(child) if below.node.level is level)


def _newest_report_below(node: Node) -> date | None:
    dates = [
        day
        for child in node.children
        for day in (child.reported_on, _newest_report_below(child))
        if day is not None
    ]
    return max(dates, default=None)


def _stage(node: Node) -> str:
    """Return the node's own stage, or the only stage of a commitment without numbers."""
    if node.value.stage or node.level is not NodeLevel.COMMITMENT:
        return node.value.stage
    if any(child.value.percent is not None or child.declared is not None for child in node.children):
        return ""
    stages = {child.value.stage for child in node.children if child.value.stage}
    return stages.pop() if len(stages) == 1 else ""
