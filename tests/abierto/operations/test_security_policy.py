"""What pages may load: nothing inline for the public, a wider policy for the admin."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from abierto.operations.middleware import content_security_policy
from tests.abierto.tenancy import worlds

pytestmark = pytest.mark.django_db

HEADER = "Content-Security-Policy"


def test_public_answers_allow_nothing_inline_and_nothing_from_elsewhere(client):
    policy = client.get("/no-existe/")[HEADER]

    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_admin_may_write_into_its_own_pages_and_still_loads_nothing_from_elsewhere(client):
    world = worlds.build()
    client.force_login(world.north_editor)

    policy = client.get("/admin/")[HEADER]

    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "http" not in policy


@pytest.mark.parametrize("path", ["/administracion/", "/en/admin/", "/admin"])
def test_addresses_that_only_look_like_the_admin_get_the_public_policy(path):
    respond = content_security_policy(lambda request: HttpResponse())

    assert "unsafe-inline" not in respond(RequestFactory().get(path))[HEADER]


def test_policy_that_a_view_chose_is_kept():
    def view(request):
        response = HttpResponse()
        response._csp_config = {"default-src": ["'none'"]}
        return response

    response = content_security_policy(view)(RequestFactory().get("/admin/algo/"))

    assert response[HEADER] == "default-src 'none'"
