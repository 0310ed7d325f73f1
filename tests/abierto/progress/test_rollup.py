from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from abierto.progress.enums import CountAs, Gap, NodeLevel, RollUp
from abierto.progress.figures import Value
from abierto.progress.rollup import Node, Rules, differs, roll_up, walk
from abierto.progress.rounding import plain

LEFT_OUT = Rules(stage=CountAs.LEFT_OUT, missing=CountAs.LEFT_OUT)
JUNE, JULY = date(2023, 6, 30), date(2023, 7, 31)


def action(reported: str = "", weight: str = "1", reported_on: date | None = None) -> Node:
    """An action with a percentage ("40"), a stage ("En diseño") or nothing ("")."""
    value = Value(percent=Decimal(reported)) if reported.isdigit() else Value(stage=reported)
    return Node(
        NodeLevel.ACTION, reported, reported, reported, value, weight=Decimal(weight), reported_on=reported_on
    )


def above(level: NodeLevel, *children: Node, declared: str = "", on: date | None = None, **more) -> Node:
    figure = Decimal(declared) if declared else None
    return Node(level, "above", "", "above", declared=figure, declared_on=on, children=children, **more)


def commitment(*children: Node, **more) -> Node:
    return above(NodeLevel.COMMITMENT, *children, **more)


def computed(node: Node, rules: Rules) -> str | None:
    figure = roll_up(node, rules).computed
    return None if figure is None else plain(figure)


class TestAnAction:
    def test_its_percentage_is_its_figure(self):
        result = roll_up(action("40"), Rules())

        assert (result.computed, result.effective, result.stage) == (40, 40, "")

    @pytest.mark.parametrize(("counts_as", "figure"), [(CountAs.ZERO, "0"), (CountAs.LEFT_OUT, None)])
    def test_a_stage_counts_as_the_plan_sets_and_keeps_its_text(self, counts_as, figure):
        assert computed(action("En diseño"), Rules(stage=counts_as)) == figure
        assert roll_up(action("En diseño"), Rules(stage=counts_as)).stage == "En diseño"

    @pytest.mark.parametrize(("counts_as", "figure"), [(CountAs.ZERO, "0"), (CountAs.LEFT_OUT, None)])
    def test_missing_counts_as_the_plan_says(self, counts_as, figure):
        assert computed(action(""), Rules(missing=counts_as)) == figure

    def test_the_rules_for_stage_and_missing_do_not_touch_each_other(self):
        rules = Rules(stage=CountAs.LEFT_OUT, missing=CountAs.ZERO)

        assert computed(commitment(action("60"), action("En diseño"), action("")), rules) == "30"


class TestTheMean:
    def test_what_is_left_out_does_not_lower_it(self):
        assert computed(commitment(action("60"), action("En diseño"), action("")), LEFT_OUT) == "60"

    def test_with_everything_left_out_there_is_none(self):
        result = roll_up(commitment(action("En diseño"), action("")), LEFT_OUT)

        assert (result.computed, result.effective, result.gap) == (None, None, Gap.LEFT_OUT)

    def test_a_child_without_figure_is_left_out_above(self):
        empty = commitment(action(""))
        axis = above(NodeLevel.AXIS, empty, commitment(action("80")))

        assert computed(axis, LEFT_OUT) == "80"

    def test_it_is_taken_over_what_was_declared_below(self):
        axis = above(NodeLevel.AXIS, commitment(action("10"), declared="50"), commitment(action("30")))

        assert computed(axis, Rules()) == "40"

    def test_thirds_and_sevenths_add_up_to_the_same_in_any_order(self):
        parts = [
            commitment(action("100"), *[action()] * (size - 1)) for size in (3, 7, 3, 9, 11, 13, 3, 7, 17, 19)
        ]
        orders = (
            parts,
            parts[::-1],
            parts[5:] + parts[:5],
            sorted(parts, key=lambda part: len(part.children)),
        )

        assert len({roll_up(above(NodeLevel.AXIS, *order), Rules()).computed for order in orders}) == 1

    def test_three_equal_thirds_give_the_same_third(self):
        third = commitment(action("100"), action(), action())
        axis = above(NodeLevel.AXIS, third, third, third)

        assert roll_up(axis, Rules()).computed == roll_up(third, Rules()).computed


