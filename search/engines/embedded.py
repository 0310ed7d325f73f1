"""The embedded engine: tantivy in this process, files in a folder, no server.

The only module that imports tantivy. A writer is opened, committed and dropped for each batch, because a
long-lived one would block every other process; a reader is opened lazily in each process, because one
opened before a fork never refreshes, and looks at the files' stamp before each query.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import tantivy
from tantivy import Index, IndexWriter, Occur, Order, Query, Searcher

from search import schema as shape
from search.analysis import CHAIN_VERSION
from search.engines.base import EngineAnswer, EngineError, EngineHit, Health, IndexBroken, IndexMissing
from search.engines.folder import IndexFolder
from search.plan import Filters, QueryPlan, Term

FAULTS = (ValueError, OSError, RuntimeError)  # what the binding raises for files that it cannot use
BATCH_MEMORY = 16_000_000
REBUILD_MEMORY = 96_000_000
MANY_BUCKETS = 1_000_000
FACET_VALUES = 200
PAYLOAD = "stored"
TOTAL = "groups in all"

Facets = dict[str, tuple[tuple[str, int], ...]]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in shape.KEYWORD_FIELDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in shape.NUMBER_FIELDS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in shape.TOKEN_FIELDS:
        option = "position" if name in shape.POSITION_FIELDS else "freq"
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=option)
    builder.add_bytes_field(PAYLOAD, stored=True)  # a stored text field would be indexed as well
    return builder.build()


SCHEMA = _schema()
VERSION = {"tantivy": tantivy.__version__, "chain": CHAIN_VERSION, "schema": shape.SCHEMA_VERSION}


@dataclass(slots=True)
class _Reader:
    """An index opened by this process, and the stamp of the commit that it shows."""

    process: int
    generation: str
    stamp: tuple[int, int, int]
    index: Index


class TantivyBatch:
    """Changes of one commit: removal before addition, because tantivy knows no unique key."""

    def __init__(self, writer: IndexWriter) -> None:
        self._writer = writer
        self._replaced: set[int] = set()

    def put(self, documents: Iterable[shape.Document]) -> None:
        """Replace every passage of the groups these documents belong to."""
        for document in documents:
            if document.group not in self._replaced:
                self._replaced.add(document.group)
                self._delete(document.group)
            self._writer.add_document(_native(document))

    def remove(self, groups: Iterable[int]) -> None:
        """Take out every passage of these groups."""
        for group in groups:
            self._delete(group)
            self._replaced.discard(group)

    def _delete(self, group: int) -> None:
        # By query: deleting by term silently deletes nothing on a number field.
        self._writer.delete_documents_by_query(Query.term_query(SCHEMA, "group", group))


class EmbeddedEngine:
    """`SearchEngine` on one folder: any number of reading processes, one writer at a time."""

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self._folder = IndexFolder(folder, VERSION)
        self._reader: _Reader | None = None
        self._guard = Lock()

    def index(self, documents: Iterable[shape.Document]) -> None:
        """Add documents, replacing those of the same groups."""
        with self.batch() as batch:
            batch.put(documents)

    def delete(self, ids: Collection[int]) -> None:
        """Take out the groups given."""
        with self.batch() as batch:
            batch.remove(ids)

    @contextmanager
    def batch(self) -> Iterator[TantivyBatch]:
        """Hold the writer for one commit; nothing is written when the block raises."""
        with self._folder.lock():
            generation = self._folder.current()
            self._folder.check_version(generation)
            with _faults():
                index = Index.open(str(self._folder.path / generation))
            with _writing(index, BATCH_MEMORY) as writer:
                yield TantivyBatch(writer)

    def rebuild(self, documents: Iterable[shape.Document]) -> int:
        """Build a new generation and swap the pointer. The lock is held, so drains wait and lose nothing."""
        with self._folder.lock():
            generation = self._folder.new_generation()
            try:
                count = _build(generation, documents)
                self._folder.publish(generation)
            except BaseException:
                shutil.rmtree(generation, ignore_errors=True)
                raise
        return count

    def search(self, plan: QueryPlan) -> EngineAnswer:
        """Carry out a plan on one snapshot of the index."""
        searcher = self._searcher()
        with _faults():
            match = _match(plan)
            filtered = _filtered(match, plan.filters)
            hits = _hits(searcher, filtered, plan)
            total, facets = _counted(searcher, match, plan) if plan.count or plan.facets else (0, {})
        return EngineAnswer(hits, total, facets)

    def stored(self, hits: Iterable[EngineHit]) -> list[Mapping[str, str]]:
        """The stored fields of the hits to show: only these are decompressed."""
        found: list[Mapping[str, str]] = []
        for hit in hits:
            searcher, address = hit.handle
            with _faults():
                found.append(json.loads(bytes(searcher.doc(address).get_first(PAYLOAD))))
        return found

    def known(self, stems: Collection[str]) -> frozenset[str]:
        """Those of the stems that some document holds."""
        searcher = self._searcher()
        with _faults():
            return frozenset(
                s for s in stems if searcher.doc_freq("text", s) or searcher.doc_freq("plain", s)
            )

    def suggest(self, prefix: str, filters: Filters = (), limit: int = 8) -> list[tuple[str, int]]:
        """Folded words that start with the prefix, most frequent first.

        Always under a filter: the dictionary still holds the words of deleted documents until a merge.
        """
        searcher = self._searcher()
        with _faults():
            found = searcher.terms_with_prefix(
                "exact", prefix, filter_query=_filtered(Query.all_query(), filters), limit=limit
            )
        return sorted(((word, count) for word, count in found if count), key=lambda pair: (-pair[1], pair[0]))

    def groups(self) -> dict[int, int]:
        """Every group with its fingerprint, for comparing with the database."""
        searcher = self._searcher()
        marks: Counter[int] = Counter()
        with _faults():
            found = searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False).hits
            addresses = [address for _, address in found]
            numbers = (searcher.fast_field_values(name, addresses) for name in ("group", "mark"))
            for group, mark in zip(*numbers, strict=True):
                marks[int(group)] += int(mark)
        return dict(marks)

    def count(self) -> int:
        """How many documents there are."""
        return int(self._searcher().num_docs)

    def health(self) -> Health:
        """Whether the index can be read now."""
        try:
            return Health(True, "ok", self.count())
        except EngineError as error:
            return Health(False, f"{type(error).__name__}: {error}")

    def _searcher(self) -> Searcher:
        with self._guard:
            try:
                return self._fresh().index.searcher()
            except (IndexMissing, IndexBroken):
                self._reader = None  # a rebuild may have swapped the folder between our two looks
                return self._fresh().index.searcher()

    def _fresh(self) -> _Reader:
        generation = self._folder.current()
        path = self._folder.path / generation
        with _faults():
            found = os.stat(path / "meta.json")
        stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
        reader = self._reader
        if reader is None or (reader.process, reader.generation) != (os.getpid(), generation):
            self._folder.check_version(generation)
            with _faults():
                index = Index.open(str(path))
                index.config_reader("manual")
            reader = self._reader = _Reader(os.getpid(), generation, stamp, index)
        elif reader.stamp != stamp:
            with _faults():
                reader.index.reload()
            reader.stamp = stamp
        return reader


@contextmanager
def _faults() -> Iterator[None]:
    """Turn what the binding raises into our own error."""
    try:
        yield
    except FAULTS as error:
        raise IndexBroken(str(error)) from error


@contextmanager
def _writing(index: Index, memory: int) -> Iterator[IndexWriter]:
    """Open, commit, wait for merges, drop; roll back when the block raises."""
    with _faults():
        writer = index.writer(memory, 1)
    done = False
    try:
        yield writer
        with _faults():
            writer.commit()
        done = True
    finally:
        with _faults():
            if not done:
                writer.rollback()
            writer.wait_merging_threads()


def _build(folder: Path, documents: Iterable[shape.Document]) -> int:
    with _faults():
        index = Index(SCHEMA, path=str(folder))
    count = 0
    with _writing(index, REBUILD_MEMORY) as writer:
        for document in documents:
            writer.add_document(_native(document))
            count += 1
    return count


def _native(document: shape.Document) -> tantivy.Document:
    values: dict[str, object] = {}
    for name in (*shape.KEYWORD_FIELDS, *shape.NUMBER_FIELDS, *shape.TOKEN_FIELDS):
        value = getattr(document, name)
        if value not in ("", ()):
            values[name] = list(value) if isinstance(value, tuple) else value
    payload = {name: getattr(document, name) for name in shape.STORED_FIELDS}
    values[PAYLOAD] = json.dumps(payload, ensure_ascii=False).encode()
    return tantivy.Document.from_dict(values, SCHEMA)


def _match(plan: QueryPlan) -> Query:
    """What a document must have, without the filters and without what only reorders."""
    clauses = [(Occur.Must, _phrase(words)) for words in plan.phrases]
    if plan.terms:
        clauses.append(
            (Occur.Must, Query.boolean_query([(Occur.Should, _term(term)) for term in plan.terms]))
        )
    if clauses:
        return Query.boolean_query(clauses)
    return Query.all_query() if plan.everything else Query.empty_query()


def _term(term: Term) -> Query:
    if term.field == "ref":  # naming a thing exactly is worth the same whatever the name's rarity
        return Query.const_score_query(Query.term_query(SCHEMA, "ref", term.text), term.weight)
    if term.fuzzy:
        return Query.boost_query(Query.fuzzy_term_query(SCHEMA, term.field, term.text, 1), term.weight)
    option = "position" if term.field in shape.POSITION_FIELDS else "freq"
    return Query.boost_query(Query.term_query(SCHEMA, term.field, term.text, option), term.weight)


def _phrase(words: tuple[str, ...]) -> Query:
    if len(words) == 1:
        return Query.term_query(SCHEMA, "exact", words[0])
    return Query.phrase_query(SCHEMA, "exact", list(words))


def _filtered(match: Query, filters: Filters) -> Query:
    if not filters:
        return match
    conditions = [
        (Occur.Must, Query.const_score_query(Query.term_set_query(SCHEMA, name, list(values)), 0.0))
        for name, values in filters
    ]
    return Query.boolean_query([(Occur.Must, match), *conditions])


def _hits(searcher: Searcher, filtered: Query, plan: QueryPlan) -> tuple[EngineHit, ...]:
    query = filtered
    if plan.rerank and not plan.by_date:
        extra = [(Occur.Should, _term(term)) for term in plan.rerank]
        query = Query.boolean_query([(Occur.Must, filtered), *extra])
    limit = max(1, plan.limit)
    if plan.by_date:
        found = searcher.search(
            query, limit, False, order_by_field="date", offset=plan.offset, order=Order.Desc
        )
    else:
        found = searcher.search(query, limit, False, offset=plan.offset)
    addresses = [address for _, address in found.hits]
    numbers = zip(
        *(searcher.fast_field_values(name, addresses) for name in ("group", "part", "date")), strict=True
    )
    return tuple(
        EngineHit(int(group), int(part), int(date), 0.0 if plan.by_date else score, (searcher, address))
        for (score, address), (group, part, date) in zip(found.hits, numbers, strict=True)
    )


def _counted(searcher: Searcher, match: Query, plan: QueryPlan) -> tuple[int, Facets]:
    """The exact total and facets, in groups: each facet without its own filter, with all the others."""
    filtered_by = {name for name, _ in plan.filters}
    total, facets = 0, dict.fromkeys(plan.facets, ())
    if plan.count or not filtered_by.issuperset(plan.facets):
        free = tuple(name for name in plan.facets if name not in filtered_by)
        total, counts = _count(searcher, _filtered(match, plan.filters), free)
        facets.update(counts)
    for name in filtered_by.intersection(plan.facets):
        others = tuple(pair for pair in plan.filters if pair[0] != name)
        facets.update(_count(searcher, _filtered(match, others), (name,))[1])
    return total, facets


def _count(searcher: Searcher, query: Query, names: Collection[str]) -> tuple[int, Facets]:
    """Groups of one passage are counted as documents; groups of several are told apart by their number.

    An approximate distinct count would be cheaper, and wrong by a few: totals are promised exact.
    """
    single = Query.const_score_query(Query.term_query(SCHEMA, "parts", 1), 0.0)
    alone = Query.boolean_query([(Occur.Must, query), (Occur.Must, single)])
    shared = Query.boolean_query([(Occur.Must, query), (Occur.MustNot, single)])
    groups = {"terms": {"field": "group", "size": MANY_BUCKETS, "segment_size": MANY_BUCKETS}}
    values = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in names}
    nested = {name: {**terms, "aggs": {TOTAL: groups}} for name, terms in values.items()}
    several = searcher.aggregate(shared, {TOTAL: groups, **nested})
    each = searcher.aggregate(alone, values) if values else {}
    total = int(searcher.search(query, 1).count)  # of passages
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for name in names:
        for bucket in each[name]["buckets"]:
            counts[name][bucket["key"]] += bucket["doc_count"]
        for bucket in several[name]["buckets"]:
            counts[name][bucket["key"]] += len(bucket[TOTAL]["buckets"])
    repeated = sum(bucket["doc_count"] - 1 for bucket in several[TOTAL]["buckets"])
    facets = {n: tuple(sorted(c.items(), key=lambda pair: (-pair[1], pair[0]))) for n, c in counts.items()}
    return total - repeated, facets
