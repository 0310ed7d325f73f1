"""The base of the resources: which rows are public, their order, and how they become records."""

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

from .fields import Field, FieldKind, Record, json_value, only_in_tables

BATCH = 500
"""Records that are read and written together: what a file of any length needs in memory."""

HASH = Field(
    "hash",
    FieldKind.TEXT,
    _("Huella"),
    _("SHA-256 de los demás campos de la lista. Si no cambió, el registro tampoco."),
    source=_("La calcula el portal."),
    is_required=True,
)


class Resource:
    """One kind of thing that is published as data.

    Subclasses declare the class variables, and implement :meth:`read_public` and :meth:`build`.
    """

    #: The word in addresses and file names.
    slug: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    #: The type in schema.org's vocabulary of one record.
    schema_type: ClassVar[str] = "Thing"
    #: The name of one record in the schema of the API.
    name: ClassVar[str]
    #: The column by which lists are ordered and continued; unique and never null.
    order: ClassVar[str] = "pk"
    own_fields: ClassVar[tuple[Field, ...]]
    #: The records at most in one answer of the API.
    most: ClassVar[int] = 500
    #: The parameters by which a list of the API can be filtered, with what they take.
    filters: ClassVar[dict[str, str]] = {}

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return all fields in their order, the hash last."""
        return (*self.own_fields, HASH)

    @property
    def table_fields(self) -> tuple[Field, ...]:
        """Return the fields of a list or a table."""
        return tuple(only_in_tables(self.fields))

    def read_public(self) -> QuerySet[Any]:
        """Return the public rows in the portal's own language, annotated with ``modified``, unordered."""
        raise NotImplementedError

    def build(self, rows: Sequence[Any], request: HttpRequest) -> list[Record]:
        """Return the record of each row without its hash; as many queries for one row as for many."""
        raise NotImplementedError

    def build_alone(self, row: Any, request: HttpRequest) -> Record:
        """Return the fields that are served with one record only."""
        return {}

    def match_id(self, record_id: str) -> Q:
        """Return the condition on the row with this id.

        Raises:
            ValueError: for what cannot be an id.
        """
        return Q(pk=int(record_id))

    def match_filter(self, name: str, value: str) -> Q:
        """Return the condition of one of ``filters``.

        Raises:
            ValueError: for a value that is no possible one.
        """
        raise NotImplementedError

    def find_hidden(self, record_id: str) -> Any:
        """Return the row with this id although it is not public, to tell whether it was; None without one."""
        return None

    def in_order(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Order rows as lists do."""
        return rows.order_by(self.order)

    def serialise(self, rows: Sequence[Any], request: HttpRequest) -> list[Record]:
        """Return the records of ``rows`` with their hashes, in the portal's own language."""
        with translation.override(settings.LANGUAGE_CODE), link_targets_of(None):
            records = self.build(rows, request) if rows else []
        return [record | {HASH.name: hash_record(record)} for record in records]

    def serialise_one(self, row: Any, request: HttpRequest) -> Record:
        """Return the whole record of one row."""
        [record] = self.serialise([row], request)
        with translation.override(settings.LANGUAGE_CODE), link_targets_of(None):
            return record | self.build_alone(row, request)

    def iterate(self, rows: QuerySet[Any], request: HttpRequest) -> Iterator[Record]:
        """Yield the records of a queryset of any length, some at a time, in its own order."""
        for batch in batched(rows.iterator(chunk_size=BATCH), BATCH):
            yield from self.serialise(batch, request)


def hash_record(record: Record) -> str:
    """Return the SHA-256 of a record as canonical JSON: sorted names, no spaces, UTF-8."""
    text = json.dumps(json_value(record), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class PageResource(Resource):
    """Pages of one type, known by their translation key."""

    model: ClassVar[type[Page]]
    order = "path"
    #: What is read with each page.
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
