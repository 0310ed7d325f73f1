"""Commands that change pages wait for their turn like everybody else."""

from typing import Any

from .tree_lock import tree_lock


class LockedCommand:
    """Runs a command under the tree's lock, in one transaction."""

    def handle(self, *args: Any, **options: Any) -> Any:
        """Do what the command does, alone."""
        with tree_lock():
            return super().handle(*args, **options)  # type: ignore[misc]
