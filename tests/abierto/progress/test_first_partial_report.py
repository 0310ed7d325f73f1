"""The published report reproduced figure by figure. Its numbers are the specification."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abierto.progress.enums import CountAs, NodeLevel, RollUp
from abierto.progress.rollup import Node, Result, Rules, roll_up, walk
from abierto.progress.rounding import half_up, plain

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(first_report: Node) -> Result:
    return roll_up(first_report, Rules())


def at(report: Result, level: NodeLevel) -> list[Result]:
    return [result for result in walk(report) if result.node.level is level]


def by_code(report: Result) -> dict[str, Result]:
    return {result.node.code: result for result in walk(report)}


def figures(report: Result) -> dict[str, tuple[object, ...]]:
    return {
        str(result.node.key): (
            result.computed,
            result.effective,
            result.differs,
            result.stage,
            result.declared_counts,
            result.gap,
        )
        for result in walk(report)
    }


def shuffled(node: Node, draw) -> Node:
    children = draw(st.permutations([shuffled(child, draw) for child in node.children]))
    return replace(node, children=tuple(children))


def test_it_has_seven_axes_thirteen_commitments_and_thirty_three_actions(report):
    counts = [len(at(report, level)) for level in NodeLevel]

    assert counts == [1, 7, 13, 33]


def test_the_seven_axes_compute_to_what_was_declared(report):
    axes = at(report, NodeLevel.AXIS)

    assert [plain(axis.computed, 0) for axis in axes] == ["51", "35", "65", "33", "42", "30", "56"]
    assert [half_up(axis.computed) for axis in axes] == [axis.node.declared for axis in axes]


def test_only_three_commitments_and_the_plan_differ(report):
    differences = [
        (result.node.code or "plan", plain(result.node.declared), plain(result.computed))
        for result in walk(report)
        if result.differs
    ]

    assert differences == [
        ("plan", "42", "44.57"),
        ("1.5", "23", "36.25"),
        ("2.1", "35", "33.5"),
        ("5.1", "42", "46.25"),
    ]


def test_ten_of_the_thirteen_commitments_do_not_differ(report):
    same = [result.node.code for result in at(report, NodeLevel.COMMITMENT) if not result.differs]

    assert same == ["1.1", "1.2", "1.3", "1.4", "3.1", "3.2", "3.3", "4.1", "6.1", "7.1"]


@pytest.mark.parametrize(
    ("code", "computed"),
    [("1.1", "30"), ("1.2", "0"), ("3.2", "61"), ("4.1", "33.33"), ("7.1", "56"), ("1", "50.6")],
)
def test_the_computed_figure_of_a_node(report, code, computed):
    assert plain(by_code(report)[code].computed) == computed


def test_fifty_eight_percent_are_left(report):
    assert report.left == 58


def test_the_declared_figures_are_the_effective_ones(report):
    declared = [result for result in walk(report) if result.node.declared is not None]

    assert len(declared) == 20
    assert all(result.declared_counts and result.effective == result.node.declared for result in declared)


def test_a_commitment_without_a_declared_figure_uses_its_computed_one(report):
    programme = by_code(report)["1.2"]

    assert programme.effective == programme.computed == 0
    assert not programme.declared_counts


def test_three_actions_have_a_stage_and_one_commitment_only_that(report):
    stages = {result.node.code: result.stage for result in walk(report) if result.stage}

    assert stages == {
        "1.1.2": "En etapa de diseño de las encuestas",
        "1.2": "En etapa de diseño del programa",
        "1.2.1": "En etapa de diseño del programa",
        "1.5.4": "En etapa de diseño de las mesas",
    }


def test_the_notes_are_kept(report):
    noted = [result.node.code for result in walk(report) if result.node.note]

    assert noted == ["3.2.1", "3.3.1", "4.1.1", "4.1.3", "5.1.4", "7.1.1", "7.1.2"]


def test_excluding_stages_changes_their_means(first_report):
    left_out = by_code(roll_up(first_report, Rules(stage=CountAs.LEFT_OUT)))

    assert plain(left_out["1.1"].computed) == "60"
    assert left_out["1.2"].computed is None
    assert plain(left_out["1.5"].computed) == "48.33"
    # 1.2 is left out of its axis: (30 + 100 + 100 + 23) ÷ 4.
    assert plain(left_out["1"].computed) == "63.25"


@pytest.mark.parametrize(
    ("rule", "plan"),
    # 644 over thirteen commitments; 1666 over thirty-three actions.
    [(RollUp.CHILDREN, "44.57"), (RollUp.COMMITMENTS, "49.54"), (RollUp.ACTIONS, "50.48")],
)
def test_the_rule_decides_the_figure_of_the_plan(first_report, rule, plan):
    assert plain(roll_up(first_report, Rules(roll_up=rule)).computed) == plan


@given(data=st.data(), rule=st.sampled_from(RollUp))
def test_no_figure_depends_on_the_order(first_report, data, rule):
    rules = Rules(roll_up=rule)

    assert figures(roll_up(shuffled(first_report, data.draw), rules)) == figures(roll_up(first_report, rules))


def test_without_declared_figures_the_plan_is_the_mean_of_means(first_report):
    def undeclared(node: Node) -> Node:
        return replace(node, declared=None, children=tuple(undeclared(child) for child in node.children))

    plan = roll_up(undeclared(first_report), Rules())

    axes = [Decimal("53.25"), Decimal("33.5"), Decimal(65), Decimal(100) / 3, Decimal("46.25"), 30, 56]
    assert half_up(plan.computed, 10) == half_up(sum(axes) / 7, 10)
    assert not any(result.differs for result in walk(plan))
