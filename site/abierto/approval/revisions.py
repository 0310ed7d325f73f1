"""Building an object from a revision without asking the database what it is known to say.

For every key in a revision, modelcluster asks whether the row it names is still there: the language and the
page of each inline row among them, although the page is the one being built.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from modelcluster.models import model_from_serializable_data
from wagtail.models import ReferenceIndex

from .guard.inline_rows import parental_key

FROM_THE_ROW = ("content_type", "latest_revision", "live_revision", "locale")
"""What says where an object stands now, whatever an old revision says of it."""

NOBODY_TYPES = frozenset({*FROM_THE_ROW, "owner", "locked_by", "alias_of"})
"""Keys that only code writes: checking a form against the database for them finds nothing."""


def without_known_keys(content: dict[str, Any]) -> dict[str, Any]:
    """Return the content of a revision but for the keys that the row itself knows better."""
    return {name: value for name, value in content.items() if name not in FROM_THE_ROW}


def row_from(model: type[models.Model], data: dict[str, Any], **checks: bool) -> Any:
    """Return an inline row built from its content; None when something it needs is gone."""
    known = [parental_key(model)]
    known += [field for field in model._meta.fields if field.name == "locale"]
    names = {field.name for field in known}
    rest = {name: value for name, value in data.items() if name not in names}
    row = model_from_serializable_data(model, rest, **checks)
    if row is not None:
        for field in known:
            setattr(row, field.attname, data.get(field.name))
    return row


@contextmanager
def references_once(instance: Any, changes_content: bool) -> Iterator[None]:
    """Let ``instance`` be saved with its rows, and look at its references once, at the end.

    Bookkeeping refers to nothing. Whoever has turned the index off for a whole load writes it herself.
    """
    from wagtail import signal_handlers  # noqa: PLC0415 - it reads models, which import this

    if getattr(signal_handlers.reference_index_auto_update_disabled, "value", False):
        yield
        return
    with signal_handlers.disable_reference_index_auto_update():
        yield
    if changes_content and ReferenceIndex.is_indexed(type(instance)):
        with transaction.atomic(savepoint=False):
            ReferenceIndex.create_or_update_for_object(instance)
