"""The engine on servers: the common behaviour on a real Elasticsearch, and what is its own."""

import pytest

from search.engines.elasticsearch import ElasticsearchEngine

pytest.register_assert_rewrite("tests.search.engine_behaviour")

from tests.search.engine_behaviour import EngineBehaviour  # noqa: E402

pytestmark = pytest.mark.elasticsearch


class TestElasticsearch(EngineBehaviour):
    @pytest.fixture(autouse=True)
    def _server(self, elasticsearch_url, request):
        self.url = elasticsearch_url
        self.prefix = f"t{abs(hash(request.node.nodeid))}"
        yield
        self.make_engine().drop()

    def make_engine(self):
        return ElasticsearchEngine([self.url], self.prefix)
