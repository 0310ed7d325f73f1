"""The health check address."""

import pytest
from django.db import DatabaseError

from abierto.operations import health

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_health_answers_200_and_is_not_cacheable(client):
    response = client.get("/salud/")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "checks": {"database": True}}
    assert "no-cache" in response["Cache-Control"]


def test_health_answers_503_without_database(client, monkeypatch):
    def broken():
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", broken)

    response = client.get("/salud/")

    assert response.status_code == 503
    assert response.json()["status"] == "error"


def test_health_allows_safe_methods_only(client):
    assert client.post("/salud/").status_code == 405
