"""The portal while its search servers do not answer: pages are published and queries answered."""

import json
import socket
import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.urls import reverse

from abierto.operations.diagnosis import State
from abierto.operations.doctor import portal as doctor
from abierto.operations.integrity.indexes import find_index_drift
from search import engines
from search.engines import EMBEDDED, get_engine, scratch_engine
from search.engines.base import EngineAnswer, EngineUnreachable, IndexMissing
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch import connection as servers
from search.engines.embedded import EmbeddedEngine
from search.engines.fallback import FallbackEngine
from search.indexing import outbox
from search.indexing.reconcile import iter_documents
from search.models import OutboxEntry
from search.query.plan import QueryPlan
from tests.factories import StandardPageFactory, published
from tests.search.corpus import ask, documents, found, world

pytestmark = pytest.mark.slow

DEGRADED = "El buscador no responde. Estos resultados pueden no estar al día."
BY_TITLE = "El buscador está en reparación. Por ahora buscamos solo en los títulos."


@pytest.fixture
def unused_address():
    """Return an address on which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
def silent_address():
    """Return an address that accepts connections and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def down(settings, unused_address):
    """Configure servers that do not exist."""
    settings.ABIERTO_SEARCH_ENGINE = "elasticsearch"
    settings.ABIERTO_ELASTICSEARCH_URLS = [unused_address]
    settings.ABIERTO_ELASTICSEARCH_INDEX = "ausente"


class TestEngine:
    def test_an_unreachable_server_raises_engine_unreachable(self, unused_address):
        engine = ElasticsearchEngine([unused_address], "ausente")
        with pytest.raises(EngineUnreachable):
            engine.search(QueryPlan(everything=True))
        with pytest.raises(EngineUnreachable):
            engine.delete([1])
        health = engine.health()
        assert (health.ok, health.reachable) == (False, False)

    def test_a_server_that_never_answers_is_awaited_once(self, silent_address, monkeypatch):
        monkeypatch.setattr(servers, "READ_SECONDS", 0.3)
        engine = ElasticsearchEngine([silent_address], "ausente")
        began = time.monotonic()
        for _ in range(20):
            with pytest.raises(EngineUnreachable):
                engine.known(["sentenci"])
        assert time.monotonic() - began < 2

    @pytest.mark.parametrize("address", ["http://solo-un-nombre", "servidor:9200"])
    def test_an_incomplete_address_raises_our_error(self, address):
        health = ElasticsearchEngine([address], "ausente").health()
        assert not health.reachable
        assert "incomplete" in health.detail

    def test_an_unreachable_server_is_retried_after_the_back_off(self, unused_address, monkeypatch):
        engine = ElasticsearchEngine([unused_address], "ausente")
        with pytest.raises(EngineUnreachable, match="refused"):
            engine.count()
        with pytest.raises(EngineUnreachable, match="the last call"):
            engine.count()
        later = time.monotonic() + 60
        monkeypatch.setattr(servers.time, "monotonic", lambda: later)
        with pytest.raises(EngineUnreachable, match="refused"):
            engine.count()


class UnreachableEngine:
    """An embedded engine that can be made unreachable."""

    name = "main_engine"

    def __init__(self, engine):
        self._engine = engine
        self.reachable = True

    def __getattr__(self, name):
        if not self.reachable:
            raise EngineUnreachable("gone")
        return getattr(self._engine, name)


class TestFallbackEngine:
    @pytest.fixture
    def main(self, tmp_path):
        main_engine = UnreachableEngine(EmbeddedEngine(tmp_path / "main"))
        main_engine.rebuild(world())
        return main_engine

    @pytest.fixture
    def fallback(self, tmp_path):
        engine = EmbeddedEngine(tmp_path / "fallback")
        engine.rebuild(world())
        return engine

    def test_the_main_engine_answers_while_it_is_reachable(self, main, fallback):
        fallback.delete([1])
        answer = ask(FallbackEngine(main, fallback), "ladrilleras")
        assert [hit.group for hit in answer.hits] == [1]
        assert not answer.from_fallback

    def test_the_fallback_answers_every_step_of_a_query(self, main, fallback):
        both = FallbackEngine(main, fallback)
        main.reachable = False
        answer = ask(both, "ladrilleras")
        assert [(hit.group, hit.title) for hit in answer.hits] == [(1, "Vigilar las ladrilleras")]
        assert answer.from_fallback

    def test_hits_are_read_from_the_engine_that_found_them(self, main, fallback):
        both = FallbackEngine(main, fallback)
        plan = QueryPlan(everything=True, by_date=True, limit=1)
        first = both.search(plan).hits
        main.reachable = False
        second = both.search(plan).hits
        main.reachable = True
        fields = both.stored([*first, *second])
        assert [stored["title"] for stored in fields] == ["Primer informe parcial"] * 2

    def test_changes_reach_both_engines(self, main, fallback):
        both = FallbackEngine(main, fallback)
        with both.batch() as batch:
            batch.remove([1])
            batch.put(documents(9, "Obra", "Puentes."))
            batch.remove([2])
            batch.put(documents(2, "Otra", "Caminos."))
        for engine in (main, fallback):
            assert found(engine, "puentes") == [9]
            assert found(engine, "caminos") == [2]
            assert found(engine, "ladrilleras") == []
        assert both.groups() == fallback.groups()

    def test_a_fallback_that_was_never_built_is_ignored(self, main, tmp_path):
        both = FallbackEngine(main, EmbeddedEngine(tmp_path / "none"))
        both.index(documents(9, "Obra", "Puentes."))
        both.delete([1])
        assert found(both, "puentes") == [9]
        main.reachable = False
        with pytest.raises(IndexMissing):
            found(both, "puentes")

    def test_the_fallback_receives_only_what_the_main_engine_accepted(self, main, fallback):
        both = FallbackEngine(main, fallback)
        main.reachable = False
        with pytest.raises(EngineUnreachable):
            both.delete([1])
        assert found(fallback, "ladrilleras") == [1]

    def test_an_answer_is_from_the_main_engine_by_default(self):
        assert not EngineAnswer(()).from_fallback


