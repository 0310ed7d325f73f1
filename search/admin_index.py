"""The index of the admin's search: one row of ``modelsearch``'s table per object.

The rows are written after the commit, each in a statement of its own. ``modelsearch`` writes them within the
transaction and then updates rows of other objects, which deadlocks simultaneous publishers on PostgreSQL.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import batched
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchVector
from django.db import connection, models, transaction
from django.db.models import Value
from django.db.models.signals import m2m_changed, post_save
from modelsearch.index import (
    AutocompleteField,
    RelatedFields,
    SearchField,
    class_is_indexed,
    get_indexed_models,
)
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from abierto.tenancy.tree_paths import parent_path
from pages.plans.commitments import CommitmentPage
from pages.updates.models import ProgressUpdatePage

READ_AT_ONCE = 200
#: The most attempts: another process may change an object between the read and the write.
ROUNDS = 5
CONFIG = "simple"  # PostgreSQL's configuration without stemming
EMPTY = SearchVector(Value(""), config=CONFIG)
#: A page is found by its draft title until it is public, then by its public title.
PAGE_FIELDS = frozenset({"live", "draft_title", "code"})
_WORD = re.compile(r"[^\W_]+")
_pending = threading.local()

Key = tuple[type[models.Model], str]


@dataclass(frozen=True, slots=True)
class IndexDifference:
    """An object whose index row is out of date; ``text`` is None if the row must be deleted."""

    model: type[models.Model]
    object_id: str
    text: str | None


def fold(text: str) -> str:
    """Return the words of a text in lower case, without accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(_WORD.findall(bare.casefold()))


def searched_text(instance: Any, commitment: CommitmentPage | None = None) -> str:
    """Return the text by which the admin finds an object; an update is found by its commitment too."""
    texts = list(_field_texts(instance, instance.get_search_fields()))
    if isinstance(instance, Page):
        texts += _page_texts(instance)
    if commitment is not None:
        texts += [commitment.title, *_page_texts(commitment)]
    return fold(" ".join(dict.fromkeys(texts)))


def _page_texts(page: Page) -> list[str]:
    return [getattr(page, "code", ""), "" if page.live else page.draft_title]


def _field_texts(instance: Any, fields: Iterable[Any]) -> Iterator[str]:
    for field in fields:
        if isinstance(field, RelatedFields):
            related = field.get_value(instance)
            rows = related.all() if isinstance(related, models.Manager) else [related]
            for row in rows:
                if row is not None:
                    yield from _field_texts(row, field.fields)
        elif isinstance(field, SearchField | AutocompleteField):
            value = field.get_value(instance)
            yield from (str(part) for part in (value if isinstance(value, list) else [value]) if part)


# --- Rows of the table -------------------------------------------------------------------------------------


def text_column() -> str:
    """Return the name of the column with the plain text: other columns are vectors on PostgreSQL."""
    return "body_text" if connection.vendor == "postgresql" else "autocomplete"


def find_differences(
    model: type[models.Model], object_ids: Iterable[str] | None = None
) -> Iterator[IndexDifference]:
    """Yield the objects of exactly this type, or those named, whose index row differs from them."""
    objects = model.get_indexed_objects()  # type: ignore[attr-defined]
    rows = IndexEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
    if object_ids is not None:
        names = list(object_ids)
        objects, rows = objects.filter(pk__in=names), rows.filter(object_id__in=names)
    stored = dict(rows.values_list("object_id", text_column()))
    for instances in batched(objects.order_by("pk").iterator(READ_AT_ONCE), READ_AT_ONCE):
        commitments = _commitments(instances) if model is ProgressUpdatePage else {}
        for instance in instances:
            text = searched_text(instance, commitments.get(instance.pk))
            if stored.pop(str(instance.pk), None) != text:
                yield IndexDifference(model, str(instance.pk), text)
    for object_id in sorted(stored):
        yield IndexDifference(model, object_id, None)


def _commitments(updates: Iterable[ProgressUpdatePage]) -> dict[int, CommitmentPage]:
    """Return the commitments of updates, by key of the update, in one query."""
    paths = {update.pk: parent_path(update.path) for update in updates}
    commitments = {page.path: page for page in CommitmentPage.objects.filter(path__in=set(paths.values()))}
    return {pk: commitments[path] for pk, path in paths.items() if path in commitments}


def find_all_differences() -> Iterator[IndexDifference]:
    """Yield every difference between the index and the database."""
    for model in get_indexed_models():
        yield from find_differences(model)


