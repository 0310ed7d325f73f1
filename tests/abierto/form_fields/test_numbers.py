"""Numbers as people type them, in the form fields of decimals and of whole numbers."""

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import formfield_for_dbfield

from abierto.deadlines.models import DeadlineSettings
from abierto.form_fields.fields import CountField, FigureField, NumberTextInput
from blocks.data import TableBlock
from pages.admin.draft_views import StartReportForm
from pages.plans.inlines import CommitmentAction
from pages.plans.models import PlanPage
from pages.reports.models import ReportPage
from pages.updates.models import ProgressUpdatePage

PERCENT = {"unit": "%", "max_digits": 5, "decimal_places": 2, "required": False}
SPACE = "\u00a0"
NOTHING_UNDERSTOOD = '<output data-understood for="id_percent"></output>'


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45", "45"),
        ("45 %", "45"),
        ("45%", "45"),
        (f"{SPACE}45{SPACE}% ", "45"),
        ("\u200b45\ufeff", "45"),
        ("45,5", "45.5"),
        ("45.5", "45.5"),
        ("4,5", "4.5"),
        ("0,25", "0.25"),
        (",5", "0.5"),
        ("45.50", "45.5"),
        ("100.0000", "100"),
        ("\u22121", "-1"),
    ],
)
def test_a_percentage_is_read_in_spanish(text, number):
    assert str(FigureField(**PERCENT).clean(text)) == number


@pytest.mark.parametrize("text", ["", " ", SPACE])
def test_an_empty_percentage_is_none(text):
    assert FigureField(**PERCENT).clean(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cuarenta", "invalid"),
        ("45 por", "invalid"),
        ("45,", "invalid"),
        ("4 5", "invalid"),
        ("1.2.3", "invalid"),
        ("1,234,5", "invalid"),
        ("1e1", "invalid"),
        ("NaN", "invalid"),
        ("٤٥", "invalid"),
        ("-", "invalid"),
        ("%", "invalid"),
        ("45 %%", "invalid"),
        ("9" * 30, "invalid"),
        ("45.125", "ambiguous"),
        ("1,234", "ambiguous"),
        ("1.234", "ambiguous"),
        ("0.125", "max_decimal_places"),
        ("12.34567", "max_decimal_places"),
        ("1234", "max_whole_digits"),
        ("1.234,5", "max_whole_digits"),
    ],
)
def test_an_unreadable_percentage_is_an_error(text, code):
    with pytest.raises(ValidationError) as refused:
        FigureField(**PERCENT).clean(text)

    assert [error.code for error in refused.value.error_list] == [code]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234,5", "1234.5"),
        (f"1{SPACE}234", "1234"),
        ("1,234,567", "1234567"),
        ("1234.567", "1234.567"),
        ("1.50", "1.50"),
    ],
)
def test_a_large_number_is_read_with_its_thousands(text, number):
    assert str(FigureField().clean(text)) == number


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), (" 12 ", 12), ("12.0", 12), ("1,234", 1234), ("1 234", 1234), ("0", 0)]
)
def test_a_whole_number_is_read(text, number):
    assert CountField().clean(text) == number


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("doce", "Escribe un número entero, por ejemplo 12."),
        ("4.5", "Escribe un número entero, por ejemplo 12."),
        ("45 %", "Escribe un número entero, por ejemplo 12."),
        ("1.234", "Puede leerse de dos maneras. Escribe los miles sin separarlos, por ejemplo 1234."),
        ("0", "Escribe 1 o más."),
        ("101", "Escribe 100 o menos."),
    ],
)
def test_a_whole_number_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(ValidationError) as refused:
        CountField(min_value=1, max_value=100).clean(text)

    assert refused.value.messages == [sentence]


# --- The input -----------------------------------------------------------------------------------------


def percent_input(value) -> str:
    field = FigureField(**PERCENT)
    return field.widget.render("percent", field.prepare_value(value), {"id": "id_percent"})


def test_the_input_of_a_number_is_text():
    html = percent_input(None)

    assert 'type="text"' in html
    assert 'inputmode="decimal"' in html
    assert 'autocomplete="off"' in html
    assert NOTHING_UNDERSTOOD in html


@pytest.mark.parametrize("value", ["45,5", "45.5", "45.50 %", Decimal("45.50")])
def test_a_percentage_is_shown_as_understood(value):
    assert f'<output data-understood for="id_percent">45.5{SPACE}%</output>' in percent_input(value)


def test_a_stored_percentage_has_no_zeros_of_its_column():
    assert 'value="60"' in percent_input(Decimal("60.00"))


def test_an_unreadable_percentage_stays_as_it_was_typed():
    html = percent_input("cuarenta")

    assert 'value="cuarenta"' in html
    assert NOTHING_UNDERSTOOD in html


def test_a_number_understood_as_typed_is_not_repeated():
    html = CountField().widget.render("number", "12", {"id": "id_percent"})

    assert NOTHING_UNDERSTOOD in html


def test_a_translated_unit_is_read_and_shown():
    field = FigureField(unit=gettext_lazy("informes"), max_digits=14, decimal_places=2)

    assert field.clean("1500000.5 informes") == Decimal("1500000.5")
    assert 'data-unit="informes"' in field.widget.render("budget", "12.50 informes", {"id": "id_budget"})
    with translation.override("en"):
        assert field.clean("12 reports") == 12


# --- Where numbers are typed ---------------------------------------------------------------------------


def row_form(page_type: type, rows: str) -> type[forms.ModelForm]:
    return page_type.get_edit_handler().get_form_class().formsets[rows].form


@pytest.mark.django_db
def test_every_percentage_of_an_update_and_a_report_reads_its_unit():
    update = ProgressUpdatePage.get_edit_handler().get_form_class()
    fields = [
        update.base_fields["declared"],
        row_form(ProgressUpdatePage, "rows").base_fields["percent"],
        row_form(ReportPage, "rows").base_fields["declared"],
    ]

    assert [field.clean("45,5 %") for field in fields] == [Decimal("45.5")] * 3


@pytest.mark.django_db
def test_no_number_column_of_a_page_form_is_a_number_input():
    for page_type in (PlanPage, ProgressUpdatePage, ReportPage):
        page_form = page_type.get_edit_handler().get_form_class()
        for form in (page_form, *(formset.form for formset in page_form.formsets.values())):
            for name, field in form.base_fields.items():
                assert not isinstance(field.widget, forms.NumberInput), name


@pytest.mark.parametrize(
    ("model", "name"),
    [(CommitmentAction, "number"), (CommitmentAction, "weight"), (PlanPage, "grace_days"),
     (DeadlineSettings, "review_days")],
)  # fmt: skip
def test_a_number_column_has_the_text_input(model: type[models.Model], name):
    field = formfield_for_dbfield(model._meta.get_field(name))

    assert isinstance(field.widget, NumberTextInput)


def test_a_count_is_bounded_by_its_column():
    field = formfield_for_dbfield(PlanPage._meta.get_field("grace_days"))

    with pytest.raises(ValidationError, match="Escribe 32767 o menos"):
        field.clean("40000")


def test_the_number_of_a_report_is_bounded():
    form = StartReportForm({"number": "40000"})

    assert form.errors["number"] == ["Escribe 32767 o menos."]


def test_a_number_of_a_table_is_read_as_typed():
    field = TableBlock().child_blocks["number"].field

    assert str(field.clean("1,234.50")) == "1234.50"
