"""Content security policy: nothing inline on public pages, a wider policy in the admin."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from abierto.operations.middleware import content_security_policy
from tests.abierto.tenancy import worlds

pytestmark = pytest.mark.django_db

HEADER = "Content-Security-Policy"


def test_public_policy_forbids_inline_and_external_code(client):
    policy = client.get("/no-existe/")[HEADER]

    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_admin_policy_allows_inline_and_forbids_external_code(client):
    world = worlds.build()
    client.force_login(world.north_editor)

    policy = client.get("/admin/")[HEADER]

    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "http" not in policy


@pytest.mark.parametrize("path", ["/administracion/", "/en/admin/", "/admin"])
def test_admin_policy_requires_exact_prefix(path):
    respond = content_security_policy(lambda request: HttpResponse())

    assert "unsafe-inline" not in respond(RequestFactory().get(path))[HEADER]


def test_policy_of_view_is_preserved():
    def view(request):
        response = HttpResponse()
        response._csp_config = {"default-src": ["'none'"]}
        return response

    response = content_security_policy(view)(RequestFactory().get("/admin/algo/"))

    assert response[HEADER] == "default-src 'none'"
