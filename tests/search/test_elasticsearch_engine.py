"""The Elasticsearch engine: the common tests on a real server, and its own."""

import os

import pytest
from elastic_transport import ConnectionTimeout
from elasticsearch import Elasticsearch, NotFoundError

from search.engines.base import EngineBusy, IndexBroken, IndexMissing, IndexOutdated
from search.engines.elasticsearch import ElasticsearchEngine, fields, lease, writing
from search.engines.elasticsearch import engine as engine_module
from search.indexing import schema
from tests.search.corpus import ask, documents, found, world

pytest.register_assert_rewrite("tests.search.engine_behaviour")

from tests.search.engine_behaviour import EngineBehaviour  # noqa: E402

PREFIX = f"prueba-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.mark.elasticsearch
class TestElasticsearch(EngineBehaviour):
    @pytest.fixture(autouse=True)
    def _server(self, elasticsearch_url):
        self.url = elasticsearch_url
        self.client = Elasticsearch(elasticsearch_url)
        yield
        for name in (*self.indexes(), PREFIX):
            self.client.indices.delete(index=name, ignore_unavailable=True)
        self.client.close()

    def make_engine(self):
        return ElasticsearchEngine([self.url], PREFIX)

    def indexes(self):
        """Return the indexes with content, without that of the lease."""
        return sorted(set(self.client.indices.get_alias(index=f"{PREFIX}-*")) - {f"{PREFIX}-writer"})

    # --- The index

    def test_without_an_index_it_raises_and_creates_none(self, empty):
        with pytest.raises(IndexMissing):
            found(empty, "sentencias")
        with pytest.raises(IndexMissing):
            empty.delete([1])
        assert self.indexes() == []
        assert not self.client.indices.exists(index=PREFIX)

    def test_a_rebuild_swaps_the_alias_and_removes_the_old_index(self, engine):
        (before,) = self.indexes()
        engine.rebuild(world())
        (after,) = self.indexes()
        assert after != before
        assert list(self.client.indices.get_alias(name=PREFIX)) == [after]

    @pytest.mark.parametrize(("from_passages", "is_compact"), [(6, True), (7, False)])
    def test_a_large_index_is_merged_into_one_segment(self, empty, monkeypatch, from_passages, is_compact):
        def in_pieces():
            for number in range(1, 7):
                yield documents(number, "Obra", "Puente.")[0]
                self.client.indices.refresh(index=f"{PREFIX}-*")

        monkeypatch.setattr(writing, "PAGES_AT_ONCE", 1)
        monkeypatch.setattr(engine_module, "WORTH_COMPACTING", from_passages)
        assert empty.rebuild(in_pieces()) == 6
        (name,) = self.indexes()
        segments_of = self.client.indices.segments(index=name)
        pieces = segments_of["indices"][name]["shards"]["0"][0]["segments"]
        assert (len(pieces) == 1) == is_compact

    def test_a_long_merge_is_awaited_with_the_lease_renewed(self, empty, monkeypatch):
        calls = []

        def merges(given, **options):
            calls.append("merge")
            if calls.count("merge") == 1:
                raise ConnectionTimeout("slow")

        monkeypatch.setattr(type(self.client.indices), "forcemerge", merges)
        monkeypatch.setattr(lease.Lease, "renew", lambda held: calls.append("renew"))
        monkeypatch.setattr(engine_module, "WORTH_COMPACTING", 1)
        empty.rebuild(world())
        start = calls.index("merge") - 1
        assert calls[start : start + 4] == ["renew", "merge", "renew", "merge"]
        assert empty.count() == len(world())

    def test_an_interrupted_rebuild_leaves_nothing_behind(self, engine):
        def breaks():
            yield from world()
            raise KeyboardInterrupt

        before = self.indexes()
        with pytest.raises(KeyboardInterrupt):
            engine.rebuild(breaks())
        assert self.indexes() == before
        assert engine.count() == len(world())

    def test_passages_of_a_page_that_are_not_consecutive_are_refused(self, engine):
        first, last = documents(9, "Obra", "Puente.", "Camino.")
        with pytest.raises(IndexBroken):
            engine.rebuild([first, *documents(8, "Otra", "Cosa."), last])
        assert found(engine, "ladrilleras") == [1]

    @pytest.mark.parametrize("part", ["chain", "schema", "mapping"])
    def test_an_index_of_another_version_is_refused_until_rebuilt(self, engine, part):
        other = {"version": fields.VERSION | {part: "otra"}}
        self.client.indices.put_mapping(index=PREFIX, meta=other)
        reader = self.make_engine()
        with pytest.raises(IndexOutdated):
            found(reader, "sentencias")
        with pytest.raises(IndexOutdated):
            reader.index(documents(9, "Otra", "Cosa."))
        assert not reader.health().ok
        reader.rebuild(world())
        assert found(reader, "ladrilleras") == [1]

    def test_a_field_outside_the_mapping_is_refused(self, engine, monkeypatch):
        native = fields.native
        for extra in ({"otro": "x"}, {"passages": [{"otro": "x"}]}):
            monkeypatch.setattr(writing, "native", lambda given, extra=extra: native(given) | extra)
            with pytest.raises(IndexBroken, match="otro"):
                engine.index(documents(9, "Otra", "Cosa."))

    def test_only_one_passage_of_a_page_is_read(self, engine):
        many = documents(9, "Largo", *(f"Parte {n} con palabra{n}." for n in range(300)))
        engine.index(many)
        (hit,) = ask(engine, "palabra250").hits
        assert hit.url == "/pagina-9/#p250"
        assert "Parte 250" in hit.snippet
        assert engine.count() == len(world()) + 300

    # --- Writers and readers of several hosts

    def test_another_reader_sees_a_batch_at_its_next_query(self, engine):
        reader = self.make_engine()
        assert found(reader, "puentes") == []
        engine.index(documents(9, "Obra", "Puentes."))
        assert found(reader, "puentes") == [9]

    def test_a_batch_is_invisible_until_it_ends(self, engine):
        with engine.batch() as batch:
            batch.put(documents(9, "Obra", "Puentes."))
            batch.remove([1])
            assert found(engine, "puentes") == []
            assert found(engine, "ladrilleras") == [1]
        assert found(engine, "puentes") == [9]
        assert found(engine, "ladrilleras") == []

    def test_the_lease_of_a_dead_writer_ends(self, engine, monkeypatch):
        monkeypatch.setattr(lease, "LEASE_SECONDS", -1)
        dead = lease.Lease(engine._live.servers, f"{PREFIX}-writer")
        dead.acquire()
        monkeypatch.undo()
        engine.delete([1])
        assert found(engine, "ladrilleras") == []

    def test_a_writer_that_lost_its_lease_writes_nothing(self, engine, monkeypatch):
        monkeypatch.setattr(lease, "LEASE_SECONDS", -1)

        def writes_late():
            with engine.batch() as slow:
                self.make_engine().delete([1])
                slow.put(documents(1, "Vigilar las ladrilleras", "Lo que se sabía antes."))

        with pytest.raises(EngineBusy):
            writes_late()
        assert found(engine, "ladrilleras") == []

    def test_a_second_writer_is_refused_during_a_rebuild(self, engine):
        def meanwhile():
            with pytest.raises(EngineBusy):
                self.make_engine().delete([1])
            yield from world()

        assert engine.rebuild(meanwhile()) == len(world())

    def test_a_scratch_index_can_be_dropped(self):
        engine = ElasticsearchEngine([self.url], f"{PREFIX}x")
        engine.rebuild(world())
        engine.drop()
        with pytest.raises(NotFoundError):
            self.client.indices.get(index=f"{PREFIX}x")
        assert list(self.client.indices.get(index=f"{PREFIX}x-*")) == []


