"""The headers of every kind of response in production; cookies are closed to scripts and to plain HTTP."""

import importlib
from functools import partial

import pytest
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import reverse

from abierto.media.models import PortalDocument, PortalImage
from abierto.opendata.api import responses
from abierto.operations import metrics
from tests.abierto.approval.newsroom import newsroom
from tests.abierto.media.uploads import PDF, picture, upload
from tests.shared_rows import built_once

pytestmark = pytest.mark.django_db

VARIABLES = {
    "ABIERTO_SECRET_KEY": "qX3uJzP8mVt0Yc5LdKf7WbR1sHnGa2oE-iTg_4vNMye6CxZrQjUwBkpD9hSlAF0O",
    "ABIERTO_HOSTS": "testserver",
    "ABIERTO_BASE_URL": "https://testserver",
    "ABIERTO_EMAIL_URL": "smtp://localhost",
    "DATABASE_URL": "sqlite:///:memory:",
}
PREFIXES = ("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_", "ABIERTO_ADMIN_CSP")
TOKEN = {"authorization": "Bearer medidas"}
#: The kinds of answers with their address and status, as an editor's browser gets them.
ANSWERS = {
    "page": ("/", 200),
    "admin": ("/admin/", 200),
    "API": ("/api/v1/planes/", 200),
    "file": ("/api/v1/openapi.json", 200),
    "list of the API as CSV": ("/api/v1/compromisos/?formato=csv", 200),
    "too many requests of the API": ("/api/v1/planes/", 429),
    "writing to the API": ("SENT", 405),
    "feed": ("/cambios.atom", 200),
    "feed of a page": ("/datos/pagina/{page}.atom", 200),
    "calendar": ("/datos/plazos.ics", 200),
    "catalogue": ("/datos/catalogo.ttl", 200),
    "catalogue as JSON": ("/datos/catalogo.jsonld", 200),
    "table as CSV": ("/datos/lista/glosario.csv", 200),
    "table as JSON": ("/datos/lista/glosario.json", 200),
    "table as a spreadsheet": ("/datos/lista/glosario.xlsx", 200),
    "too many downloads": ("/datos/lista/glosario.csv", 429),
    "PDF": ("/datos/pagina/{page}.pdf", 200),
    "picture for sharing": ("/compartir/{page}.png", 200),
    "map of the site": ("/sitemap.xml", 200),
    "manifest": ("/manifest.webmanifest", 200),
    "search without an index": ("/buscar/resultados.csv?q=agua", 503),
    "document": ("DOCUMENT", 200),
    "picture": ("PICTURE", 200),
    "imports": ("/admin/trabajo/importar/", 200),
    "redactions": ("/admin/trabajo/ocultar/nuevo/", 200),
    "screen of others": ("/admin/plazos/", 302),
    "robots": ("/robots.txt", 200),
    "not found": ("/no-existe/", 404),
    "no such file": ("/media/images/no-existe.png", 404),
    "unreadable": ("/admin/pages/?p=%00", 400),
    "too many attempts": ("SENT", 429),
    "outage": ("/salud/metricas", 503),
    "outage of the API": ("/api/v1/planes/", 503),
    "forbidden": ("SENT", 403),
    "error": ("/salud/metricas", 500),
    "redirect": ("/admin", 301),
    "health": ("/salud/", 200),
    "ready": ("/salud/listo/", 503),
}
ADMIN = {"admin", "imports", "redactions", "screen of others", "unreadable"}


def add_document(room):
    document = PortalDocument(title="Acta", file=upload("acta.pdf", PDF), collection=room.space.collection)
    document.save()
    return document.url


def add_picture(room):
    image = PortalImage(title="Plaza", file=upload("plaza.png", picture()), collection=room.space.collection)
    image.save()
    return image.get_rendition("width-10").url


def fail(error, *_arguments):
    raise error


def send_without_token(client):
    return client.post(reverse("account_login"), {"login": "x"}, secure=True)


def write_to_api(client):
    return client.post("/api/v1/planes/", secure=True)


def ask_for_too_many_letters(client):
    client.logout()
    client.handler.enforce_csrf_checks = False
    form = {"email": "alguien@example.org"}
    answers = [client.post(reverse("account_reset_password"), form, secure=True) for _time in range(6)]
    return answers[-1]


#: What is not read but sent.
SENT = {
    "forbidden": send_without_token,
    "writing to the API": write_to_api,
    "too many attempts": ask_for_too_many_letters,
}
#: Files that people uploaded: nothing in them is executed or loads anything.
UPLOADED = {"document": add_document, "picture": add_picture}


@pytest.fixture(scope="module")
def production():
    """The settings of production about security, read from its module."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in VARIABLES.items():
            patched.setenv(name, value)
        module = importlib.import_module("abierto.settings.production")
    names = [name for name in vars(module) if name.startswith(PREFIXES)]
    return {name: getattr(module, name) for name in names}


@pytest.fixture
@built_once
def room():
    return newsroom()


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_kind_of_answer_has_the_headers(kind, production, room, monkeypatch, tmp_path):
    path, status = ANSWERS[kind]
    error = OperationalError() if kind.startswith("outage") else RuntimeError()
    monkeypatch.setattr(metrics, "count_events", partial(fail, error))
    if kind == "outage of the API":
        monkeypatch.setattr(responses, "count_request", partial(fail, error))
    more = {"ABIERTO_API_REQUESTS": -1, "ABIERTO_DATA": tmp_path} if status == 429 else {}
    with override_settings(**production, **more, ABIERTO_METRICS_TOKEN="medidas"):
        client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        client.force_login(room.editor)
        if kind in SENT:
            response = SENT[kind](client)
        else:
            address = UPLOADED[kind](room) if kind in UPLOADED else path
            response = client.get(address.format(page=room.commitment.pk), secure=True, headers=TOKEN)

    assert response.status_code == status
    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert len(response["X-Request-ID"]) == 32
    policy = response["Content-Security-Policy"]
    if kind in UPLOADED:
        assert policy.startswith("default-src 'none'")
        assert response["X-Frame-Options"] in {"SAMEORIGIN", "DENY"}
    else:
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'self'" in policy
    assert ("unsafe-inline" in policy) == (kind in ADMIN)
    assert "Server" not in response
    for cookie in response.cookies.values():
        assert cookie["secure"], cookie
        assert cookie["httponly"] or cookie.key == "csrftoken", cookie
        assert cookie["samesite"] == "Lax", cookie


def test_plain_http_is_redirected_but_for_health(production):
    with override_settings(**production):
        client = Client()
        assert client.get("/").status_code == 301
        assert client.get("/").headers["Location"] == "https://testserver/"
        assert client.get("/salud/").status_code == 200
