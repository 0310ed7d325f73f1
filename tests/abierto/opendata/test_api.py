"""The API: lists and records of everything public, in three formats, and nothing else."""

from __future__ import annotations

import csv
import datetime
import json
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from multiprocessing import get_context
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from abierto.opendata.api.rate_limits import count_in_window, limits_folder
from abierto.opendata.fields import json_value
from abierto.opendata.registry import RESOURCES
from abierto.registry.models import Institution
from pages.plans.commitments import CommitmentPage
from tests.abierto.opendata.world import publish_all
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    InstitutionFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    published,
    republished,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LIST = "/api/v1/{}/"


def read(client, address, **parameters):
    response = client.get(address, parameters)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.fixture
def ids():
    return publish_all()


def test_list_and_record_have_the_fields_of_the_dictionary(client, ids):
    for slug, resource in RESOURCES.items():
        listed = read(client, LIST.format(slug))["data"]
        alone = read(client, f"{LIST.format(slug)}{ids[slug]}/")

        assert ids[slug] in [record["id"] for record in listed], slug
        assert list(listed[0]) == [field.name for field in resource.table_fields]
        assert set(alone) == {field.name for field in resource.fields}
        assert {name: alone[name] for name in listed[0]} in listed


def test_csv_has_the_same_records(client, ids):
    for slug in RESOURCES:
        records = read(client, LIST.format(slug))["data"]

        response = client.get(LIST.format(slug), headers={"accept": "text/csv"})

        rows = list(csv.DictReader(response.content.decode().splitlines()))
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert [row["id"] for row in rows] == [str(record["id"]) for record in records], slug
        assert [row["hash"] for row in rows] == [record["hash"] for record in records]


def count_queries(client) -> dict[str, int]:
    found = {}
    for slug in RESOURCES:
        client.get(LIST.format(slug))
        with CaptureQueriesContext(connection) as queries:
            read(client, LIST.format(slug))
        found[slug] = len(queries)
    return found


def test_number_of_queries_does_not_grow(client):
    publish_all()
    few = count_queries(client)

    publish_all(3)

    assert count_queries(client) == few
    assert max(few.values()) <= 7
    assert few["compromisos"] <= 6


def test_parts_of_a_list_join_to_the_whole(client):
    publish_all(3)
    whole = read(client, LIST.format("acciones"))
    address, found = f"{LIST.format('acciones')}?limite=5", []

    while address:
        part = read(client, address)
        found += part["data"]
        following = part["next"]
        address = following and f"{urlsplit(following).path}?{urlsplit(following).query}"

    assert len(found) == 12
    assert found == whole["data"]
    assert whole["next"] is None


def test_filters_leave_the_rows_of_one_plan(client, ids):
    other = published(CommitmentPageFactory(parent=AxisPageFactory()))

    listed = read(client, LIST.format("compromisos"), plan=ids["planes"])["data"]

    assert [record["id"] for record in listed] == [ids["compromisos"]]
    every = read(client, LIST.format("compromisos"))["data"]
    assert str(other.translation_key) in [record["id"] for record in every]


@pytest.mark.parametrize(
    "query",
    ["limite=0", "limite=x", "formato=xml", "cursor=%%%", "cursor=w6E", "modified_since=ayer", "plan=1",
     "modified_since=0001-01-01T00:00:00%2B14:00", "modified_since=2026-13-40", "solo=nada"],
)  # fmt: skip
def test_a_bad_parameter_is_named(client, ids, query):
    response = client.get(f"{LIST.format('compromisos')}?{query}")

    assert response.status_code == 400
    assert response.json()["parameter"] == query.partition("=")[0]
    assert response.json()["error"].endswith(".")


def test_a_new_update_changes_its_commitment(client, ids):
    """The figure of a commitment is part of its record, so that its harvesters must see the change."""
    before = read(client, f"{LIST.format('compromisos')}{ids['compromisos']}/")
    since = timezone.now()
    commitment = CommitmentPage.objects.get(translation_key=ids["compromisos"])

    published(
        ProgressUpdatePageFactory(
            parent=commitment,
            period_start=datetime.date(2023, 12, 1),
            period_end=datetime.date(2024, 3, 1),
            rows={1: 90, 2: 90},
        )
    )

    after = read(client, f"{LIST.format('compromisos')}{ids['compromisos']}/")
    assert (before["progress"], after["progress"]) == (40, 90)
    assert before["hash"] != after["hash"]
    changed = read(client, LIST.format("compromisos"), modified_since=since.isoformat())["data"]
    assert [record["id"] for record in changed] == [ids["compromisos"]]


def test_what_did_not_change_since_a_moment_is_left_out(client, ids):
    later = (timezone.now() + datetime.timedelta(days=1)).isoformat()

    for slug in RESOURCES:
        assert read(client, LIST.format(slug), modified_since=later)["data"] == []


def test_fingerprints_are_those_of_the_records(client, ids):
    records = read(client, LIST.format("compromisos"))["data"]

    found = read(client, LIST.format("compromisos"), solo="huellas")["data"]

    assert found == [{name: record[name] for name in ("id", "modified", "hash")} for record in records]


