"""From the embedded index to servers: the address, one rebuild, and the same answers."""

import os

import pytest
from django.core.management import call_command

from abierto.operations.diagnosis import State
from abierto.operations.doctor.portal import check_search
from abierto.operations.integrity import run_checks
from search.engines import get_engine
from search.engines.elasticsearch import ElasticsearchEngine
from tests.search.portal import portal

PREFIX = f"crecer-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
QUESTIONS = (
    "q=humo",
    "q=ladrilleras",
    "q=plan+2022",
    "q=camiones+viejos",
    "q=gobierno+abierto&tipo=pagina",
    "tipo=compromiso",
    "q=zanahoria",
)


def ask(client) -> dict[str, tuple[int, list[str]]]:
    """Return the number of results and their addresses, for each question."""
    answers = {}
    for question in QUESTIONS:
        response = client.get(f"/buscar/resultados.json?{question}")
        assert response.status_code == 200
        found = response.json()
        answers[question] = (found["total"], [row["url"] for row in found["results"]])
    return answers


@pytest.mark.elasticsearch
@pytest.mark.slow
@pytest.mark.django_db
def test_servers_answer_as_the_embedded_index_did(client, settings, elasticsearch_url, tmp_path):
    settings.ABIERTO_INDEX_DIR = tmp_path / "index"
    portal()
    call_command("search", "rebuild", verbosity=0)
    before = ask(client)
    assert before["tipo=compromiso"][0] == 2
    assert before["q=zanahoria"][0] == 0

    settings.ABIERTO_SEARCH_ENGINE = "elasticsearch"
    settings.ABIERTO_ELASTICSEARCH_URLS = [elasticsearch_url]
    settings.ABIERTO_ELASTICSEARCH_INDEX = PREFIX
    try:
        assert run_checks(["index"])["index"] != []  # the servers have nothing yet
        call_command("search", "rebuild", verbosity=0)

        assert ask(client) == before
        assert get_engine().health().documents == get_engine("embedded").health().documents
        assert run_checks(["index"])["index"] == []
        assert {diagnosis.state for diagnosis in check_search()} == {State.OK}
    finally:
        ElasticsearchEngine([elasticsearch_url], PREFIX).drop()
