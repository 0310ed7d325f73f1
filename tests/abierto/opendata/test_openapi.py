"""The OpenAPI document describes the API: schemathesis sends valid and invalid requests."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from abierto.opendata.registry import RESOURCES
from tests.abierto.opendata.world import publish_all

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: Requests to each operation.
FEW = {
    "max_examples": 4,
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "derandomize": True,
}


def test_document_is_at_its_address(client):
    document = client.get("/api/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert len(document["paths"]) == 2 * len(RESOURCES)
    start = client.get("/api/v1/").json()
    assert [one["name"] for one in start["resources"]] == [one.title for one in RESOURCES.values()]
    assert start["openapi"].endswith("/api/v1/openapi.json")


def read_operations(client):
    schema = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())
    return [result.ok() for result in schema.get_all_operations()]


def answer(case) -> schemathesis.Response:
    """Send a case by Django's client, which is in the transaction of the test, and check the answer."""
    prepared = requests.Request(**case.as_transport_kwargs(base_url="http://localhost")).prepare()
    parts = urlsplit(prepared.url)
    headers = {name: value for name, value in prepared.headers.items() if name.isascii()}
    sent = Client().generic(case.method, f"{parts.path}?{parts.query}", headers=headers)
    received = {name.lower(): [value] for name, value in sent.headers.items()}
    response = schemathesis.Response(sent.status_code, received, sent.content, prepared, 0.0, verify=False)
    # What only an earlier answer gives, as a cursor, is refused when it is made up.
    case.validate_response(response, excluded_checks=[positive_data_acceptance])
    return response


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
def test_responses_match_the_document(client, mode):
    """No answer is an error of the server, and each is as the document describes it."""
    publish_all()
    operations = read_operations(client)
    assert len(operations) == 2 * len(RESOURCES)

    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(**FEW)
        def send(case):
            answer(case)

        send()


def test_each_record_is_as_its_schema(client):
    """The records that there are, which no generated id would find."""
    ids = publish_all()

    for operation in read_operations(client):
        slug = operation.path.split("/")[3]
        parameters = {"record_id": str(ids[slug])} if "record_id" in operation.path else {}
        case = operation.Case(path_parameters=parameters)
        assert answer(case).status_code == 200, operation.path