def write_differences() -> None:
    """Write every row that differs, and delete those of objects that no longer exist."""
    for difference in find_all_differences():
        write_row(difference)


def count_missing() -> int:
    """Return the difference between the numbers of objects and rows; other differences are not detected."""
    objects = sum(model.get_indexed_objects().count() for model in get_indexed_models())
    return max(0, objects - IndexEntry.objects.count())


def update_rows(keys: Iterable[Key]) -> None:
    """Update the rows of these objects, and the rows of other objects that contain their text."""
    waiting = set(keys)
    for _round in range(ROUNDS):
        differences = [
            difference
            for model, object_ids in _by_model(waiting)
            for ids in batched(object_ids, READ_AT_ONCE)
            for difference in find_differences(model, ids)
        ]
        if not differences:
            return
        for difference in differences:
            write_row(difference)
            waiting.update(_dependents(difference))


def _by_model(keys: Iterable[Key]) -> list[tuple[type[models.Model], list[str]]]:
    grouped: dict[type[models.Model], list[str]] = defaultdict(list)
    for model, object_id in keys:
        grouped[model].append(object_id)
    return [(model, sorted(grouped[model])) for model in sorted(grouped, key=lambda model: model._meta.label)]


def write_row(difference: IndexDifference) -> None:
    """Write or delete one row, in one statement."""
    content_type = ContentType.objects.get_for_model(difference.model)
    if difference.text is None:
        IndexEntry.objects.filter(content_type=content_type, object_id=difference.object_id).delete()
        return
    row = IndexEntry(content_type=content_type, object_id=difference.object_id)
    row.title, row.body, row.autocomplete = "", "", difference.text
    if connection.vendor == "postgresql":
        row.title, row.body, row.body_text = EMPTY, EMPTY, difference.text
        row.autocomplete = SearchVector(Value(difference.text), config=CONFIG)
    IndexEntry.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["content_type", "object_id"],
        update_fields=list({"autocomplete", text_column()}),
    )


def _dependents(difference: IndexDifference) -> Iterator[Key]:
    """Yield the objects whose index text contains that of a changed object."""
    if difference.text is None:
        return
    for model, name in _relations_to(difference.model):
        for pk in model._default_manager.filter(**{name: difference.object_id}).values_list("pk", flat=True):
            yield model, str(pk)
    if difference.model is CommitmentPage:
        commitment = CommitmentPage.objects.filter(pk=difference.object_id).first()
        updates = ProgressUpdatePage.objects.child_of(commitment) if commitment else []
        yield from ((ProgressUpdatePage, str(update.pk)) for update in updates)


@cache
def _relations_to(model: type[models.Model]) -> tuple[tuple[type[models.Model], str], ...]:
    """Return the indexed models whose text contains that of ``model``, with their relation to it."""
    return tuple(
        (other, field.field_name)
        for other in get_indexed_models()
        for field in other.get_search_fields()
        if isinstance(field, RelatedFields) and field.get_field(other).related_model is model
    )


# --- Signals -----------------------------------------------------------------------------------------------


def _watched_fields(model: type[Any]) -> frozenset[str]:
    names = {field.field_name for field in model.get_search_fields()}
    return frozenset(names | PAGE_FIELDS if issubclass(model, Page) else names)


def on_saved(
    sender: type[Any], instance: Any, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Update the row of a saved object after the commit."""
    if not class_is_indexed(sender):
        return
    if update_fields is None or not _watched_fields(sender).isdisjoint(update_fields):
        schedule(instance)


def on_tagged(instance: Any, action: str, **kwargs: Any) -> None:
    """Update the row of an object whose tags changed: they are saved after the object."""
    if action.startswith("post_") and class_is_indexed(type(instance)):
        schedule(instance)


def schedule(instance: Any) -> None:
    """Update the row of an object after the commit, once for all its writes in the transaction."""
    model = instance.specific_class if type(instance) is Page else instance._meta.concrete_model
    if model is None:
        return
    _pending_keys().add((model, str(instance.pk)))
    # Registered at each write: a savepoint that is rolled back takes its callbacks with it.
    transaction.on_commit(_update_pending, robust=True)


def _pending_keys() -> set[Key]:
    keys: set[Key] = _pending.__dict__.setdefault("keys", set())
    return keys


def _update_pending() -> None:
    keys = set(_pending_keys())
    _pending_keys().clear()
    update_rows(keys)


def connect() -> None:
    """Connect the receivers. Called once, from ``ready()``."""
    post_save.connect(on_saved, dispatch_uid="admin-index-saved")
    m2m_changed.connect(on_tagged, dispatch_uid="admin-index-tagged")
