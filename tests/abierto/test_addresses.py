"""Addresses of the admin, at the root of a host and below a path of it."""

import pytest
from django.test import RequestFactory
from django.urls import set_script_prefix

from abierto.addresses import is_admin_address


@pytest.mark.parametrize("prefix", ["/", "/portal/"])
@pytest.mark.parametrize(
    ("path", "expected"), [("/admin/pages/3/", True), ("/admin/", True), ("/cuenta/", False), ("/", False)]
)
def test_the_admin_is_recognized_below_every_prefix(prefix, path, expected):
    request = RequestFactory(SCRIPT_NAME=prefix.rstrip("/")).get(path)
    set_script_prefix(prefix)
    try:
        assert is_admin_address(request) is expected
    finally:
        set_script_prefix("/")
