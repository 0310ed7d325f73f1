"""Base classes of the resources: the public rows, their order, and their conversion to records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_noop as _
from wagtail.models import Page

from pages.core.link_targets import link_targets_of

from .fields import Field, FieldKind, Record, json_value, list_table_fields

BATCH = 500
"""Number of records that are read at once, which limits the memory for files of any length."""

HASH = Field(
    "hash",
    FieldKind.TEXT,
    _("Huella"),
    _("SHA-256 de los demás campos de la lista. Si no cambió, el registro tampoco."),
    source=_("La calcula el portal."),
    is_required=True,
)


class Resource:
    """A resource of the API: a list of records of one kind.

    Subclasses declare the class variables, and implement :meth:`read_public` and :meth:`build`.
    """

    #: The name in addresses and file names.
    slug: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    #: The type of a record in the vocabulary of schema.org.
    schema_type: ClassVar[str] = "Thing"
    #: The name of the record's schema in the OpenAPI document.
    name: ClassVar[str]
    #: The column that orders the lists and their cursors; unique and never null.
    order: ClassVar[str] = "pk"
    own_fields: ClassVar[tuple[Field, ...]]
    #: Maximum number of records in one response.
    most: ClassVar[int] = 500
    #: The filter parameters of the list with the description of their values.
    filters: ClassVar[dict[str, str]] = {}

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return all fields in their order, the hash last."""
        return (*self.own_fields, HASH)

    @property
    def table_fields(self) -> tuple[Field, ...]:
        """Return the fields of a list or a table."""
        return tuple(list_table_fields(self.fields))

    def read_public(self) -> QuerySet[Any]:
        """Return the public rows in the source language, annotated with ``modified``, unordered."""
        raise NotImplementedError

    def build(self, rows: Sequence[Any], request: HttpRequest) -> list[Record]:
        """Return the record of each row without its hash, with a fixed number of queries."""
        raise NotImplementedError

    def build_alone(self, row: Any, request: HttpRequest) -> Record:
        """Return the values of the ``only_alone`` fields of a single record."""
        return {}

    def match_id(self, record_id: str) -> Q:
        """Return the condition on the row with this id.

        Raises:
            ValueError: for a text that is not an id.
        """
        return Q(pk=int(record_id))

    def match_filter(self, name: str, value: str) -> Q:
        """Return the condition of one of ``filters``.

        Raises:
            ValueError: for a value that is not valid.
        """
        raise NotImplementedError

    def find_hidden(self, record_id: str) -> Any:
        """Return the row with this id even if it is not public, for its withdrawal; None without one."""
        return None

    def in_order(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Order rows by the column ``order``."""
        return rows.order_by(self.order)

    def serialise(self, rows: Sequence[Any], request: HttpRequest) -> list[Record]:
        """Return the records of ``rows`` with their hashes, in the source language."""
        with translation.override(settings.LANGUAGE_CODE), link_targets_of(None):
            records = self.build(rows, request) if rows else []
        return [record | {HASH.name: hash_record(record)} for record in records]

    def serialise_one(self, row: Any, request: HttpRequest) -> Record:
        """Return the record of one row, with its ``only_alone`` fields."""
        [record] = self.serialise([row], request)
        with translation.override(settings.LANGUAGE_CODE), link_targets_of(None):
            return record | self.build_alone(row, request)

    def iter_records(self, rows: QuerySet[Any], request: HttpRequest) -> Iterator[Record]:
        """Yield the records of a queryset of any length in its order, reading ``BATCH`` rows at once."""
        for batch in batched(rows.iterator(chunk_size=BATCH), BATCH):
            yield from self.serialise(batch, request)


def hash_record(record: Record) -> str:
    """Return the SHA-256 of a record as canonical JSON: sorted names, no spaces, UTF-8."""
    text = json.dumps(json_value(record), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class PageResource(Resource):
    """A resource of pages of one type; the id of a record is the translation key."""

    model: ClassVar[type[Page]]
    order = "path"
    #: Relations for ``select_related``.
    joined: ClassVar[tuple[str, ...]] = ()
    #: The filters that name a page above: their page types.
    above: ClassVar[dict[str, type[Page]]] = {}

    def read_public(self) -> QuerySet[Any]:
        rows = self.model.objects.public().source_language().annotate(modified=self.modified())
        # Without names, all relations would be joined.
        return rows.select_related(*self.joined) if self.joined else rows

    def modified(self) -> Any:
        """Return the expression of the moment at which the record last changed."""
        return F("last_published_at")

    def match_id(self, record_id: str) -> Q:
        return Q(translation_key=record_id)

    def find_hidden(self, record_id: str) -> Page | None:
        found: Page | None = (
            self.model.objects.source_language().filter(translation_key=record_id).order_by("path").first()
        )
        return found
