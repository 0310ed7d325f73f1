"""The address that says whether the portal is up."""

import pytest
from django.db import DatabaseError

from abierto.operations import health

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_portal_that_answers_says_so_and_is_not_kept_in_any_cache(client):
    response = client.get("/salud/")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "checks": {"database": True}}
    assert "no-cache" in response["Cache-Control"]


def test_portal_without_database_says_so(client, monkeypatch):
    def broken():
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", broken)

    response = client.get("/salud/")

    assert response.status_code == 503
    assert response.json()["status"] == "error"


def test_only_reading_is_answered(client):
    assert client.post("/salud/").status_code == 405
