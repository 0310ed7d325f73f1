"""Exceptions that the input of a request explains, and exceptions that it does not."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, models
from django.test import RequestFactory

from abierto.bad_requests.input_errors import is_about_input


def raised_in(module: str, error: Exception, function: str = "read") -> Exception:
    """Return ``error`` as raised by a function of a module."""
    scope: dict[str, Any] = {"__name__": module, "error": error.with_traceback(None)}
    exec(f"def {function}():\n    raise error", scope)
    return error_of(type(error), scope[function])


def error_of[Kind: Exception](kind: type[Kind], call: Callable[..., Any], *arguments: Any) -> Kind:
    """Return the exception of this kind that a call raises."""
    with pytest.raises(kind) as raised:
        call(*arguments)
    return raised.value


def is_explained(error: Exception, **query: str) -> bool:
    return is_about_input(error, RequestFactory().get("/", query))


def test_a_missing_field_is_about_the_input():
    request = RequestFactory().post("/", {})

    assert is_about_input(error_of(KeyError, request.POST.__getitem__, "title"), request)


def test_a_conversion_is_about_the_input_that_it_quotes():
    error = error_of(ValidationError, models.IntegerField().to_python, "tres")

    assert is_explained(error, order="tres")
    assert not is_explained(error, order="cuatro")


def test_a_json_error_is_about_the_input_that_it_reads():
    error = error_of(json.JSONDecodeError, json.loads, '{"blocks": ')

    assert is_explained(error, body='{"blocks": ')
    assert not is_explained(error, body="{")


@pytest.mark.parametrize(
    "error",
    [
        OverflowError("Python int too large to convert to SQLite INTEGER"),
        DataError("bigint out of range"),
        ValueError("Exceeds the limit (4300 digits) for integer string conversion"),
    ],
)
def test_a_number_too_large_for_its_column_is_about_the_input(error):
    error = raised_in("django.db.backends.utils", error)

    assert is_explained(error, owner="9" * 30)
    assert not is_explained(error, owner="9")


def test_a_date_at_the_end_of_the_calendar_is_about_the_input():
    error = raised_in("django.utils.timezone", OverflowError("date value out of range"))

    assert is_explained(error, since="9999-12-31")
    assert not is_explained(error, since="2026-12-31")


def test_an_error_of_a_function_that_reads_a_form_is_about_the_input():
    error = TypeError("the JSON object must be str, not list")

    assert is_explained(raised_in("wagtail.admin.rich_text.editors", error, "value_from_datadict"))
    assert not is_explained(raised_in("wagtail.admin.rich_text.editors", error, "render"))


def test_the_same_errors_of_the_project_are_bugs():
    quoting = error_of(ValidationError, models.IntegerField().to_python, "tres")

    assert not is_explained(raised_in("pages.plans.models", quoting), order="tres")
    assert not is_explained(raised_in("abierto.media.forms", TypeError(), "value_from_datadict"))
