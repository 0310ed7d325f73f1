"""Mixin for management commands that change pages under the tree lock."""

from typing import Any

from .tree_lock import tree_lock


class LockedCommand:
    """Run a command under the tree lock, in one transaction."""

    def handle(self, *args: Any, **options: Any) -> Any:
        with tree_lock():
            return super().handle(*args, **options)  # type: ignore[misc]
