from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abierto.progress.calendars import add_months
from abierto.progress.enums import CountAs, NodeLevel, Pace
from abierto.progress.figures import Value
from abierto.progress.pace import compare_pace, due_on, expected_on, find_pace, is_late
from abierto.progress.rollup import Node, Rules, roll_up
from abierto.progress.rounding import half_up

START, END = date(2023, 8, 1), date(2024, 8, 31)
CUTOFF = date(2023, 11, 30)


class TestMonths:
    @pytest.mark.parametrize(
        ("day", "months", "later"),
        [
            (date(2023, 8, 1), 3, date(2023, 11, 1)),
            (date(2023, 11, 30), 3, date(2024, 2, 29)),
            (date(2023, 1, 31), 1, date(2023, 2, 28)),
            (date(2023, 12, 15), 1, date(2024, 1, 15)),
            (date(2024, 2, 29), 12, date(2025, 2, 28)),
            (date(2023, 8, 31), 0, date(2023, 8, 31)),
            (date(2024, 1, 31), -2, date(2023, 11, 30)),
        ],
    )
    def test_it_is_the_same_day_or_the_last_of_the_month(self, day, months, later):
        assert add_months(day, months) == later


class TestExpected:
    def test_the_first_report_of_the_plan_expected_31(self):
        assert half_up(expected_on(CUTOFF, START, END)) == 31

    @pytest.mark.parametrize(
        ("day", "figure"),
        [
            (START - timedelta(days=1), 0),
            (START, 0),
            (date(2024, 2, 15), 50),
            (END, 100),
            (END + timedelta(days=400), 100),
        ],
    )
    def test_the_expected_figure_is_linear(self, day, figure):
        assert expected_on(day, START, END) == figure

    @pytest.mark.parametrize(("day", "figure"), [(-1, 0), (0, 100), (1, 100)])
    def test_a_single_day_is_fulfilled_on_that_day(self, day, figure):
        assert expected_on(START + timedelta(days=day), START, START) == figure

    @pytest.mark.parametrize(("start", "end"), [(None, END), (START, None), (None, None), (END, START)])
    def test_without_a_period_nothing_is_expected(self, start, end):
        assert expected_on(CUTOFF, start, end) is None

    @given(st.dates(START, END), st.dates(START, END))
    def test_the_expected_figure_never_falls(self, one, other):
        earlier, later = sorted([one, other])

        assert expected_on(earlier, START, END) <= expected_on(later, START, END)


class TestPace:
    @pytest.mark.parametrize(
        ("effective", "expected", "answer"),
        [
            ("100", "100", Pace.DONE),
            ("100", None, Pace.DONE),
            ("99.9", "100", Pace.ON),
            ("42", "30.56", Pace.ON),
            ("31", "30.56", Pace.ON),
            ("30.5", "31.4", Pace.ON),
            ("30", "30.56", Pace.LOW),
            ("30.49", "30.5", Pace.LOW),
            ("0", "0", Pace.ON),
            ("0", "1", Pace.LOW),
            (None, "31", Pace.NONE),
            ("30", None, Pace.NONE),
        ],
    )
    def test_figures_are_compared_as_they_are_shown(self, effective, expected, answer):
        figures = [None if text is None else Decimal(text) for text in (effective, expected)]

        assert compare_pace(figures[0], "", figures[1]) is answer

    @pytest.mark.parametrize("effective", [None, Decimal(0)])
    def test_a_stage_without_a_number_is_a_stage_whatever_it_counts_as(self, effective):
        assert compare_pace(effective, "En diseño", Decimal(31)) is Pace.STAGE

    def test_a_figure_with_a_stage_has_a_pace(self):
        assert compare_pace(Decimal(20), "En diseño", Decimal(31)) is Pace.LOW

    @pytest.mark.parametrize("missing", CountAs)
    def test_an_unreported_node_has_no_pace_even_if_it_counts_as_zero(self, missing):
        unreported = roll_up(Node(NodeLevel.ACTION, "a", "1", "Acción"), Rules(missing=missing))

        assert find_pace(unreported, Decimal(31)) is Pace.NONE

    @pytest.mark.parametrize("stage", CountAs)
    def test_a_result_at_a_stage_is_at_a_stage(self, stage):
        staged = roll_up(
            Node(NodeLevel.ACTION, "a", "1", "Acción", Value(stage="En diseño")), Rules(stage=stage)
        )

        assert find_pace(staged, Decimal(31)) is Pace.STAGE

    @pytest.mark.parametrize(("percent", "answer"), [(0, Pace.LOW), (31, Pace.ON), (100, Pace.DONE)])
    def test_a_result_with_a_figure_has_a_pace(self, percent, answer):
        node = Node(NodeLevel.ACTION, "a", "1", "Acción", Value(percent=Decimal(percent)))

        assert find_pace(roll_up(node, Rules()), Decimal(31)) is answer


class TestDue:
    @pytest.mark.parametrize(
        ("last", "start", "due"),
        [
            (None, START, date(2023, 11, 1)),
            (CUTOFF, START, date(2024, 2, 29)),
            (CUTOFF, None, date(2024, 2, 29)),
            (date(2023, 6, 1), START, date(2023, 11, 1)),
            (None, None, None),
        ],
    )
    def test_it_is_one_cadence_after_the_last_report_or_the_start(self, last, start, due):
        assert due_on(last, start, 3) == due

    @pytest.mark.parametrize("cadence", [0, None, -3])
    def test_without_a_cadence_nothing_is_due(self, cadence):
        assert due_on(CUTOFF, START, cadence) is None

    @pytest.mark.parametrize("last", [END, END + timedelta(days=1)])
    def test_after_a_report_at_the_end_nothing_is_due(self, last):
        assert due_on(last, START, 3, END) is None

    def test_a_report_just_before_the_end_is_not_the_last(self):
        assert due_on(date(2024, 8, 30), START, 3, END) == date(2024, 11, 30)


class TestLate:
    def late(self, today: date, last: date | None = None, end: date | None = END) -> bool:
        return is_late(last, today, START, cadence_months=3, grace_days=15, end=end)

    @pytest.mark.parametrize(
        ("today", "late"),
        [
            (date(2023, 7, 1), False),
            (START, False),
            (date(2023, 11, 1), False),
            (date(2023, 11, 16), False),
            (date(2023, 11, 17), True),
        ],
    )
    def test_the_first_report_may_take_a_cadence_and_its_grace(self, today, late):
        assert self.late(today) is late

    @pytest.mark.parametrize(("today", "late"), [(date(2024, 3, 15), False), (date(2024, 3, 16), True)])
    def test_every_report_starts_the_count_again(self, today, late):
        assert self.late(today, last=CUTOFF) is late

    def test_without_grace_the_day_after_is_late(self):
        days = [date(2023, 11, 1), date(2023, 11, 2)]

        assert [is_late(None, day, START, 3, 0) for day in days] == [False, True]

    def test_once_reported_at_its_end_it_is_never_late(self):
        assert not self.late(date(2030, 1, 1), last=END)

    def test_without_a_report_at_its_end_it_stays_late(self):
        assert self.late(date(2030, 1, 1), last=CUTOFF)

    def test_without_an_end_reports_are_always_due(self):
        assert self.late(date(2030, 1, 1), last=END, end=None)

    def test_without_a_start_or_a_report_it_is_not_late(self):
        assert not is_late(None, date(2030, 1, 1), None, 3, 15)

    def test_without_a_cadence_it_is_not_late(self):
        assert not is_late(None, date(2030, 1, 1), START, 0, 15)