class TestMapping:
    """The mapping, without a server."""

    def stated(self):
        return fields.index_body()["mappings"]

    def test_the_mapping_is_strict_and_states_its_version(self):
        stated = self.stated()
        assert stated["dynamic"] == "strict"
        assert stated["properties"]["passages"]["dynamic"] == "strict"
        assert stated["_meta"]["version"] == fields.VERSION
        assert set(fields.VERSION) == {"chain", "schema", "mapping"}

    def test_the_mapping_has_exactly_the_fields_of_the_schema(self):
        page = self.stated()["properties"]
        passage = page.pop("passages")["properties"]
        own = {fields.PAYLOAD, schema.PAGE_FIELD}
        named = {*schema.KEYWORD_FIELDS, *schema.NUMBER_FIELDS, *schema.TOKEN_FIELDS}
        assert page.keys() | passage.keys() == named | own
        assert not page.keys() & passage.keys()
        assert page.keys() >= schema.FILTER_FIELDS

    def test_each_field_is_mapped_for_its_use(self):
        page = self.stated()["properties"]
        passage = page.pop("passages")["properties"]
        for name in schema.TOKEN_FIELDS:
            option = "positions" if name in schema.POSITION_FIELDS else "freqs"
            assert passage[name] == {"type": "text", "analyzer": "whitespace", "index_options": option}
        assert {page[name]["type"] for name in schema.FILTER_FIELDS} == {"keyword"}
        assert passage["part"]["type"] == page["date"]["type"] == "long"
        assert passage[fields.PAYLOAD] == {"type": "binary", "doc_values": True}

    def test_filter_fields_are_equal_on_every_passage_of_a_page(self):
        for name in (*fields.PAGE_KEYWORDS, "date"):
            by_page = {(document.group, getattr(document, name)) for document in world()}
            assert len(by_page) == len({document.group for document in world()}), name
