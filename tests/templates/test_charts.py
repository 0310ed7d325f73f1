"""Bars, waffle and line charts: the drawing and its text alternative."""

import datetime
from decimal import Decimal

from pages.charts.bars import build_bar
from pages.charts.line_chart import BOTTOM, LEFT, TOP, ChartPoint, build_line_chart
from pages.charts.waffle import build_waffle

START, END = datetime.date(2023, 8, 1), datetime.date(2024, 8, 31)
CUTOFF = datetime.date(2023, 11, 30)


def tiles(path: str) -> int:
    return path.count("M")


# --- Bars ----------------------------------------------------------------------------------------------


def test_a_bar_has_its_figures_as_text():
    drawn = build_bar("Compromiso 1.5", Decimal(23), Decimal("36.25"), Decimal("30.56"))
    assert (drawn.declared, drawn.computed) == ("23", "36.25")
    assert drawn.words == (
        "Compromiso 1.5: según el informe 23\u00a0%, según el promedio 36.25\u00a0%, se esperaba 31\u00a0%"
    )


def test_a_stage_is_not_drawn_as_zero():
    drawn = build_bar("Acción 4", None, Decimal(0), None, "En diseño")
    assert drawn.is_stage
    assert drawn.declared is None
    assert drawn.computed is None
    assert "En diseño" in drawn.words


def test_zero_is_drawn_and_a_missing_figure_is_not():
    assert build_bar("Acción 1", Decimal(0), None, None).declared == "0"
    nothing = build_bar("Acción 1", None, None, None)
    assert nothing.declared is None
    assert nothing.words == "Acción 1: sin dato"


# --- Waffle charts -------------------------------------------------------------------------------------


def test_a_waffle_has_a_hundred_tiles():
    drawn = build_waffle(Decimal(42), Decimal("44.571429"), Decimal("30.56"))
    assert tiles(drawn.full) == tiles(drawn.gloss) == drawn.full_count == 42
    assert tiles(drawn.bare) == drawn.left_count == 58
    assert tiles(drawn.extra) == 3


def test_a_waffle_marks_the_expected_figure_between_two_tiles():
    assert build_waffle(Decimal(42), None, Decimal("30.56")).expected == "M0 240H40V280H400"
    assert build_waffle(Decimal(42), None, Decimal(30)).expected == "M0 280H400"
    assert build_waffle(Decimal(42), None, None).expected == ""


def test_a_lower_computed_figure_removes_no_tiles():
    drawn = build_waffle(Decimal(50), Decimal(40), None)
    assert tiles(drawn.full) == 50
    assert drawn.extra == ""


def test_without_a_declared_figure_the_computed_one_fills_the_waffle():
    drawn = build_waffle(None, Decimal("52.5"), None)
    assert (drawn.full_count, drawn.left_count) == (52, 48)
    assert drawn.extra == ""


def test_an_empty_and_a_full_waffle():
    assert tiles(build_waffle(None, None, None).bare) == 100
    assert tiles(build_waffle(Decimal(100), Decimal(100), None).full) == 100
    assert build_waffle(Decimal(100), Decimal(100), None).bare == ""


# --- Line charts ---------------------------------------------------------------------------------------


def test_a_line_chart_spans_the_dates_of_the_commitment():
    drawn = build_line_chart(
        [ChartPoint(CUTOFF, Decimal(23), Decimal("36.25"), source="Informe")], START, END
    )
    mark = drawn.marks[0]
    assert drawn.has_chart
    assert Decimal(mark.declared_y) == BOTTOM - Decimal("0.23") * (BOTTOM - TOP)
    assert mark.expected == "31\u00a0%"
    assert mark.differs
    assert mark.is_last


def test_points_are_ordered_by_day():
    points = [ChartPoint(END, Decimal(90), None), ChartPoint(CUTOFF, Decimal(23), None)]
    drawn = build_line_chart(points, START, END)
    assert [mark.point.day for mark in drawn.marks] == [CUTOFF, END]
    assert drawn.line.startswith(f"M{LEFT} {BOTTOM}L")
    assert drawn.line.count("L") == 2


def test_without_dates_there_is_a_table_and_no_chart():
    drawn = build_line_chart([ChartPoint(CUTOFF, Decimal(23), None)], None, END)
    assert not drawn.has_chart
    assert drawn.marks[0].declared == "23\u00a0%"


def test_a_stage_is_in_the_table_and_not_in_the_chart():
    drawn = build_line_chart([ChartPoint(CUTOFF, None, None, stage="En diseño")], START, END)
    assert drawn.marks[0].declared == "En diseño"
    assert not drawn.has_chart


def test_a_stage_has_no_point_between_figures():
    drawn = build_line_chart(
        [ChartPoint(CUTOFF, None, None, stage="En diseño"), ChartPoint(END, Decimal(90), None)], START, END
    )
    assert drawn.has_chart
    assert drawn.line.count("L") == 1
