"""The portal while its search servers do not answer: pages are published, and questions answered."""

import json
import socket
import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.urls import reverse

from abierto.operations.doctor import portal as doctor
from abierto.operations.doctor.diagnosis import State
from abierto.operations.integrity.indexes import drifted_index
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

DEGRADED = "El buscador no responde. Estos resultados pueden no estar al día."
BY_TITLE = "El buscador está en reparación. Por ahora buscamos solo en los títulos."


@pytest.fixture
def nobody():
    """An address where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
def deaf():
    """An address that takes calls and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def down(settings, nobody):
    """The portal, told to use servers that are not there."""
    settings.ABIERTO_SEARCH_ENGINE = "elasticsearch"
    settings.ABIERTO_ELASTICSEARCH_URLS = [nobody]
    settings.ABIERTO_ELASTICSEARCH_INDEX = "ausente"


class TestEngine:
    def test_it_says_that_it_cannot_be_reached(self, nobody):
        engine = ElasticsearchEngine([nobody], "ausente")
        with pytest.raises(EngineUnreachable):
            engine.search(QueryPlan(everything=True))
        with pytest.raises(EngineUnreachable):
            engine.delete([1])
        health = engine.health()
        assert (health.ok, health.reachable) == (False, False)

    def test_a_server_that_never_answers_is_waited_for_once(self, deaf, monkeypatch):
        monkeypatch.setattr(servers, "READ_SECONDS", 0.3)
        engine = ElasticsearchEngine([deaf], "ausente")
        began = time.monotonic()
        for _ in range(20):
            with pytest.raises(EngineUnreachable):
                engine.known(["sentenci"])
        assert time.monotonic() - began < 2

    @pytest.mark.parametrize("address", ["http://solo-un-nombre", "servidor:9200"])
    def test_half_an_address_is_an_error_of_ours(self, address):
        health = ElasticsearchEngine([address], "ausente").health()
        assert not health.reachable
        assert "not whole" in health.detail

    def test_it_is_asked_again_after_a_rest(self, nobody, monkeypatch):
        engine = ElasticsearchEngine([nobody], "ausente")
        with pytest.raises(EngineUnreachable, match="refused"):
            engine.count()
        with pytest.raises(EngineUnreachable, match="a moment ago"):
            engine.count()
        later = time.monotonic() + 60
        monkeypatch.setattr(servers.time, "monotonic", lambda: later)
        with pytest.raises(EngineUnreachable, match="refused"):
            engine.count()


class Stand:
    """An engine that can be made unreachable; all else is the embedded one's."""

    name = "stand"

    def __init__(self, engine):
        self._engine = engine
        self.reachable = True

    def __getattr__(self, name):
        if not self.reachable:
            raise EngineUnreachable("gone")
        return getattr(self._engine, name)


class TestSpare:
    @pytest.fixture
    def main(self, tmp_path):
        stand = Stand(EmbeddedEngine(tmp_path / "main"))
        stand.rebuild(world())
        return stand

    @pytest.fixture
    def spare(self, tmp_path):
        engine = EmbeddedEngine(tmp_path / "spare")
        engine.rebuild(world())
        return engine

    def test_the_first_engine_answers_while_it_can(self, main, spare):
        spare.delete([1])
        answer = ask(FallbackEngine(main, spare), "ladrilleras")
        assert [hit.group for hit in answer.hits] == [1]
        assert not answer.from_fallback

    def test_then_the_spare_does_with_everything_a_question_needs(self, main, spare):
        both = FallbackEngine(main, spare)
        main.reachable = False
        answer = ask(both, "ladrilleras")
        assert [(hit.group, hit.title) for hit in answer.hits] == [(1, "Vigilar las ladrilleras")]
        assert answer.from_fallback
        assert both.suggest("ladri")[0][0] == "ladrilleras"

    def test_hits_are_read_where_they_were_found(self, main, spare):
        both = FallbackEngine(main, spare)
        plan = QueryPlan(everything=True, by_date=True, limit=1)
        first = both.search(plan).hits
        main.reachable = False
        second = both.search(plan).hits
        main.reachable = True
        told = both.stored([*first, *second])
        assert [stored["title"] for stored in told] == ["Primer informe parcial"] * 2

    def test_changes_reach_both(self, main, spare):
        both = FallbackEngine(main, spare)
        with both.batch() as batch:
            batch.remove([1])
            batch.put(documents(9, "Obra", "Puentes."))
            batch.remove([2])
            batch.put(documents(2, "Otra", "Caminos."))
        for engine in (main, spare):
            assert found(engine, "puentes") == [9]
            assert found(engine, "caminos") == [2]
            assert found(engine, "ladrilleras") == []
        assert both.groups() == spare.groups()

    def test_a_spare_that_was_never_built_stays_out_of_the_way(self, main, tmp_path):
        both = FallbackEngine(main, EmbeddedEngine(tmp_path / "none"))
        both.index(documents(9, "Obra", "Puentes."))
        both.delete([1])
        assert found(both, "puentes") == [9]
        main.reachable = False
        with pytest.raises(IndexMissing):
            found(both, "puentes")

    def test_nothing_is_written_to_the_spare_that_the_first_engine_did_not_take(self, main, spare):
        both = FallbackEngine(main, spare)
        main.reachable = False
        with pytest.raises(EngineUnreachable):
            both.delete([1])
        assert found(spare, "ladrilleras") == [1]

    def test_an_answer_is_the_first_engines_unless_it_says_otherwise(self):
        assert not EngineAnswer(()).from_fallback


