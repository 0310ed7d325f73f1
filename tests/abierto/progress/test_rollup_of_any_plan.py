"""Invariants of any plan: figures of two decimals, stages, gaps, declared figures, dates, weights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abierto.progress.enums import CountAs, NodeLevel, RollUp
from abierto.progress.figures import Value
from abierto.progress.rollup import Node, Rules, roll_up, walk

pytestmark = pytest.mark.slow

JUNE, JULY = date(2023, 6, 30), date(2023, 7, 31)

percents = st.decimals(0, 100, places=2)
days = st.none() | st.dates(JUNE, JULY)
values = st.builds(Value, percent=percents) | st.sampled_from([Value(), Value(stage="A"), Value(stage="B")])
rulebooks = st.builds(
    Rules, roll_up=st.sampled_from(RollUp), stage=st.sampled_from(CountAs), missing=st.sampled_from(CountAs)
)


def nodes(level: NodeLevel, children: st.SearchStrategy[list[Node]], **more) -> st.SearchStrategy[Node]:
    return st.builds(
        Node,
        level=st.just(level),
        key=st.just("key"),
        code=st.just("1"),
        label=st.just("label"),
        reported_on=days,
        weight=st.decimals(0, 10, places=2),
        children=children.map(tuple),
        **more,
    )


declared = {"declared": st.none() | percents, "declared_on": days}
actions = nodes(NodeLevel.ACTION, st.just([]), value=values)
commitments = nodes(NodeLevel.COMMITMENT, st.lists(actions, max_size=4), **declared)
axes = nodes(NodeLevel.AXIS, st.lists(commitments, max_size=3), **declared)
plans = nodes(NodeLevel.PLAN, st.lists(axes, max_size=3), **declared)


def reversed_throughout(node: Node) -> Node:
    return replace(node, children=tuple(reversed_throughout(child) for child in reversed(node.children)))


@given(plan=plans, rules=rulebooks)
def test_a_computed_figure_is_between_the_figures_it_averages(plan, rules):
    for result in walk(roll_up(plan, rules)):
        if not result.children or result.computed is None:
            continue
        level = {RollUp.COMMITMENTS: NodeLevel.COMMITMENT, RollUp.ACTIONS: NodeLevel.ACTION}.get(result.rule)
        below = (node for child in result.children for node in walk(child) if node.node.level is level)
        averaged = [
            node.effective for node in (below if level else result.children) if node.effective is not None
        ]

        assert 0 <= min(averaged) <= result.computed <= max(averaged) <= 100


@given(plan=plans, rules=rulebooks)
def test_the_order_of_the_children_changes_no_figure(plan, rules):
    given_order, other_order = roll_up(plan, rules), roll_up(reversed_throughout(plan), rules)

    assert (given_order.computed, given_order.effective, given_order.stage, given_order.gap) == (
        other_order.computed,
        other_order.effective,
        other_order.stage,
        other_order.gap,
    )


@given(plan=plans, rules=rulebooks)
def test_there_is_a_computed_figure_or_a_reason_for_its_absence(plan, rules):
    for result in walk(roll_up(plan, rules)):
        assert (result.computed is None) == (result.gap is not None)


@given(plan=plans, rules=rulebooks)
def test_the_effective_figure_is_the_declared_or_the_computed_one(plan, rules):
    for result in walk(roll_up(plan, rules)):
        assert result.effective == (result.node.declared if result.declared_counts else result.computed)
