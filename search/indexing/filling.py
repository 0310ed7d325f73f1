"""The index that is being filled beside the live one: what drains must know of a rebuild."""

from __future__ import annotations

from collections.abc import Collection

from search.engines.base import SearchEngine
from search.models import IndexRebuild, RebuildChange


def find_filled_index(engine: SearchEngine) -> IndexRebuild | None:
    """Return the rebuild whose index must receive every change, if there is one."""
    found = IndexRebuild.objects.filter(engine=engine.name).first()
    return found if found and engine.is_filling(found.index) else None


def record_changes(rebuild: IndexRebuild, groups: Collection[int]) -> None:
    """Record the pages that change during a rebuild."""
    RebuildChange.objects.bulk_create(RebuildChange(rebuild=rebuild, group=group) for group in groups)
