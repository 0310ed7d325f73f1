"""Malicious requests: hosts, paths, redirects and addresses that must not exist."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect

from pages.core.slugs import RESERVED_SLUGS, validate_free_slug
from tests.abierto.tenancy import worlds

pytestmark = pytest.mark.django_db

PASSWORD = "una-clave-larga-1"


@pytest.fixture
def world():
    return worlds.build()


# --- Hosts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "localhost@evil.example", "localhost:evil", "", "a b"])
def test_unknown_host_is_refused(client, host):
    assert client.get("/robots.txt", headers={"host": host}).status_code == 400


def test_forwarded_host_is_ignored(client, world):
    response = client.get("/admin/", headers={"x-forwarded-host": "evil.example"}, follow=True)

    assert response.status_code == 200
    assert "evil.example" not in response.content.decode()
    assert all("evil.example" not in address for address, _status in response.redirect_chain)


# --- Paths ---------------------------------------------------------------------------------------------


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/a%00b/",
        "/" + "a" * 8192 + "/",
        "/" + "a/" * 2000,
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/static/..%2f..%2fmanage.py",
        "/media/images/..%2f..%2f..%2fabierto.sqlite3",
        "/media/documents/x.pdf",
        "/media/private/documents/x.pdf",
        "/documents/" + "9" * 31 + "/x.pdf",
        "/documents/-1/x.pdf",
        "/documents/abc/x.pdf",
        "/documents/1/..%2f..%2fx.pdf",
        "/%ff%fe/",
        "/%ed%a0%80/",
    ],
)
def test_malformed_path_answers_404(client, path):
    assert client.get(path).status_code == 404


# --- Redirects -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example/",
        "https:evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
    ],
)
def test_login_redirect_stays_on_the_site(client, world, target):
    response = client.post(reverse("account_login"), {"login": "norte", "password": PASSWORD, "next": target})

    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "evil example"])
def test_redirect_target_must_be_a_url(client, world, target):
    world.state.administrators.permissions.add(
        *Permission.objects.filter(content_type__app_label="wagtailredirects")
    )
    client.force_login(worlds.member("administra", world.state.administrators))

    response = client.post(
        reverse("wagtailredirects:add"),
        {"old_path": "/viejo/", "redirect_link": target, "is_permanent": "on"},
    )

    assert response.status_code == 200
    assert not Redirect.objects.exists()


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "query", ["p=abc", "p=-5", f"p={10**30}", "ordering=bogus", "q=%00", "q=" + "a" * 5000]
)
def test_explorer_tolerates_bad_parameters(client, world, query):
    client.force_login(world.state_editor)

    response = client.get(f"{reverse('wagtailadmin_explore', args=[world.home.pk])}?{query}")

    assert response.status_code in (200, 400, 404)


# --- Addresses that must not exist ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/django-admin/", "/api/v2/pages/", "/api/v2/documents/", "/api/v3/docs/", "/api/v3/openapi.json"],
)
def test_unused_address_answers_404(client, path):
    assert client.get(path, follow=True).status_code == 404


# --- Reserved addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "slug", ["admin", "ADMIN", "documents", "media", "static", "buscar", "salud", "en", "es-mx"]
)
def test_reserved_slug_is_refused(slug):
    with pytest.raises(ValidationError, match="la usa el propio portal"):
        validate_free_slug(slug)


def test_other_slugs_are_allowed():
    assert validate_free_slug("administracion") is None


def test_first_segment_of_every_url_is_reserved():
    """A page with one of these slugs would never be reached."""
    first_words = {
        str(pattern.pattern).lstrip("^").split("/")[0]
        for part in get_resolver().url_patterns
        for pattern in ([part] if str(part.pattern) else part.url_patterns)
    }
    plain_words = {word for word in first_words if word and word.replace("-", "").isalnum()}

    assert plain_words - {"sesiones"} <= RESERVED_SLUGS
    assert {"admin", "documents", "media", "salud"} <= plain_words
