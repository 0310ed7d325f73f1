"""The explanation of two figures: the sum written out, and a neutral sentence."""

import uuid
from decimal import Decimal

import pytest

from abierto.progress.enums import Pace
from pages.charts.badges import build_badge, count_by_pace, write_late_sentence
from pages.figures.differences import explain_difference
from pages.figures.display import build_figure_view
from pages.reports.inlines import ReportRow


def make_row(level, effective=None, parent=None, **fields):
    return ReportRow(
        level=level,
        key=uuid.uuid4(),
        parent_key=parent.key if parent else None,
        effective=None if effective is None else Decimal(str(effective)),
        **{"rule": "children", "code": "1", "label": level, **fields},
    )


@pytest.fixture
def plan():
    return make_row("plan", 42, declared=Decimal(42), computed=Decimal("44.571429"), differs=True)


def test_the_sum_of_the_published_plan(plan):
    axes = [make_row("axis", figure, plan) for figure in (51, 35, 65, 33, 42, 30, 56)]
    explained = explain_difference(plan, [plan, *axes])
    assert explained.sum == "(51 + 35 + 65 + 33 + 42 + 30 + 56) ÷ 7"
    assert explained.result == "44.57\u00a0%"
    assert explained.sentence == "El informe no explica la diferencia."


def test_the_note_of_the_source_is_shown(plan):
    plan.note = "El promedio excluye un eje."
    assert explain_difference(plan, [plan]).sentence == "El promedio excluye un eje."


def test_a_part_excluded_from_the_mean_is_not_in_the_sum(plan):
    axes = [make_row("axis", figure, plan) for figure in (40, None, 60)]
    assert explain_difference(plan, axes).sum == "(40 + 60) ÷ 2"


def test_the_mean_of_all_actions_shows_all_actions(plan):
    plan.rule = "actions"
    axis = make_row("axis", 50, plan)
    commitment = make_row("commitment", 50, axis)
    actions = [make_row("action", figure, commitment) for figure in (20, 80)]
    assert explain_difference(plan, [axis, commitment, *actions]).sum == "(20 + 80) ÷ 2"


def test_weights_are_shown_where_they_count(plan):
    plan.rule = "weighted"
    parts = [make_row("axis", 50, plan, weight=Decimal(2)), make_row("axis", 20, plan, weight=Decimal(1))]
    assert explain_difference(plan, parts).sum == "(50 × 2 + 20 × 1) ÷ 3"


@pytest.mark.parametrize(
    ("declared", "computed", "stage", "sentence"),
    [
        (Decimal(35), Decimal(35), "", "El promedio es el mismo."),
        (Decimal(51), Decimal("50.6"), "", "El promedio es 50.6\u00a0%, que redondea a 51."),
        (None, Decimal(20), "", "El informe no da una cifra. Mostramos el promedio."),
        (None, Decimal(0), "En diseño", "El informe da una etapa y ningún porcentaje."),
        (Decimal(20), None, "", "No hay con qué hacer el promedio. Mostramos la cifra del informe."),
        (None, None, "", "No conocemos ninguna cifra."),
    ],
)
def test_the_figures_are_compared_in_a_sentence(declared, computed, stage, sentence):
    figure = make_row("commitment", declared=declared, computed=computed, stage=stage)
    assert explain_difference(figure, []).sentence == sentence


def test_a_single_part_has_no_sum(plan):
    assert explain_difference(plan, [make_row("axis", 51, plan)]).sum == ""


# --- The view of a figure ------------------------------------------------------------------------------


def test_a_declared_figure_comes_first_with_the_rest_to_100(plan):
    view = build_figure_view(plan, pace=Pace.ON, expected=Decimal("30.56"))
    assert (view.main, view.source, view.left) == ("42\u00a0%", "según el informe", "58\u00a0%")
    assert view.has_both
    assert view.expected == "31\u00a0%"


def test_a_stage_counted_as_zero_shows_no_figure():
    figure = make_row("commitment", 0, computed=Decimal(0), stage="En diseño")
    view = build_figure_view(figure, pace=Pace.STAGE)
    assert (view.main, view.computed, view.stage) == ("", "", "En diseño")


def test_an_unreported_figure_is_not_zero():
    view = build_figure_view(make_row("commitment", 0, computed=Decimal(0)), pace=Pace.NONE)
    assert (view.main, view.computed) == ("", "")
    assert view.badge.text == "No conocemos ningún reporte"


def test_an_action_has_no_sum_of_its_own():
    view = build_figure_view(make_row("action", 35, declared=Decimal(35), computed=Decimal(35)), pace=Pace.ON)
    assert view.declared == "35\u00a0%"
    assert view.computed == ""
    assert view.bar.computed is None


# --- The tally of paces --------------------------------------------------------------------------------


def test_the_tally_omits_paces_without_commitments():
    badges = count_by_pace([Pace.DONE, Pace.LOW, Pace.LOW])
    assert [(badge.kind, badge.text) for badge in badges] == [
        ("done", "Completos: 1"),
        ("low", "Debajo de lo esperado: 2"),
    ]


def test_a_sentence_counts_figures_below_and_unknown():
    paces = [Pace.LOW] * 3 + [Pace.STAGE] + [Pace.ON] * 9
    assert write_late_sentence(paces) == "3 de 13 compromisos van debajo. 1 no tiene porcentaje."
    assert write_late_sentence([Pace.ON]) == "0 de 1 compromisos van debajo."


def test_where_nothing_is_expected_no_figure_is_below():
    assert write_late_sentence([Pace.REPORTED] * 9 + [Pace.DONE, Pace.STAGE]) == "1 no tiene porcentaje."
    assert write_late_sentence([Pace.REPORTED]) == ""


def test_after_the_deadline_a_badge_is_in_the_past_tense():
    assert build_badge(Pace.REPORTED, is_past=True).text == "Estaba en proceso"


@pytest.mark.parametrize(("effective", "words"), [(0, "Cuenta como 0\u00a0%"), (None, "No entra")])
def test_a_stage_says_how_it_counts_above(effective, words):
    view = build_figure_view(make_row("commitment", effective, stage="En diseño"), pace=Pace.STAGE)
    assert view.counts_as.startswith(words)
