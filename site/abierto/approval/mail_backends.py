"""E-mail backends that send after the commit, because a transaction may be rolled back or repeated.

Wagtail sends its notifications inside the request, under the tree lock.
"""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import console, filebased, smtp
from django.db import connection, transaction


class AfterCommitMixin:
    """Send e-mails after the transaction commits. A server failure after that is only logged."""

    def open(self) -> Any:
        """Connect to the server, except inside a transaction."""
        return None if connection.in_atomic_block else super().open()  # type: ignore[misc]

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send now, or on commit within a transaction."""
        send = super().send_messages  # type: ignore[misc]
        letters = list(email_messages)
        if not connection.in_atomic_block:
            return send(letters) or 0
        transaction.on_commit(lambda: send(letters), robust=True)
        return len(letters)


class ConsoleBackend(AfterCommitMixin, console.EmailBackend):
    pass


class FileBackend(AfterCommitMixin, filebased.EmailBackend):
    pass


class SmtpBackend(AfterCommitMixin, smtp.EmailBackend):
    pass
