"""Compare one published version with the one before, without content that is not public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from django.http import Http404
from wagtail.models import Page, Revision

from abierto.approval.ledger.hashing import NOT_CONTENT, canonical, content_hash
from abierto.approval.models import Approval
from abierto.approval.review.comparison import Comparison, compare_versions

from .ledger_rows import Outline
from .redaction import filter_still_public, public_content

Pair = tuple[dict[str, Any], dict[str, Any]]
Path = tuple[str, ...]

NEVER_PRINTED = frozenset({"translation_key"})
"""Kept in the public part of a version only to find rows again."""


@dataclass(frozen=True)
class VersionChanges:
    """The changes of a version; ``comparison`` is None when a stored version no longer matches its hash."""

    comparison: Comparison | None
    #: Whether the version refers to an object that is not public today.
    hides_something: bool = False
    #: Whether the version changes more than is shown.
    changes_more: bool = False


def compare_with_previous(page: Any, outlined: Outline, number: int) -> VersionChanges:
    """Return the changes of the version of decision ``number``.

    Raises:
        Http404: when that decision has no version, or its version is not shown.
    """
    moment = outlined.own.get(number)
    if moment is None or moment.compared_with is None:
        raise Http404
    after, before = _load_approved_content(page, number), _load_approved_content(page, moment.compared_with)
    if after is None or before is None:
        return VersionChanges(None)
    keep, hidden = filter_still_public(page, [before, after])
    old, new = (
        page.with_content_json(public_content(type(page), content, keep)) for content in (before, after)
    )
    return compare_public((before, after), (old, new), hides_something=bool(hidden))


def compare_public(whole: Pair, shown: tuple[Any, Any], *, hides_something: bool = False) -> VersionChanges:
    """Compare the public parts of two versions, ``shown``; ``whole`` are their complete contents."""
    comparison = compare_versions(*shown, is_for_public=True)
    public = shown[0].serializable_data(), shown[1].serializable_data()
    return VersionChanges(comparison, hides_something, _changes_more(type(shown[0]), whole, public))


def _changes_more(model: type[models.Model], whole: Pair, shown: Pair) -> bool:
    """Check whether two versions differ in content that the public does not see."""
    before, after = (_leaves(canonical(model, content, NOT_CONTENT)) for content in whole)
    shown_before, shown_after = (_leaves(canonical(model, content, NOT_CONTENT)) for content in shown)
    return any(
        before.get(path) != after.get(path)
        and (
            path[-1] in NEVER_PRINTED
            or (shown_before.get(path), shown_after.get(path)) != (before.get(path), after.get(path))
        )
        for path in before.keys() | after.keys()
    )


def _leaves(value: Any, path: Path = ("",)) -> dict[Path, Any]:
    """Return the leaf values of stored content by path; blocks and rows are identified by their ids."""
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = [(_key_of(item, number), item) for number, item in enumerate(value)]
    else:
        is_markup = isinstance(value, str) and "<" in value
        return {path: str(BeautifulSoup(value, "html.parser")) if is_markup else value}
    return {key: leaf for name, item in inner for key, leaf in _leaves(item, (*path, name)).items()}


def _key_of(item: Any, number: int) -> str:
    key = item.get("id") or item.get("translation_key") if isinstance(item, dict) else None
    return str(key or number)


def _load_approved_content(page: Page, number: int) -> dict[str, Any] | None:
    """Return the content that was approved, if the stored version still matches its hash."""
    row = Approval.objects.of(page).filter(pk=number).first()
    revision = None if row is None else _revision(page, row)
    if row is None or revision is None or content_hash(revision) != row.sha:
        return None
    content: dict[str, Any] = revision.content
    return content


def _revision(page: Page, row: Approval) -> Revision | None:
    revisions = Revision.objects.filter(object_id=row.object_id, base_content_type_id=row.content_type_id)
    return revisions.filter(pk=row.revision_number).first()
