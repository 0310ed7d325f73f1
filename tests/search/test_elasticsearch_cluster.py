"""Three servers, one of them killed while pages are indexed and searched."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from elasticsearch import Elasticsearch

from search.engines.base import EngineError
from search.engines.elasticsearch import ElasticsearchEngine
from tests import elasticsearch
from tests.search.corpus import documents, found, world

PREFIX = "cluster"
BEFORE, AFTER = 10, 20
PATIENCE = 60  # seconds in which writing has to go on again

pytestmark = [pytest.mark.elasticsearch, pytest.mark.slow]


@pytest.fixture
def nodes(elasticsearch_jars, tmp_path):
    with elasticsearch.running_nodes(tmp_path, 3) as running:
        yield running


def holder_of_the_primary(nodes):
    """The server that holds the first copy of the index: losing it hurts most."""
    with Elasticsearch(nodes[0].url) as client:
        told = client.search_shards(index=PREFIX)
    primary = next(copy for copy in told["shards"][0] if copy["primary"])
    name = told["nodes"][primary["node"]]["name"]
    return next(node for node in nodes if node.name == name)


class Searching:
    """Asks all the time, from another engine, and remembers what it was told."""

    def __init__(self, urls):
        self.engine = ElasticsearchEngine(urls, PREFIX)
        self.stop = threading.Event()
        self.answers, self.faults = [], []

    def __call__(self):
        while not self.stop.is_set():
            try:
                self.answers.append(found(self.engine, "ladrilleras"))
            except EngineError as error:
                self.faults.append(str(error))


def index_until_accepted(engine, number):
    """Index one page as the outbox does: again and again until it is acknowledged."""
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            engine.index(documents(number, "Obra", "Puentes."))
            return
        except EngineError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.2)


def test_a_killed_server_loses_nothing_acknowledged_and_searching_goes_on(nodes):
    urls = [node.url for node in nodes]
    engine = ElasticsearchEngine(urls, PREFIX)
    engine.rebuild(world())
    searching = Searching(urls)
    acknowledged = list(range(100, 100 + BEFORE + AFTER))
    with ThreadPoolExecutor(1) as threads:
        asking = threads.submit(searching)
        for number in acknowledged[:BEFORE]:
            index_until_accepted(engine, number)
        before = len(searching.answers)
        holder_of_the_primary(nodes).kill()
        for number in acknowledged[BEFORE:]:
            index_until_accepted(engine, number)
        searching.stop.set()
        asking.result(timeout=30)

    assert set(engine.groups()) == {1, 2, 3, 4, 5, 6, 7, *acknowledged}
    assert len(searching.answers) > before > 0
    assert all(answer == [1] for answer in searching.answers)
    assert searching.faults == []
