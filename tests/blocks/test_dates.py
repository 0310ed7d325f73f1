"""Months in the language of the page."""

import datetime

import pytest
from django.utils import translation

from blocks.templatetags.block_dates import long_date


@pytest.mark.parametrize(
    ("language", "expected"),
    [("es-mx", "30 de noviembre de 2023"), ("es", "30 de noviembre de 2023"), ("en", "Nov. 30, 2023")],
)
def test_a_date_in_full(language, expected):
    with translation.override(language):
        assert long_date(datetime.date(2023, 11, 30)) == expected


def test_a_missing_date_is_empty():
    assert long_date(None) == ""
