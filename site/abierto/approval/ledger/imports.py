"""Publish content without a review, on record: demo content, imports, commands.

Each live object written in the block gets a row in the ledger with the reason and the responsible person::

    with imported("Plan 2022-2024, del documento publicado", by=user):
        page.save_revision(user=user).publish()
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from abierto.accounts.models import User
from abierto.text import visible_text


@dataclass(frozen=True)
class Import:
    """The reason and the responsible person of content published without a review.

    ``confirmation`` is the reason for which this person confirms the warnings of all that is imported.
    """

    reason: str
    by: User | None
    confirmation: str = ""


_current: ContextVar[Import | None] = ContextVar("abierto_import", default=None)


@contextmanager
def imported(reason: str, by: User | None = None, confirmation: str = "") -> Iterator[Import]:
    """Let live content be written and note ``reason`` in the ledger for each object.

    Raises:
        ValueError: without a reason, or without the account that confirms the warnings.
    """
    written, confirmed = visible_text(reason), visible_text(confirmation)
    if not written:
        raise ValueError("An import needs its reason.")
    if confirmed and by is None:
        raise ValueError("A named person confirms the warnings of an import.")
    current = Import(written, by, confirmed)
    token = _current.set(current)
    try:
        yield current
    finally:
        _current.reset(token)


def current_import() -> Import | None:
    """Return the running import; None outside one."""
    return _current.get()
