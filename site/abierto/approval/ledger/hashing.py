"""The hash of content: equal for a revision, for the object built from it and for the row read back.

It covers what may become public, and leaves out the bookkeeping (tree position, dates of saving,
locks, keys that the database gives). A value equal to its field's fixed default is left out too, so that a
new field does not void every approval given before it existed.
"""

import datetime
import hashlib
import json
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Revision

BOOKKEEPING = frozenset({
    "path", "depth", "numchild", "url_path", "content_type", "has_unpublished_changes",
    "first_published_at", "last_published_at", "latest_revision", "latest_revision_created_at",
    "draft_title", "owner", "locked", "locked_at", "locked_by", "expired", "wagtail_admin_comments",
})  # fmt: skip
"""Fields that may be written on a live row without approval."""

NOT_CONTENT = BOOKKEEPING | {"live", "live_revision", "alias_of", "locale", "translation_key"}
"""Fields left out of the hash of a page or snippet: content is only what authors wrote."""

NOT_CONTENT_OF_A_ROW = frozenset({"locale", "sort_order"})
"""What the hash of an inline row leaves out; its place is its order, its key is content."""

_ABSENT = object()


def content_hash(subject: models.Model | Revision) -> str:
    """Return the hash of the content of an object or of a revision."""
    if isinstance(subject, Revision):
        model = ContentType.objects.get_for_id(subject.content_type_id).model_class()
        if model is None:
            raise LookupError(f"The model of revision {subject.pk} is not installed.")
        return digest(model, subject.content)
    return digest(type(subject), subject.serializable_data())  # type: ignore[union-attr]


def digest(model: type[models.Model], data: dict[str, Any]) -> str:
    """Return the hash of serialised ``data`` of ``model``."""
    concrete = model._meta.concrete_model or model
    written = json.dumps(
        [concrete._meta.label_lower, canonical(concrete, data, NOT_CONTENT)],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(written.encode()).hexdigest()


def canonical(model: type[models.Model], data: dict[str, Any], left_out: frozenset[str]) -> dict[str, Any]:
    """Return the content of ``data`` with each value in canonical form."""
    content = {}
    for field in model._meta.fields:
        if field.name in left_out or not is_content(field):
            continue
        value = _normalize(field, data.get(field.name, _ABSENT))
        if value is not _ABSENT and value != _fixed_default(field):
            content[field.name] = value
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name not in left_out and data.get(name):
            rows = data[name]
            content[name] = [canonical(relation.related_model, row, NOT_CONTENT_OF_A_ROW) for row in rows]
    for field in get_all_child_m2m_relations(model):
        if field.name not in left_out and data.get(field.name):
            content[field.name] = sorted(str(key) for key in data[field.name])
    return content


def is_content(field: models.Field) -> bool:
    automatic = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    stored = field.serialize  # type: ignore[attr-defined]
    return stored and not (field.primary_key or automatic or isinstance(field, ParentalKey))


def _normalize(field: models.Field, value: Any) -> Any:
    """Return ``value`` in canonical form, whether it comes from JSON or from the database."""
    if value is _ABSENT or value is None:
        return value
    if isinstance(field, StreamField):
        return _drop_list_ids(json.loads(value) if isinstance(value, str) else value)
    if field.is_relation:
        return str(value)
    if isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.DecimalField):
        return str(Decimal(str(value)).quantize(Decimal(1).scaleb(-field.decimal_places)))
    value = field.to_python(value)
    if isinstance(value, datetime.datetime):
        aware = value if timezone.is_aware(value) else timezone.make_aware(value)
        return aware.astimezone(datetime.UTC).replace(microsecond=0).isoformat()
    return value if isinstance(value, bool | int | str) else str(value)


def _drop_list_ids(value: Any) -> Any:
    """Drop the ids of list items, which are generated on each read; a stream block's own id is content.

    Evidence names the promised verification by its block's id.
    """
    if isinstance(value, list):
        return [_drop_list_ids(item) for item in value]
    if isinstance(value, dict):
        is_list_item = value.keys() == {"type", "value", "id"} and value["type"] == "item"
        return {
            key: _drop_list_ids(inner) for key, inner in value.items() if not (is_list_item and key == "id")
        }
    return value


def _fixed_default(field: models.Field) -> Any:
    """Return the normalized default of the field; absent for a default that is computed each time."""
    if field.has_default() and callable(field.default) and field.default not in (list, dict, str):
        return _ABSENT
    default = field.get_default()
    if isinstance(field, StreamField):
        return []
    return _normalize(field, default)
