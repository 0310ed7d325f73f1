"""Figures and dates formatted for people."""

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override

from pages.core.formatting import (
    deadline,
    full_date,
    join_words,
    month_and_year,
    percent,
    short_plan_name,
    whole_percent,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("42.00"), "42\u00a0%"),
        (Decimal("44.571429"), "44.57\u00a0%"),
        (Decimal("33.5"), "33.5\u00a0%"),
        (Decimal(0), "0\u00a0%"),
        (Decimal(100), "100\u00a0%"),
        (None, ""),
    ],
)
def test_a_percentage_is_formatted_as_published_without_breaks(value, written):
    assert percent(value) == written


def test_an_expected_figure_is_rounded_half_up_without_decimals():
    assert whole_percent(Decimal("30.5")) == "31\u00a0%"
    assert whole_percent(Decimal("30.4949")) == "30\u00a0%"


def test_dates_are_in_full_and_spanish_months_have_no_capital():
    day = datetime.date(2023, 11, 30)
    assert full_date(day) == "30 de noviembre de 2023"
    assert month_and_year(day) == "noviembre de 2023"
    assert full_date(None) == ""


def test_an_evening_in_guanajuato_has_its_local_date():
    evening = datetime.datetime(2023, 12, 1, 1, tzinfo=datetime.UTC)
    page = Template("{% load abierto_tags %}{{ evening|full_date }}, {{ evening|time:'H:i' }}")
    assert page.render(Context({"evening": evening})) == "30 de noviembre de 2023, 19:00"


def test_english_dates_are_in_full_too():
    with override("en"):
        assert full_date(datetime.date(2023, 11, 30)) == "November 30, 2023"


def test_the_last_day_of_a_month_is_a_deadline_of_that_month():
    assert deadline(datetime.date(2024, 8, 31)) == "agosto de 2024"
    assert deadline(datetime.date(2024, 2, 29)) == "febrero de 2024"
    assert deadline(datetime.date(2024, 8, 15)) == "15 de agosto de 2024"


def test_a_list_ends_with_a_conjunction():
    assert join_words([]) == ""
    assert join_words(["IACIP"]) == "IACIP"
    assert join_words(["uno", "dos", "tres"]) == "uno, dos y tres"


@pytest.mark.parametrize(
    ("title", "is_work_plan", "short"),
    [
        ("Plan de Acción Local de Estado Abierto 2022–2024", False, "Plan 2022–2024"),
        ("Plan de trabajo del secretariado 2019", True, "Plan de trabajo 2019"),
        ("Un plan sin años", False, "Un plan sin años"),
    ],
)
def test_a_plan_has_a_short_name_for_the_breadcrumbs(title, is_work_plan, short):
    assert short_plan_name(title, is_work_plan=is_work_plan) == short
