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
PATIENCE = 60  # seconds until writes must continue

pytestmark = [pytest.mark.elasticsearch, pytest.mark.slow]


@pytest.fixture
def nodes(elasticsearch_jars, tmp_path):
    with elasticsearch.running_nodes(tmp_path, 3) as running:
        yield running


def holder_of_the_primary(nodes):
    """Return the server with the primary shard: losing it is the worst case."""
    with Elasticsearch(nodes[0].url) as client:
        shards = client.search_shards(index=PREFIX)
    primary = next(copy for copy in shards["shards"][0] if copy["primary"])
    name = shards["nodes"][primary["node"]]["name"]
    return next(node for node in nodes if node.name == name)


class Searching:
    """Search continuously on another engine and record the answers."""

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
    """Index one page as the outbox does: retry until it is acknowledged."""
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            engine.index(documents(number, "Obra", "Puentes."))
            return
        except EngineError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.2)


def test_a_killed_server_loses_no_acknowledged_write_and_searches_continue(nodes):
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