class TestTheRule:
    plan = above(
        NodeLevel.PLAN,
        above(NodeLevel.AXIS, commitment(action("100"), action("0"), action("20")), declared="90"),
        above(NodeLevel.AXIS, commitment(action("60")), commitment(action("80"), declared="70")),
    )

    @pytest.mark.parametrize(
        ("rule", "figure"),
        # Axes 90 and 65; commitments 40, 60 and 70; actions 100, 0, 20, 60 and 80.
        [(RollUp.CHILDREN, "77.5"), (RollUp.COMMITMENTS, "56.67"), (RollUp.ACTIONS, "52")],
    )
    def test_the_rule_sets_what_the_plan_averages(self, rule, figure):
        assert computed(self.plan, Rules(roll_up=rule)) == figure

    def test_by_commitments_a_commitment_is_the_mean_of_its_actions(self):
        result = roll_up(commitment(action("10"), action("20")), Rules(roll_up=RollUp.COMMITMENTS))

        assert (result.computed, result.rule) == (15, RollUp.ACTIONS)

    @pytest.mark.parametrize("rule", RollUp)
    def test_the_result_names_the_rule_it_followed(self, rule):
        assert roll_up(self.plan, Rules(roll_up=rule)).rule is rule

    @pytest.mark.parametrize("rule", [RollUp.COMMITMENTS, RollUp.ACTIONS])
    def test_without_anything_of_that_level_below_there_is_no_figure(self, rule):
        plan = above(NodeLevel.PLAN, above(NodeLevel.AXIS, declared="50"))
        result = roll_up(plan, Rules(roll_up=rule))

        assert (result.computed, result.gap) == (None, Gap.NOTHING_BELOW)


class TestWeights:
    rules = Rules(roll_up=RollUp.WEIGHTED)

    def test_they_weigh_the_children(self):
        assert computed(commitment(action("100", weight="3"), action("20")), self.rules) == "80"

    def test_weights_are_ignored_by_another_rule(self):
        assert computed(commitment(action("100", weight="3"), action("20")), Rules()) == "60"

    def test_an_action_with_weight_zero_is_left_out(self):
        assert computed(commitment(action("100", weight="0"), action("20")), self.rules) == "20"

    def test_the_weight_of_what_is_left_out_does_not_count(self):
        rules = replace(LEFT_OUT, roll_up=RollUp.WEIGHTED)

        assert computed(commitment(action("50"), action("En diseño", weight="9")), rules) == "50"

    def test_weights_that_sum_to_zero_give_no_figure_with_a_reason(self):
        result = roll_up(commitment(action("50", weight="0"), action("60", weight="0")), self.rules)

        assert (result.computed, result.effective, result.gap) == (None, None, Gap.NO_WEIGHT)

    @pytest.mark.parametrize("weight", ["-1", "NaN", "Infinity"])
    def test_an_invalid_weight_is_refused(self, weight):
        with pytest.raises(ValueError, match=f"the weight of 50 cannot be {weight}"):
            action("50", weight=weight)


class TestTheDeclaredFigure:
    @pytest.mark.parametrize("declared", ["-1", "100.5", "NaN"])
    def test_it_is_between_0_and_100(self, declared):
        with pytest.raises(ValueError, match="declared for above must be between 0 and 100"):
            commitment(declared=declared)

    def test_it_overrides_the_computed_figure(self):
        result = roll_up(commitment(action("10"), declared="50"), Rules())

        assert (result.computed, result.effective, result.declared_counts) == (10, 50, True)

    def test_a_declared_zero_counts(self):
        assert roll_up(commitment(action("10"), declared="0"), Rules()).effective == 0

    def test_a_newer_report_below_makes_it_expire_but_it_is_still_shown(self):
        result = roll_up(commitment(action("10", reported_on=JULY), declared="50", on=JUNE), Rules())

        assert (result.effective, result.declared_counts) == (10, False)
        assert (result.node.declared, result.differs) == (50, True)

    def test_reported_on_the_same_day_it_counts(self):
        result = roll_up(commitment(action("10", reported_on=JULY), declared="50", on=JULY), Rules())

        assert result.effective == 50

    def test_a_single_newer_report_makes_it_expire(self):
        rows = [action("10", reported_on=day) for day in (None, JUNE, JULY, JUNE)]

        assert not roll_up(commitment(*rows, declared="50", on=JUNE), Rules()).declared_counts

    def test_a_report_far_below_makes_the_plan_expire(self):
        held = commitment(action("10", reported_on=JULY), declared="20", on=JULY)
        plan = above(
            NodeLevel.PLAN, above(NodeLevel.AXIS, held, declared="60", on=JUNE), declared="70", on=JUNE
        )

        assert [result.effective for result in walk(roll_up(plan, Rules()))] == [20, 20, 20, 10]

    def test_a_newer_report_on_the_node_itself_does_not_make_it_expire(self):
        node = commitment(action("10", reported_on=JUNE), declared="50", on=JUNE, reported_on=JULY)

        assert roll_up(node, Rules()).declared_counts

    def test_a_report_in_another_branch_does_not_make_it_expire(self):
        quiet = commitment(action("10", reported_on=JUNE), declared="50", on=JUNE)
        axis = above(NodeLevel.AXIS, quiet, commitment(action("30", reported_on=JULY)))

        assert roll_up(axis, Rules()).children[0].declared_counts

    def test_without_a_date_it_always_counts(self):
        assert roll_up(commitment(action("10", reported_on=JULY), declared="50"), Rules()).declared_counts

    def test_a_node_without_a_declared_figure_has_none_that_counts(self):
        assert not roll_up(commitment(action("10")), Rules()).declared_counts


