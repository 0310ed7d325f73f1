"""One-time e-mails: claimed in the database before sending, and released if the server fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from smtplib import SMTPException

from django.db import transaction

from abierto.accounts.models import User
from abierto.approval.notifications import EmailText, Reader, build_email, find_readers

from .models import SentNotice


@dataclass(frozen=True)
class OneTimeEmail:
    """An e-mail with its readers; ``write`` returns it in the active language."""

    write: Callable[[], EmailText]
    people: Sequence[User]

    @property
    def subject(self) -> str:
        return self.write()[0]

    @cached_property
    def readers(self) -> list[Reader]:
        """Return those with an address, in the order in which they get it."""
        return find_readers(self.people)


class EmailNotSent(Exception):
    """The mail server accepted no copy of an e-mail; it will be tried again."""


@transaction.atomic
def claim_rows[Row: SentNotice](rows: Sequence[Row]) -> list[Row]:
    """Insert those of ``rows`` that do not exist and return them. Safe in concurrent processes."""
    model = type(rows[0])
    keys = model._meta.total_unique_constraints[0].fields
    claimed = []
    for row in rows:
        unique = {name: getattr(row, name) for name in keys}
        stored, created = model._base_manager.get_or_create(defaults={"sent_at": row.sent_at}, **unique)
        if created:
            claimed.append(stored)
    return claimed


def send_claimed_email(email: OneTimeEmail, claimed: Sequence[SentNotice]) -> None:
    """Send a copy to each reader; if the server fails at the first, delete the claimed rows.

    Raises:
        EmailNotSent: when the server fails.
    """
    for number, reader in enumerate(email.readers):
        address = reader.person.email
        try:
            build_email(reader, lambda person: email.write()).send()
        except (SMTPException, OSError) as error:
            if number:
                raise EmailNotSent(address) from error
            for row in claimed:
                row.delete()
            raise EmailNotSent(address) from error
