"""What is published together on a date, as the layer above tells the command that publishes."""

from collections.abc import Callable
from dataclasses import dataclass

from abierto.approval.errors import NotTogether


@dataclass(frozen=True)
class PublishGroup:
    """Versions that are public together or not at all; ``failed`` hears of the one that could not be."""

    name: str
    revisions: list[int]
    check: Callable[[], None]
    failed: Callable[[NotTogether], None]
