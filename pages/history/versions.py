"""What one published version changed of the one before, with nothing in it that the public may not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from wagtail.models import Page, Revision

from abierto.editorial.ledger.hashing import content_hash
from abierto.editorial.models import Approval
from abierto.editorial.review.comparison import Comparison, compare_versions

from .ledger_rows import Outline
from .redaction import public_content
from .targets import still_public


@dataclass(frozen=True)
class Changed:
    """What a version changed; nothing is known when one of the two is not kept as it was approved."""

    comparison: Comparison | None
    hides_something: bool = False


def what_changed(page: Any, outlined: Outline, number: int) -> Changed:
    """Return what the version of decision ``number`` changed.

    Raises:
        Http404: when that decision has no version, or one that is not shown.
    """
    moment = outlined.own.get(number)
    if moment is None or moment.compared_with is None:
        raise Http404
    after, before = _kept(page, number), _kept(page, moment.compared_with)
    if after is None or before is None:
        return Changed(None)
    keep, hidden = still_public(page, [before, after])
    model = type(page)
    versions = [page.with_content_json(public_content(model, one, keep)) for one in (before, after)]
    return Changed(compare_versions(*versions), bool(hidden))


def _kept(page: Page, number: int) -> dict[str, Any] | None:
    """Return the content that a decision was about, if its version says to this day what was approved."""
    row = Approval.objects.of(page).filter(pk=number).first()
    revision = None if row is None else _revision(page, row)
    if row is None or revision is None or content_hash(revision) != row.sha:
        return None
    content: dict[str, Any] = revision.content
    return content


def _revision(page: Page, row: Approval) -> Revision | None:
    kept = Revision.objects.filter(object_id=row.object_id, base_content_type_id=row.content_type_id)
    return kept.filter(pk=row.revision_number).first()
