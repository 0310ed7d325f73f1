"""Detect cycles in chains of pages, such as the plan that each plan continues."""

from collections.abc import Callable, Hashable

#: The most links that are followed; a longer chain counts as one without a cycle.
MAX_STEPS = 50


def has_cycle[Key: Hashable](
    start: Key | None, first: Key | None, find_next: Callable[[Key], Key | None]
) -> bool:
    """Check whether the chain that begins with ``start`` and ``first`` returns to one of its members."""
    seen, current = {start}, first
    while current is not None and len(seen) < MAX_STEPS:
        if current in seen:
            return True
        seen.add(current)
        current = find_next(current)
    return False
