"""How each field of a document is kept: a page is one document, and its passages are nested in it.

So a page is replaced or removed by its number, all its passages at once, and what is counted are pages. What
can be filtered, the date, the fingerprint and the stems of the whole page belong to the page; everything else
to each passage.
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
WORD = "word"  # each word of `exact` once: what suggestions are counted in
PAGE_KEYWORDS = tuple(name for name in shape.KEYWORD_FIELDS if name in shape.FILTER_FIELDS)
PAGE_NUMBERS = tuple(name for name in shape.NUMBER_FIELDS if name != "part")
PASSAGE_KEYWORDS = tuple(name for name in shape.KEYWORD_FIELDS if name not in shape.FILTER_FIELDS)
PASSAGE_FIELDS = (*PASSAGE_KEYWORDS, *shape.TOKEN_FIELDS)

INDEX_SETTINGS = {
    "number_of_shards": 1,  # word frequencies, and so scores, are those of the whole index
    "auto_expand_replicas": "0-1",
    "refresh_interval": -1,  # a change is seen when its batch says so
    "max_result_window": 50_000,
    "mapping.nested_objects.limit": 100_000,
}


def mapping() -> Mapping:
    """The fields of `search.indexing.schema`, each with what its use asks for; any other field is refused."""
    passage: dict[str, Field] = {name: Keyword() for name in PASSAGE_KEYWORDS}
    passage["part"] = Long()
    for name in shape.TOKEN_FIELDS:
        kept: Literal["positions", "freqs"] = "positions" if name in shape.POSITION_FIELDS else "freqs"
        passage[name] = Text(analyzer="whitespace", index_options=kept)
    passage[WORD] = Keyword(index=False)
    passage[PAYLOAD] = Binary(doc_values=True)  # fifty are read with each question
    stated = Mapping()
    stated.meta("dynamic", "strict")
    stated.meta("_source", enabled=False)  # a long ruling would be read whole for one passage of it
    for name in PAGE_KEYWORDS:
        stated.field(name, Keyword(eager_global_ordinals=True))  # who writes waits, not who asks
    for name in PAGE_NUMBERS:
        stated.field(name, Long())
    stated.field(PAGE_FIELD, Text(analyzer="whitespace", index_options="docs", norms=False))
    stated.field(PASSAGES, Nested(dynamic="strict", properties=passage))
    return stated


def _version() -> dict[str, str]:
    kept = json.dumps([mapping().to_dict(), INDEX_SETTINGS], sort_keys=True)
    own = hashlib.sha256(kept.encode()).hexdigest()[:16]
    return {"chain": CHAIN_VERSION, "schema": shape.SCHEMA_VERSION, "mapping": own}


VERSION = _version()


def index_body() -> dict[str, Any]:
    """What an index is made with; its mapping says which version of this program wrote it."""
    stated = mapping()
    stated.meta("_meta", version=VERSION)
    return {"mappings": stated.to_dict(), "settings": {"index": INDEX_SETTINGS}}


def native(documents: Sequence[Document]) -> dict[str, Any]:
    """The passages of one page as one document: empty values left out."""
    first = documents[0]
    page = {name: getattr(first, name) for name in (*PAGE_KEYWORDS, *PAGE_NUMBERS)}
    page["parts"] = len(documents)
    page["mark"] = fingerprint(documents)
    page[PAGE_FIELD] = first.page
    return _full(page) | {PASSAGES: [_passage(document) for document in documents]}


def unpacked(payload: str) -> dict[str, str]:
    """The stored fields of a passage, as `_packed` left them."""
    told: dict[str, str] = json.loads(zlib.decompress(base64.b64decode(payload)))
    return told


def _packed(document: Document) -> str:
    """The stored fields of a passage, small: fifty travel with each answer, of which ten are shown."""
    told = {name: getattr(document, name) for name in shape.STORED_FIELDS}
    return base64.b64encode(zlib.compress(json.dumps(told, ensure_ascii=False).encode(), 1)).decode()


def _passage(document: Document) -> dict[str, Any]:
    values = {name: getattr(document, name) for name in PASSAGE_FIELDS}
    return _full(values) | {
        "part": document.part,
        WORD: sorted(set(document.exact.split())),
        PAYLOAD: _packed(document),
    }


def _full(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", ())}