class TestDiffers:
    @pytest.mark.parametrize(
        ("declared", "figure"),
        [
            ("33", "33.3333"),
            ("51", "50.6"),
            ("51", "50.5"),
            ("33.3", "33.3333"),
            ("33.00", "33.3333"),
            ("0", "0.4"),
        ],
    )
    def test_a_figure_that_rounds_to_the_declared_one_does_not_differ(self, declared, figure):
        assert not differs(Decimal(declared), Decimal(figure))

    @pytest.mark.parametrize(
        ("declared", "figure"),
        [
            ("35", "33.5"),
            ("33", "33.5"),
            ("42", "44.57"),
            ("33.34", "33.3333"),
            ("33.5", "33"),
            ("50", "50.5"),
        ],
    )
    def test_any_other_figure_differs(self, declared, figure):
        assert differs(Decimal(declared), Decimal(figure))

    def test_an_exact_half_computed_from_thirds_is_a_half(self):
        third = commitment(action("100"), action(), action())
        axis = above(NodeLevel.AXIS, third, third, third, commitment(action("34")), declared="34")

        assert not roll_up(axis, Rules()).differs

    def test_with_only_one_figure_there_is_no_difference(self):
        undeclared = roll_up(commitment(action("10")), Rules())
        uncomputed = roll_up(commitment(action(""), declared="50"), LEFT_OUT)

        assert not undeclared.differs
        assert not uncomputed.differs

    def test_a_declared_figure_with_nothing_below_is_not_contradicted(self):
        result = roll_up(commitment(declared="50"), Rules())

        assert (result.computed, result.effective, result.differs) == (None, 50, False)
        assert result.gap is Gap.NOTHING_BELOW


class TestTheStage:
    @pytest.mark.parametrize(
        ("actions", "stage"),
        [
            (["En diseño"], "En diseño"),
            (["En diseño", ""], "En diseño"),
            (["En diseño", "En diseño"], "En diseño"),
            (["En diseño", "En consulta"], ""),
            (["En diseño", "0"], ""),
            (["En diseño", "60"], ""),
            (["", ""], ""),
            ([], ""),
        ],
    )
    def test_a_commitment_shows_the_only_stage_it_has(self, actions, stage):
        assert roll_up(commitment(*map(action, actions)), Rules()).stage == stage

    def test_its_own_stage_goes_first(self):
        node = commitment(action("En diseño"), value=Value(stage="Suspendido"))

        assert roll_up(node, Rules()).stage == "Suspendido"

    def test_an_axis_does_not_take_the_stage_of_its_commitment(self):
        assert roll_up(above(NodeLevel.AXIS, commitment(action("En diseño"))), Rules()).stage == ""


class TestData:
    @pytest.mark.parametrize(
        "node",
        [
            action("0"),
            action("En diseño"),
            commitment(action(""), action("0")),
            commitment(action(""), declared="0"),
            above(NodeLevel.AXIS, commitment(action("")), commitment(action("En diseño"))),
        ],
    )
    def test_a_figure_or_a_stage_anywhere_below_is_data(self, node):
        assert roll_up(node, Rules()).has_data

    @pytest.mark.parametrize(
        "node", [action(""), commitment(), above(NodeLevel.AXIS, commitment(action("")))]
    )
    def test_nothing_reported_is_no_data_even_where_it_counts_as_zero(self, node):
        result = roll_up(node, Rules())

        assert result.effective == 0
        assert not result.has_data

    def test_without_an_effective_figure_no_percentage_is_left(self):
        assert roll_up(action(""), LEFT_OUT).left is None


def test_walking_goes_depth_first_in_the_given_order():
    plan = above(
        NodeLevel.PLAN, above(NodeLevel.AXIS, commitment(action("2"), action("1"))), above(NodeLevel.AXIS)
    )

    walked = [(result.node.level, result.node.code) for result in walk(roll_up(plan, Rules()))]

    assert walked == [
        (NodeLevel.PLAN, ""),
        (NodeLevel.AXIS, ""),
        (NodeLevel.COMMITMENT, ""),
        (NodeLevel.ACTION, "2"),
        (NodeLevel.ACTION, "1"),
        (NodeLevel.AXIS, ""),
    ]
