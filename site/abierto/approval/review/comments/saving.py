"""Save comments without a new revision: a comment makes no author and cancels no review."""

from __future__ import annotations

import re
from typing import Any

from wagtail.models import COMMENTS_RELATION_NAME, Comment, Revision

from abierto.approval.ledger.hashing import NOT_CONTENT, canonical
from abierto.approval.review.fields import RELATED

COMMENTS_CHANGED = "_abierto_comments_touched"

# The rich text editor adds a key to each paragraph, and turns an empty text into a paragraph.
PARAGRAPH_KEY = re.compile(r' data-block-key="[^"]*"')
EMPTY_PARAGRAPH = "<p></p>"


def save_only_comments(page: Any) -> Revision | None:
    """Save only the comments of ``page`` where nothing else changed, and return its latest revision.

    None when there is something else to save: then Wagtail saves both.
    """
    if not page.__dict__.pop(COMMENTS_CHANGED, False):
        return None
    latest: Revision | None = page.get_latest_revision()
    if latest is None or _normalize_content(page, latest.content) != _normalize_content(
        page, page.serializable_data()
    ):
        return None
    for comment in getattr(page, COMMENTS_RELATION_NAME).all():
        if comment.pk is None:
            comment.revision_created = latest
    page.save(update_fields=[COMMENTS_RELATION_NAME], clean=False)
    return latest


def include_resolved_comments(page: Any) -> None:
    """Add the resolved comments of ``page`` to those in memory.

    Wagtail builds a page from its revision with the open comments only, and saving an inline relation deletes
    the rows that are not in memory.
    """
    in_memory = page.__dict__.get(RELATED, {}).get(COMMENTS_RELATION_NAME)
    if in_memory is None or page.pk is None:
        return
    resolved = Comment.objects.filter(page=page.pk, resolved_at__isnull=False)
    getattr(page, COMMENTS_RELATION_NAME).add(*resolved.exclude(pk__in=[comment.pk for comment in in_memory]))


def _normalize_content(page: Any, data: dict[str, Any]) -> Any:
    """Return the content without the markup that the rich text editor adds."""
    return _strip_editor_markup(canonical(type(page), data, NOT_CONTENT))


def _strip_editor_markup(value: Any) -> Any:
    if isinstance(value, str):
        text = PARAGRAPH_KEY.sub("", value)
        return "" if text == EMPTY_PARAGRAPH else text
    if isinstance(value, list):
        return [_strip_editor_markup(item) for item in value]
    if isinstance(value, dict):
        written = ((key, _strip_editor_markup(item)) for key, item in value.items())
        return {key: item for key, item in written if item != ""}
    return value