def test_an_unchanged_answer_is_304_without_content(client, ids):
    first = client.get(LIST.format("planes"))

    again = client.get(LIST.format("planes"), headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    republished(InstitutionFactory(), name="Otra")
    published(PlanPageFactory())
    changed = client.get(LIST.format("planes"), headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200


def test_scripts_of_other_sites_may_read_and_nothing_else(client, ids):
    assert client.get(LIST.format("ods"))["Access-Control-Allow-Origin"] == "*"
    preflight = client.options(LIST.format("ods"), headers={"access-control-request-method": "GET"})
    assert preflight.status_code == 204
    assert "If-None-Match" in preflight["Access-Control-Allow-Headers"]
    refused = client.post(LIST.format("ods"))
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    head = client.head(LIST.format("ods"))
    assert (head.status_code, head.content) == (200, b"")


def test_requests_over_the_limit_are_refused_with_a_retry_after(client, ids, settings, tmp_path):
    settings.ABIERTO_API_REQUESTS = 2
    settings.ABIERTO_DATA = tmp_path

    answers = [client.get(LIST.format("ods")) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    elsewhere = client.get(LIST.format("ods"), REMOTE_ADDR="192.0.2.9")
    assert elsewhere.status_code == 200


def test_processes_count_the_requests_of_an_address_together(settings, tmp_path):
    settings.ABIERTO_DATA = tmp_path
    # A name of another window is deleted with the first request of this one.
    count_in_window("192.0.2.9", 1)
    with ProcessPoolExecutor(2, get_context("fork")) as processes:
        counts = list(processes.map(count_in_window, ["192.0.2.9"] * 40, [2] * 40))

    assert sorted(counts) == list(range(1, 41))
    assert [path.name for path in limits_folder().iterdir()] == ["2"]


def test_a_renamed_institution_changes_the_records_that_name_it(client, ids):
    """The moment that harvesters compare moves with the hash."""
    named = ("compromisos", "sesiones", "acuerdos", "secretariados", "sentencias")
    former = InstitutionFactory(successor=InstitutionFactory())
    before = {slug: read(client, f"{LIST.format(slug)}{ids[slug]}/") for slug in named}
    before["instituciones"] = read(client, f"{LIST.format('instituciones')}{former.pk}/")
    start = timezone.now()

    for institution in Institution.objects.exclude(pk=former.pk):
        republished(institution, name=f"{institution.name} y Control")

    for slug, record in before.items():
        changed = read(client, LIST.format(slug), modified_since=start.isoformat())["data"]
        [after] = [one for one in changed if one["id"] == record["id"]]
        assert datetime.datetime.fromisoformat(after["modified"]) >= start.replace(microsecond=0), slug
        assert after["hash"] != record["hash"], slug


def test_formulas_are_quoted_in_csv(client, ids):
    republished(InstitutionFactory(), name="=HYPERLINK(1)")

    text = client.get(f"{LIST.format('instituciones')}?formato=csv").content.decode()

    assert "'=HYPERLINK(1)" in text
    assert ",=HYPERLINK(1)" not in text


def test_an_update_has_its_history(client, ids):
    history = read(client, f"{LIST.format('avances')}{ids['avances']}/")["history"]

    assert [entry["event"] for entry in history] == ["Se publicó por primera vez"]
    assert history[0]["review"] == "Cargado del documento original."


def test_a_ruling_has_its_text_by_passages(client, ids):
    record = read(client, f"{LIST.format('sentencias')}{ids['sentencias']}/")

    assert [part["kind"] for part in record["parts"]] == ["public", "plain"]
    texts = {(passage["part"], passage["heading"]): passage["text"] for passage in record["passages"]}
    assert texts["plain", "Qué se decidió"] == "La multa no vale."
    assert texts["public", "Página 2"] == "Se resuelve."
    assert all("#" in passage["url"] for passage in record["passages"])


def test_a_municipality_has_its_roadmap(client, ids):
    record = read(client, f"{LIST.format('municipios')}{ids['municipios']}/")

    assert record["road_url"]
    assert [step["status"] for step in record["steps"]] == ["unknown"]


def test_what_a_microsite_publishes_has_its_municipality(client, ids):
    for slug in ("planes", "compromisos", "acciones", "sesiones", "acuerdos", "consultas", "secretariados"):
        record = read(client, f"{LIST.format(slug)}{ids[slug]}/")
        assert record["municipality_code"] == ids["municipios"], slug


def test_texts_are_spanish_whatever_the_visitor_reads(client, ids):
    spanish = client.get(f"{LIST.format('avances')}{ids['avances']}/").content

    english = client.get(f"{LIST.format('avances')}{ids['avances']}/", headers={"accept-language": "en"})

    assert english.content == spanish


def test_json_ld_names_the_address_of_the_record(client, ids):
    data = read(client, f"{LIST.format('compromisos')}{ids['compromisos']}/", formato="jsonld")

    assert data["@id"].endswith(f"/api/v1/compromisos/{ids['compromisos']}/")
    assert data["@context"]["title"] == "https://schema.org/name"
    assert data["title"] == "Compromiso 1.1"


def test_hash_is_that_of_the_canonical_record(client, ids):
    record = read(client, LIST.format("ods"))["data"][0]
    own = {name: value for name, value in record.items() if name != "hash"}

    text = json.dumps(json_value(own), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert record["hash"] == sha256(text.encode()).hexdigest()
