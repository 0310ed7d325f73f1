"""Allowed image filter specs in addresses; each is rendered while the visitor waits."""

import re

MAX_LENGTH = 120
MAX_OPERATIONS = 6
#: Longest side in pixels that a screen or a print needs; originals have at most 24 megapixels.
MAX_SIDE = 6_000

_SIDE = r"[1-9]\d{0,3}"
_OPERATION = re.compile(
    rf"original|(?:width|height)-(?P<side>{_SIDE})|(?:min|max|fill)-(?P<width>{_SIDE})x(?P<height>{_SIDE})"
    r"(?:-c(?:100|\d{1,2}))?|scale-(?:100|[1-9]\d?)|bgcolor-(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"
    r"|format-(?:jpeg|png|gif|webp|avif)|(?:jpeg|webp|avif)quality-(?:100|[1-9]\d?)|preserve-svg"
)


def is_allowed_spec(spec: str) -> bool:
    """Check that a Wagtail filter spec is well formed and has no side longer than ``MAX_SIDE``."""
    operations = spec.split("|")
    return (
        len(spec) <= MAX_LENGTH
        and len(operations) <= MAX_OPERATIONS
        and all(_is_allowed_operation(operation) for operation in operations)
    )


def _is_allowed_operation(operation: str) -> bool:
    found = _OPERATION.fullmatch(operation)
    return found is not None and all(int(side or 0) <= MAX_SIDE for side in found.groups())