@pytest.mark.django_db
class TestPortal:
    def ask(self, client, text):
        return client.get(reverse("search:results"), {"q": text})

    def test_a_published_page_waits_in_the_outbox(self, down, committed):
        with committed():
            page = published(StandardPageFactory(title="Gobierno abierto"))
        page.refresh_from_db()
        assert page.live
        assert OutboxEntry.objects.filter(page_id=page.pk, attempts=0).exists()
        assert outbox.drain().error

    def test_waiting_rows_are_indexed_when_the_servers_return(self, down, committed, settings):
        with committed():
            page = published(StandardPageFactory(title="Gobierno abierto"))
        settings.ABIERTO_SEARCH_ENGINE = EMBEDDED
        get_engine().rebuild([])
        outbox.drain()
        assert set(get_engine().groups()) >= {page.pk}
        assert not OutboxEntry.objects.exists()

    def test_the_embedded_index_answers_with_a_notice(self, down, client, committed):
        published(StandardPageFactory(title="Gobierno abierto", summary="Qué son las ladrilleras."))
        get_engine(EMBEDDED).rebuild(iter_documents())
        response = self.ask(client, "gobierno abierto")
        html = response.content.decode()
        assert DEGRADED in html
        assert [card.record.title for card in response.context["cards"]] == ["Gobierno abierto"]
        offered = client.get(reverse("search:suggestions"), {"q": "gobierno"}).json()
        assert offered["suggestions"]

    def test_without_a_fallback_titles_are_searched_with_a_notice(self, down, client):
        published(StandardPageFactory(title="Gobierno abierto"))
        response = self.ask(client, "gobierno")
        assert BY_TITLE in response.content.decode()
        assert [card.record.title for card in response.context["cards"]] == ["Gobierno abierto"]

    def test_the_doctor_names_the_fix(self, down):
        engine, fallback = list(doctor.check_search())
        assert (engine.state, fallback.state) == (State.ERROR, State.WARNING)
        assert "ELASTICSEARCH_URL" in engine.fix
        assert fallback.fix.endswith("search rebuild --engine embedded")
        get_engine(EMBEDDED).rebuild([])
        states = [diagnosis.state for diagnosis in doctor.check_search()]
        assert states == [State.ERROR, State.OK]

    def test_integrity_suggests_no_rebuild_of_an_intact_index(self, down):
        (finding,) = find_index_drift()
        assert "ELASTICSEARCH_URL" in finding.fix

    def test_commands_report_unreachable_servers_in_a_sentence(self, down):
        for action in ("rebuild", "check", "sync"):
            with pytest.raises(CommandError, match="no responde"):
                call_command("search", action)

    def test_building_the_fallback_by_name_settles_no_rows(self, down, capsys):
        published(StandardPageFactory(title="Gobierno abierto"))
        outbox.enqueue([1])
        waits = OutboxEntry.objects.count()
        call_command("search", "rebuild", "--engine", "embedded", "--json")
        assert json.loads(capsys.readouterr().out)["documents"] >= 1
        assert OutboxEntry.objects.count() == waits
        with pytest.raises(CommandError, match="rebuild --engine embedded"):
            call_command("search", "sync", "--engine", "embedded")

    def test_a_rebuild_on_servers_also_builds_the_fallback(self, down, monkeypatch, tmp_path):
        published(StandardPageFactory(title="Gobierno abierto"))
        main_engine = EmbeddedEngine(tmp_path / "servers")
        monkeypatch.setattr(engines, "elasticsearch_class", lambda: lambda urls, prefix: main_engine)
        call_command("search", "rebuild")
        assert main_engine.groups() == get_engine(EMBEDDED).groups() != {}

    def test_an_engine_without_servers_is_a_reported_configuration_error(self, settings):
        settings.ABIERTO_ELASTICSEARCH_URLS = []
        with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
            call_command("search", "check", "--engine", "elasticsearch")
        with pytest.raises(ImproperlyConfigured):
            get_engine("otro")


@pytest.mark.elasticsearch
def test_a_scratch_engine_deletes_its_indexes(settings, elasticsearch_url):
    settings.ABIERTO_ELASTICSEARCH_URLS = [elasticsearch_url]
    with scratch_engine("elasticsearch") as engine:
        engine.rebuild(world())
        assert found(engine, "ladrilleras") == [1]
    with pytest.raises(IndexMissing):
        found(engine, "ladrilleras")
