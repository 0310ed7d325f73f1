"""Liveness and readiness are separate checks; metrics need a token."""

import shutil

import pytest
from django.db import DatabaseError
from django.test import override_settings
from django.utils import timezone
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from abierto.jobs.models import JobRun, Outcome
from abierto.operations import digest, health

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TOKEN = "una-clave-de-medidas"
STATE = (
    *("index_queue_seconds", "index_queue_rows", "index_failed_rows", "worker_alive"),
    *("reviews_waiting", "letters_failed", "errors"),
)
BEARER = {"authorization": f"Bearer {TOKEN}"}


def broken_cursor():
    raise DatabaseError


def test_alive_asks_nothing_of_the_database_and_is_not_cacheable(client, django_assert_num_queries):
    with django_assert_num_queries(0), override_settings(ABIERTO_PAGE_CACHE_SECONDS=60):
        response = client.get("/salud/", headers={"host": "10.0.0.7"})

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-cache" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_ready_names_what_fails_without_details(client, monkeypatch):
    monkeypatch.setitem(health.READINESS, "index", lambda: True)
    assert client.get("/salud/listo/", headers={"host": "10.0.0.7"}).status_code == 200

    monkeypatch.setattr(health.connection, "cursor", broken_cursor)
    response = client.get("/salud/listo/")

    assert response.status_code == 503
    checks = {"database": False, "index": True, "disk": True}
    assert response.json() == {"status": "error", "checks": checks, "jobs": []}
    assert client.get("/salud/").status_code == 200


def test_ready_lists_how_each_periodic_job_ended_without_the_text_of_its_error(client):
    JobRun.objects.create(command="remind", started_at=timezone.now(), outcome=Outcome.FAILED, error="Ana")

    response = client.get("/salud/listo/")

    jobs = {job["job"]: job for job in response.json()["jobs"]}
    assert jobs["remind"]["outcome"] == "failed"
    assert jobs["read_files"]["late"] is True
    assert "Ana" not in response.content.decode()


def test_ready_fails_without_an_index_and_with_a_full_disk(client, monkeypatch, settings, tmp_path):
    settings.ABIERTO_INDEX_DIR = tmp_path / "none"
    settings.ABIERTO_DATA = tmp_path
    assert not health.is_index_readable()
    assert health.is_disk_writable()

    full = shutil._ntuple_diskusage(10**9, 10**9, 1000)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda folder: full)
    assert not health.is_disk_writable()
    assert client.get("/salud/listo/").json()["checks"]["disk"] is False


@pytest.mark.parametrize("path", ["/salud/", "/salud/listo/", "/salud/metricas"])
def test_health_allows_safe_methods_only(client, path):
    assert client.post(path).status_code == 405


def test_metrics_need_a_token_that_was_set(client):
    assert client.get("/salud/metricas").status_code == 404
    assert client.get("/salud/metricas", headers={"authorization": "Bearer "}).status_code == 404
    with override_settings(ABIERTO_METRICS_TOKEN=TOKEN):
        assert client.get("/salud/metricas").status_code == 401
        assert client.get("/salud/metricas", headers={"authorization": "Bearer otra"}).status_code == 401


@override_settings(ABIERTO_METRICS_TOKEN=TOKEN)
def test_metrics_are_openmetrics_with_requests_and_what_waits(client):
    def measure() -> dict[str, float]:
        body = client.get("/salud/metricas", headers=BEARER).content.decode()
        samples = [one for family in text_string_to_metric_families(body) for one in family.samples]
        return {f"{one.name}{sorted(one.labels.values())}": one.value for one in samples}

    before = measure()
    client.get("/no-existe/")
    after = measure()

    key = "abierto_requests_total['404', 'GET']"
    assert after[key] == before.get(key, 0) + 1
    assert {f"abierto_{name}[]" for name in STATE} <= after.keys()


def test_letters_that_failed_are_counted(settings, tmp_path):
    settings.ABIERTO_DATA = tmp_path
    lines = [
        '{"exception": "SMTPException < mail_backends.py:32 send"}',
        '{"exception": "KeyError"}',
    ]
    digest.events_path().write_text("\n".join(lines))

    assert (digest.count_events("mail_backends"), digest.count_events()) == (1, 2)
