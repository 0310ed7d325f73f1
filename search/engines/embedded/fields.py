"""The tantivy schema, and the versions that an index must have been built with."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Literal

import tantivy

from search.indexing import schema as shape
from search.query.analysis import CHAIN_VERSION

IndexOption = Literal["position", "freq", "basic"]
PAYLOAD = "stored"
TERM_OPTIONS: dict[str, IndexOption] = {
    **{name: "position" if name in shape.POSITION_FIELDS else "freq" for name in shape.TOKEN_FIELDS},
    shape.PAGE_FIELD: "basic",  # counted, never scored
}


def schema() -> tantivy.Schema:
    """Build the schema of the fields of `search.indexing.schema`."""
    builder = tantivy.SchemaBuilder()
    for name in shape.KEYWORD_FIELDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in shape.NUMBER_FIELDS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name, option in TERM_OPTIONS.items():
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=option)
    builder.add_bytes_field(PAYLOAD, stored=True)  # a stored text field would be indexed as well
    return builder.build()


SCHEMA = schema()
VERSION = {"tantivy": version("tantivy"), "chain": CHAIN_VERSION, "schema": shape.SCHEMA_VERSION}


def native(document: shape.Document) -> tantivy.Document:
    """Convert a document: empty values are left out, stored fields share one payload."""
    values: dict[str, object] = {}
    for name in (*shape.KEYWORD_FIELDS, *shape.NUMBER_FIELDS, *TERM_OPTIONS):
        value = getattr(document, name)
        if value not in ("", ()):
            values[name] = list(value) if isinstance(value, tuple) else value
    payload = {name: getattr(document, name) for name in shape.STORED_FIELDS}
    values[PAYLOAD] = json.dumps(payload, ensure_ascii=False).encode()
    return tantivy.Document.from_dict(values, SCHEMA)
