"""Recognition of valid integers, URLs and texts."""

import pytest
from django.http import QueryDict

from abierto.bad_requests.screening import (
    find_impossible_count,
    has_unstorable_text,
    is_address,
    is_integer,
)
from abierto.media.image_checks import is_allowed_spec


@pytest.mark.parametrize("text", ["", " ", "0", "-1", "+7", " 12 ", str(2**63 - 1), "１２"])
def test_valid_integers_are_recognized(text):
    assert is_integer(text)


@pytest.mark.parametrize(
    "text", ["abc", "NaN", "1.5", "1_000", str(2**63), "1" + "0" * 30, "²", "1e3", "[]", "0x1"]
)
def test_invalid_integers_are_recognized(text):
    assert not is_integer(text)


@pytest.mark.parametrize("text", ["", "/admin/", "/a?b=c", "http://localhost/", "//evil.example"])
def test_valid_urls_are_recognized(text):
    assert is_address(text)


@pytest.mark.parametrize("text", ["-1", "abc", "wagtailadmin_home", "a:b", "http://[::1"])
def test_invalid_urls_are_recognized(text):
    assert not is_address(text)


def test_unstorable_text_is_recognized():
    assert has_unstorable_text("a\x00")
    assert has_unstorable_text("\ud800")
    assert has_unstorable_text(r'["a\u0000"]')
    assert has_unstorable_text(r'{"a": "\uD800"}')
    assert not has_unstorable_text("\uffff 🔥 \u202e")
    assert not has_unstorable_text(r'["\ud83d\ude00", "\\u0000"]')
    assert not has_unstorable_text(r"C:\u0000")


@pytest.mark.parametrize(
    "spec", ["original", "width-1", "max-1200x1200", "fill-165x165-c100", "scale-50|format-webp"]
)
def test_valid_image_specs_are_recognized(spec):
    assert is_allowed_spec(spec)


@pytest.mark.parametrize(
    "spec", ["", "fill-0x0", "width-6001", "width--1", "format-tiff", "width", "a|b", "width-1|" * 9]
)
def test_invalid_image_specs_are_recognized(spec):
    assert not is_allowed_spec(spec)


@pytest.mark.parametrize("form", ["body-count=3", "body-count=1000000000&body-0-value=x"])
def test_more_rows_than_fields_are_refused(form):
    assert "más renglones" in find_impossible_count(QueryDict(form))


@pytest.mark.parametrize("form", ["body-count=", "body-count=0", "body-count=1&body-0-value=x", "title=9"])
def test_as_many_rows_as_fields_are_read(form):
    assert find_impossible_count(QueryDict(form)) is None
