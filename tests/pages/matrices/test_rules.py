"""The rules of indicators and of nested texts."""

import datetime
from decimal import Decimal

import pytest

from pages.matrices.display import write_quantity
from pages.matrices.rules import (
    build_nested_list,
    nested_text_error,
    range_error,
    target_date_error,
    target_error,
)

START, END = datetime.date(2022, 8, 1), datetime.date(2024, 8, 31)


@pytest.mark.parametrize(
    ("unit", "value", "is_refused"),
    [
        ("share", "-0.1", True),
        ("share", "0", False),
        ("share", "100", False),
        ("share", "100.0001", True),
        ("change", "-12.5", False),
        ("change", "140", False),
        ("other", "1200", False),
        ("share", None, False),
    ],
)
def test_only_a_share_of_a_whole_is_between_0_and_100(unit, value, is_refused):
    assert bool(range_error(unit, value and Decimal(value))) is is_refused


def test_a_target_is_not_its_baseline_however_it_is_written():
    assert "igual a la línea base" in target_error(Decimal("40"), Decimal("40.0000"))
    assert not target_error(Decimal("40"), Decimal("41"))
    assert not target_error(None, Decimal("40"))


def test_a_target_is_after_its_baseline():
    assert not target_date_error(START, END)
    assert "posterior" in target_date_error(END, START)
    assert "posterior" in target_date_error(START, START)
    assert not target_date_error(None, START)


def test_hyphens_are_the_levels_of_a_nested_text():
    text = "No se publica\n\n  - No hay quien\n-- Ni presupuesto\n- - Ni equipo\nNadie pregunta"

    assert build_nested_list(text) == [
        "No se publica", ["No hay quien", ["Ni presupuesto", "Ni equipo"]], "Nadie pregunta",
    ]  # fmt: skip
    assert not nested_text_error(text)


def test_a_hyphen_within_a_line_is_no_level():
    assert build_nested_list("Acceso público-privado - lento") == ["Acceso público-privado - lento"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("- Empieza abajo", "«Empieza abajo» se salta un nivel"),
        ("Uno\n-- Tres", "«Tres» se salta un nivel"),
        ("a\n- b\n-- c\n--- d\n---- e\n----- f", "«f» tiene demasiados guiones"),
    ],
)
def test_a_line_that_skips_a_level_or_is_too_deep_is_named(text, named):
    assert named in nested_text_error(text)


def test_a_text_that_skips_levels_is_still_drawn():
    assert build_nested_list("-- Abajo\nUno\n--- Tres") == ["Abajo", "Uno", ["Tres"]]
    assert build_nested_list("") == []


@pytest.mark.parametrize(
    ("value", "unit", "name", "text"),
    [
        ("25.0000", "other", "personas", "25\xa0personas"),
        ("33.3333", "share", "", "33.3333\xa0%"),
        ("1200.5", "other", "", "1,200.5"),
        (None, "share", "", ""),
    ],
)
def test_a_quantity_is_written_with_its_unit(value, unit, name, text):
    assert write_quantity(value and Decimal(value), unit, name) == text
