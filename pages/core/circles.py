"""Chains of pages that lead to each other: what continues a plan, what changed a ruling."""

from collections.abc import Callable, Hashable

#: Longest chain that is followed to find a circle.
MOST_STEPS = 50


def has_circle[Key: Hashable](
    start: Key | None, first: Key | None, find_next: Callable[[Key], Key | None]
) -> bool:
    """Check whether the chain from ``start``, whose next is ``first``, comes back to one of its own."""
    seen, current = {start}, first
    while current is not None and len(seen) < MOST_STEPS:
        if current in seen:
            return True
        seen.add(current)
        current = find_next(current)
    return False
