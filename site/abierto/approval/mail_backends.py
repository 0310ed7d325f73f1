"""Mail leaves when what it tells of is written: never inside a transaction, which may be undone or repeated.

Wagtail sends its notifications in the middle of the request that causes them, under the tree's lock.
"""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import console, smtp
from django.db import connection, transaction


class AfterCommitMixin:
    """Holds the letters of a transaction until it commits. A server that fails then is only logged."""

    def open(self) -> Any:
        """Connect; not while a transaction waits."""
        return None if connection.in_atomic_block else super().open()  # type: ignore[misc]

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send at once, or when the transaction ends well."""
        send = super().send_messages  # type: ignore[misc]
        letters = list(email_messages)
        if not connection.in_atomic_block:
            return send(letters) or 0
        transaction.on_commit(lambda: send(letters), robust=True)
        return len(letters)


class ConsoleBackend(AfterCommitMixin, console.EmailBackend):
    """Prints the letters."""


class SmtpBackend(AfterCommitMixin, smtp.EmailBackend):
    """Sends the letters."""
