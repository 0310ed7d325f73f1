"""Decide whether an exception was caused by the input of a request or is a bug of the project.

It counts as input only if that can be shown: the exception quotes a value of the request, misses a field that
the request lacks, or comes out of code that only reads a form. An exception raised in the portal's own code
counts as a bug: its views check what they read.
"""

import re
from collections.abc import Callable, Iterator
from json import JSONDecodeError
from types import FrameType

from django.core.exceptions import FieldError, ValidationError
from django.db import DataError
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDictKeyError

from .screening import LARGEST
from .submitted_input import input_texts

#: Packages that may meet raw input; an exception raised in any other is a bug.
THIRD_PARTY = frozenset(
    {
        "dateutil", "decimal", "django", "django_filters", "draftjs_exporter", "json", "modelcluster",
        "modelsearch", "polib", "psycopg", "rest_framework", "sqlite3", "taggit", "urllib", "wagtail",
        "wagtail_localize", "willow",
    }
)  # fmt: skip
#: Exceptions of conversions; their messages quote the value.
CONVERSIONS = (ValueError, ArithmeticError, ValidationError, FieldError)
MALFORMED = (AttributeError, IndexError, LookupError, RecursionError, TypeError, ValueError)
#: The exceptions that ``is_about_input`` examines; every other exception is a bug, whatever the input.
EXPLAINABLE = (*CONVERSIONS, *MALFORMED, OverflowError, DataError)
#: Functions that only read what a request sent, with the packages or modules that define them.
READERS = (
    ("value_from_datadict", "django"),
    ("value_from_datadict", "wagtail"),
    ("to_python", "wagtail.admin.forms.choosers"),  # requires that a URL was sent
    ("clean", "wagtail.contrib.redirects.forms"),  # requires that its fields exist
    ("ChosenMultipleView.get", "wagtail.admin.views.chooser"),  # requires pages with a parent: not the root
)
_NUMBER = re.compile(r"[+-]?\d{10,}")
_EDGE_OF_CALENDAR = re.compile(r"\b(?:0001-01|9999-12)-")


def is_about_input(error: BaseException, request: HttpRequest) -> bool:
    """Check whether the input of ``request`` explains ``error``."""
    return any(
        _is_third_party(link) and any(check(link, request) for check in CHECKS) for link in _chain(error)
    )


def _misses_a_field(error: BaseException, request: HttpRequest) -> bool:
    return isinstance(error, MultiValueDictKeyError)


def _quotes_the_input(error: BaseException, request: HttpRequest) -> bool:
    if isinstance(error, JSONDecodeError):
        return error.doc in set(input_texts(request))
    if not isinstance(error, CONVERSIONS):
        return False
    message = f"{error} {getattr(error, 'params', '')}"
    return any(repr(text) in message for text in input_texts(request))


def _exceeds_a_column(error: BaseException, request: HttpRequest) -> bool:
    is_too_long = isinstance(error, ValueError) and "integer string conversion" in str(error)
    if not is_too_long and not isinstance(error, OverflowError | DataError):
        return False
    found = (number for text in input_texts(request) for number in _NUMBER.findall(text))
    return any(len(number) > 20 or abs(int(number)) > LARGEST // 2**32 for number in found)


def _comes_from_a_reader(error: BaseException, request: HttpRequest) -> bool:
    if not isinstance(error, MALFORMED):
        return False
    return any(_is_reader(frame) for frame in _frames(error))


def _is_reader(frame: FrameType) -> bool:
    module = f"{frame.f_globals.get('__name__', '')}."
    names = (frame.f_code.co_name, frame.f_code.co_qualname)
    return any(name in names and module.startswith(f"{place}.") for name, place in READERS)


def _leaves_the_calendar(error: BaseException, request: HttpRequest) -> bool:
    """Check for a date at either end of the calendar, which no time zone can shift."""
    if not isinstance(error, OverflowError | ValueError) or "out of range" not in str(error):
        return False
    return any(_EDGE_OF_CALENDAR.search(text) for text in input_texts(request))


CHECKS: tuple[Callable[[BaseException, HttpRequest], bool], ...] = (
    _misses_a_field, _quotes_the_input, _exceeds_a_column, _leaves_the_calendar, _comes_from_a_reader,
)  # fmt: skip


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__


def _frames(error: BaseException) -> Iterator[FrameType]:
    step = error.__traceback__
    while step is not None:
        yield step.tb_frame
        step = step.tb_next


def _is_third_party(error: BaseException) -> bool:
    frames = list(_frames(error))
    return bool(frames) and _package(frames[-1]) in THIRD_PARTY


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]
