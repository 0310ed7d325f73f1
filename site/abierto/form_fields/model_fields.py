"""The form field of each kind of column in the forms that Wagtail builds."""

from typing import Any

from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput, AdminDateTimeInput
from wagtail.fields import RichTextField

from .fields import CountField, DayField, FigureField, MomentField
from .texts import FormattedTextField, TextField, WebAddressField


def build_figure_options(column: models.DecimalField) -> dict[str, Any]:
    return {"form_class": FigureField, "unit": getattr(column, "unit", "")}


def build_count_options(column: models.IntegerField) -> dict[str, Any]:
    """Return the options of a whole number, bounded as on PostgreSQL: SQLite has no bounds of its own."""
    lowest, highest = BaseDatabaseOperations.integer_field_ranges[column.get_internal_type()]
    return {"form_class": CountField, "min_value": lowest, "max_value": highest}


def register_form_fields() -> None:
    register_form_field_override(models.DecimalField, override=build_figure_options)
    register_form_field_override(models.IntegerField, override=build_count_options)
    # Of these classes alone: slugs and addresses have fields of their own.
    register_form_field_override(models.CharField, override={"form_class": TextField}, exact_class=True)
    register_form_field_override(
        models.TextField,
        override={"form_class": TextField, "widget": AdminAutoHeightTextInput},
        exact_class=True,
    )
    register_form_field_override(RichTextField, override={"form_class": FormattedTextField})
    register_form_field_override(models.URLField, override={"form_class": WebAddressField})
    register_form_field_override(
        models.DateField, override={"form_class": DayField, "widget": AdminDateInput}
    )
    register_form_field_override(
        models.DateTimeField, override={"form_class": MomentField, "widget": AdminDateTimeInput}
    )
