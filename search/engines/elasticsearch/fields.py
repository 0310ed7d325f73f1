"""The mapping: a page is one document with its passages nested in it.

A page is replaced or deleted by its id together with its passages; counts are counts of pages. Filter values,
the date, the fingerprint and the stems of the whole page are fields of the page; the rest, of each passage.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Sequence
from typing import Any, Literal

from elasticsearch.dsl import Binary, Field, Keyword, Long, Mapping, Nested, Text

from search.indexing import schema as shape
from search.indexing.schema import PAGE_FIELD, Document, fingerprint
from search.query.analysis import CHAIN_VERSION

PASSAGES = "passages"
PAYLOAD = "stored"
PAGE_KEYWORDS = tuple(name for name in shape.KEYWORD_FIELDS if name in shape.FILTER_FIELDS)
PAGE_NUMBERS = tuple(name for name in shape.NUMBER_FIELDS if name != "part")
PASSAGE_KEYWORDS = tuple(name for name in shape.KEYWORD_FIELDS if name not in shape.FILTER_FIELDS)
PASSAGE_FIELDS = (*PASSAGE_KEYWORDS, *shape.TOKEN_FIELDS)

PASSAGES_PER_SHARD = 1_500_000

INDEX_SETTINGS = {
    "number_of_shards": 1,  # `shards_for` a rebuild; scores use the word frequencies of all shards
    "auto_expand_replicas": "0-1",
    "refresh_interval": -1,  # a batch refreshes the index itself
    "max_result_window": 50_000,
    "mapping.nested_objects.limit": 100_000,
}


def mapping() -> Mapping:
    """Return the mapping of the fields of `search.indexing.schema`; other fields are refused."""
    passage: dict[str, Field] = {name: Keyword() for name in PASSAGE_KEYWORDS}
    passage["part"] = Long()
    for name in shape.TOKEN_FIELDS:
        options: Literal["positions", "freqs"] = "positions" if name in shape.POSITION_FIELDS else "freqs"
        passage[name] = Text(analyzer="whitespace", index_options=options)
    passage[PAYLOAD] = Binary(doc_values=True)  # fifty are read with each question
    stated = Mapping()
    stated.meta("dynamic", "strict")
    stated.meta("_source", enabled=False)  # otherwise a long ruling is read whole for one passage
    for name in PAGE_KEYWORDS:
        stated.field(name, Keyword(eager_global_ordinals=True))  # the writer waits, not the reader
    for name in PAGE_NUMBERS:
        stated.field(name, Long())
    stated.field(PAGE_FIELD, Text(analyzer="whitespace", index_options="docs", norms=False))
    stated.field(PASSAGES, Nested(dynamic="strict", properties=passage))
    return stated


def _version() -> dict[str, str]:
    definition = json.dumps([mapping().to_dict(), INDEX_SETTINGS], sort_keys=True)
    own = hashlib.sha256(definition.encode()).hexdigest()[:16]
    return {"chain": CHAIN_VERSION, "schema": shape.SCHEMA_VERSION, "mapping": own}


VERSION = _version()


def index_body(shards: int = 1, **settings: Any) -> dict[str, Any]:
    """Return the settings and mapping of a new index; the mapping states its version."""
    stated = mapping()
    stated.meta("_meta", version=VERSION)
    own = INDEX_SETTINGS | {"number_of_shards": shards} | settings
    return {"mappings": stated.to_dict(), "settings": {"index": own}}


def shards_for(passages: int) -> int:
    """Return the number of shards for so many passages."""
    return max(1, -(-passages // PASSAGES_PER_SHARD))


def native(documents: Sequence[Document]) -> dict[str, Any]:
    """Convert the passages of one page to one document, without empty values."""
    first = documents[0]
    page = {name: getattr(first, name) for name in (*PAGE_KEYWORDS, *PAGE_NUMBERS)}
    page["parts"] = len(documents)
    page["mark"] = fingerprint(documents)
    page[PAGE_FIELD] = first.page
    return _full(page) | {PASSAGES: [_passage(document) for document in documents]}


def unpacked(payload: str) -> dict[str, str]:
    """Return the stored fields of a passage from its payload."""
    fields: dict[str, str] = json.loads(zlib.decompress(base64.b64decode(payload)))
    return fields


def _packed(document: Document) -> str:
    """Encode the stored fields of a passage compactly: a response contains fifty and ten are shown."""
    fields = {name: getattr(document, name) for name in shape.STORED_FIELDS}
    return base64.b64encode(zlib.compress(json.dumps(fields, ensure_ascii=False).encode(), 1)).decode()


def _passage(document: Document) -> dict[str, Any]:
    values = {name: getattr(document, name) for name in PASSAGE_FIELDS}
    return _full(values) | {
        "part": document.part,
        PAYLOAD: _packed(document),
    }


def _full(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", ())}
