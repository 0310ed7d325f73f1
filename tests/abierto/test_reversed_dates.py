"""No row or page begins after it ends, whatever its type."""

import datetime

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

#: The names of the two ends of a period.
PAIRS = (
    ("valid_from", "valid_until"),
    ("period_start", "period_end"),
    ("start", "end"),
    ("starts", "ends"),
    ("starts_on", "ends_on"),
    ("starts_at", "ends_at"),
    ("opens_on", "closes_on"),
)
FIRST, LAST = (datetime.datetime(2024, 2, day, 12, tzinfo=datetime.UTC) for day in (1, 2))
PERIODS = [
    pytest.param(model, *pair, id=f"{model.__name__}.{pair[0]}")
    for model in apps.get_models()
    for pair in PAIRS
    if {*pair} <= {field.name for field in model._meta.fields}
]


def errors_of(row: models.Model, name: str) -> list[str]:
    """Return the errors of a field in the validation of the row."""
    try:
        row.clean()
    except ValidationError as refused:
        return refused.message_dict.get(name, [])
    return []


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "begins", "ends"), PERIODS)
def test_a_period_that_ends_before_it_begins_is_refused_on_its_end(model, begins, ends):
    days = [FIRST, LAST]
    if not isinstance(model._meta.get_field(begins), models.DateTimeField):
        days = [day.date() for day in days]

    [error] = errors_of(model(**{begins: days[1], ends: days[0]}), ends)

    assert "Corrige una de las dos" in error
    assert error not in errors_of(model(**{begins: days[0], ends: days[1]}), ends)


def test_the_types_with_a_period_are_found():
    assert len(PERIODS) >= 15