@pytest.mark.django_db
class TestPortal:
    def ask(self, client, text):
        return client.get(reverse("search:results"), {"q": text})

    def test_a_page_is_published_and_waits(self, down, committed):
        with committed():
            page = published(StandardPageFactory(title="Gobierno abierto"))
        page.refresh_from_db()
        assert page.live
        assert OutboxEntry.objects.filter(page_id=page.pk, attempts=0).exists()
        assert outbox.drain().error

    def test_what_waited_is_indexed_when_the_servers_are_back(self, down, committed, settings):
        with committed():
            page = published(StandardPageFactory(title="Gobierno abierto"))
        settings.ABIERTO_SEARCH_ENGINE = EMBEDDED
        get_engine().rebuild([])
        outbox.drain()
        assert set(get_engine().groups()) >= {page.pk}
        assert not OutboxEntry.objects.exists()

    def test_the_public_is_answered_by_the_embedded_index_and_told(self, down, client, committed):
        published(StandardPageFactory(title="Gobierno abierto", summary="Qué son las ladrilleras."))
        get_engine(EMBEDDED).rebuild(iter_documents())
        response = self.ask(client, "gobierno abierto")
        html = response.content.decode()
        assert DEGRADED in html
        assert [card.page.title for card in response.context["cards"]] == ["Gobierno abierto"]
        offered = client.get(reverse("search:suggestions"), {"q": "gobier"}).json()
        assert offered["suggestions"]

    def test_without_it_titles_are_searched_and_that_is_told(self, down, client):
        published(StandardPageFactory(title="Gobierno abierto"))
        response = self.ask(client, "gobierno")
        assert BY_TITLE in response.content.decode()
        assert [card.page.title for card in response.context["cards"]] == ["Gobierno abierto"]

    def test_the_doctor_tells_what_to_do(self, down):
        engine, spare = list(doctor.search())
        assert (engine.state, spare.state) == (State.BAD, State.WARNING)
        assert "ELASTICSEARCH_URL" in engine.fix
        assert spare.fix.endswith("search rebuild --engine embedded")
        get_engine(EMBEDDED).rebuild([])
        assert [diagnosis.state for diagnosis in doctor.search()] == [State.BAD, State.WELL]

    def test_integrity_does_not_send_people_to_rebuild_what_is_not_broken(self, down):
        (finding,) = drifted_index()
        assert "ELASTICSEARCH_URL" in finding.fix

    def test_the_commands_say_it_in_a_sentence(self, down):
        for action in ("rebuild", "check", "sync"):
            with pytest.raises(CommandError, match="no responde"):
                call_command("search", action)

    def test_the_spare_is_built_by_name_and_settles_nothing(self, down, capsys):
        published(StandardPageFactory(title="Gobierno abierto"))
        outbox.enqueue([1])
        waits = OutboxEntry.objects.count()
        call_command("search", "rebuild", "--engine", "embedded", "--json")
        assert json.loads(capsys.readouterr().out)["documents"] >= 1
        assert OutboxEntry.objects.count() == waits
        with pytest.raises(CommandError, match="rebuild --engine embedded"):
            call_command("search", "sync", "--engine", "embedded")

    def test_a_rebuild_on_servers_builds_the_spare_as_well(self, down, monkeypatch, tmp_path):
        published(StandardPageFactory(title="Gobierno abierto"))
        stand = EmbeddedEngine(tmp_path / "servers")
        monkeypatch.setattr(engines, "ElasticsearchEngine", lambda urls, prefix: stand)
        call_command("search", "rebuild")
        assert stand.groups() == get_engine(EMBEDDED).groups() != {}

    def test_an_engine_without_servers_is_a_mistake_that_is_said(self, settings):
        settings.ABIERTO_ELASTICSEARCH_URLS = []
        with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
            call_command("search", "check", "--engine", "elasticsearch")
        with pytest.raises(ImproperlyConfigured):
            get_engine("otro")


@pytest.mark.elasticsearch
def test_a_scratch_engine_on_servers_leaves_nothing(settings, elasticsearch_url):
    settings.ABIERTO_ELASTICSEARCH_URLS = [elasticsearch_url]
    with scratch_engine("elasticsearch") as engine:
        engine.rebuild(world())
        assert found(engine, "ladrilleras") == [1]
    with pytest.raises(IndexMissing):
        found(engine, "ladrilleras")
