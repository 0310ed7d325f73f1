"""The state of a running rebuild that drains of the outbox need."""

from __future__ import annotations

from collections.abc import Collection

from search.engines.base import SearchEngine
from search.models import IndexRebuild, RebuildChange


def find_running_rebuild(engine: SearchEngine) -> IndexRebuild | None:
    """Return the running rebuild, whose index must receive every change too; None without one."""
    found = IndexRebuild.objects.filter(engine=engine.name).first()
    return found if found and engine.is_filling(found.index) else None


def record_changes(rebuild: IndexRebuild, groups: Collection[int]) -> None:
    """Record the groups that change during a rebuild, to be written again to its index."""
    RebuildChange.objects.bulk_create(RebuildChange(rebuild=rebuild, group=group) for group in groups)
