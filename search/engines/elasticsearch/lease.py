"""A write lease across hosts: a document with the owner and the end of the lease.

It is changed by compare-and-swap. The lease of a dead writer expires.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from elasticsearch import BadRequestError, ConflictError, NotFoundError

from search.engines.base import EngineBusy, EngineError
from search.engines.elasticsearch.connection import Connection

LEASE_SECONDS = 60  # more than the longest write
NAME = "lease"
INDEX_BODY: dict[str, Any] = {
    "mappings": {
        "dynamic": "strict",
        "properties": {"holder": {"type": "keyword"}, "until": {"type": "double"}},
    },
    "settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}},
}


@dataclass(slots=True)
class Lease:
    """The right to write to the index of one alias. Not shared by threads: each writer creates its own."""

    connection: Connection
    index: str
    holder: str = field(default_factory=lambda: secrets.token_hex(8))
    _term: int = 0
    _number: int = 0
    _until: float = 0.0

    def acquire(self) -> None:
        """Acquire the lease, or raise `EngineBusy` at once."""
        with self.connection.short_call_client() as client:
            try:
                found = client.get(index=self.index, id=NAME)
            except NotFoundError as error:
                if "found" not in error.body:  # no lease was ever acquired: its index does not exist
                    self._make()
                self._write(op_type="create")
                return
        if found["_source"]["until"] > time.time():
            raise EngineBusy("another process is writing to the index")
        self._number, self._term = found["_seq_no"], found["_primary_term"]
        self._write(if_seq_no=self._number, if_primary_term=self._term)

    def renew(self) -> None:
        """Extend the lease before a write; raise `EngineBusy` if it ended and another writer has it."""
        if self._until - time.time() < LEASE_SECONDS / 2:
            self._write(if_seq_no=self._number, if_primary_term=self._term)

    def release(self) -> None:
        """Release the lease; if that fails, it ends by itself."""
        try:
            with self.connection.short_call_client() as client:
                client.delete(index=self.index, id=NAME, if_seq_no=self._number, if_primary_term=self._term)
        except EngineError:
            self._until = 0.0

    def _write(self, **condition: Any) -> None:
        until = time.time() + LEASE_SECONDS
        with self.connection.short_call_client() as client:
            try:
                done = client.index(
                    index=self.index, id=NAME, document={"holder": self.holder, "until": until}, **condition
                )
            except ConflictError as error:
                raise EngineBusy("another process is writing to the index") from error
        self._number, self._term, self._until = done["_seq_no"], done["_primary_term"], until

    def _make(self) -> None:
        """Create the index of the lease, with the long timeout of writes: a busy server takes seconds."""
        try:
            self.connection.writer.indices.create(index=self.index, **INDEX_BODY)
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
