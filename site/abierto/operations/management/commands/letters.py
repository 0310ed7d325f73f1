"""``manage.py letters``: list or show the e-mails that were written to files instead of being sent."""

import email
import email.policy
from argparse import ArgumentParser
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

# Django's file backend ends each message with this line.
END_OF_MESSAGE = b"\n" + b"-" * 79 + b"\n"


class Command(BaseCommand):
    """List the e-mails of an installation without a mail server, oldest first, or show one."""

    help = "Lista las cartas que el portal escribió en archivos, o muestra una por su número."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", metavar="NÚMERO", nargs="?", type=int, help="la carta que se muestra")

    def handle(self, *args: Any, number: int | None, **options: Any) -> None:
        letters = read_letters()
        if number is None:
            for position, letter in enumerate(letters, 1):
                self.stdout.write(f"{position}. {letter['To']}: {letter['Subject']}")
            return
        if not 1 <= number <= len(letters):
            raise CommandError(f"No hay carta {number}. Hay {len(letters)}.")
        letter = letters[number - 1]
        for name in ("From", "To", "Date", "Subject"):
            self.stdout.write(f"{name}: {letter[name]}")
        body = letter.get_body(("plain", "html"))
        self.stdout.write(f"\n{body.get_content() if body is not None else ''}")


def read_letters() -> list[EmailMessage]:
    """Return the stored letters, oldest first.

    Raises:
        CommandError: if this installation sends its e-mails.
    """
    folder = settings.MAILERS["default"].get("OPTIONS", {}).get("file_path")
    if not folder:
        raise CommandError("Este portal envía sus cartas o las imprime en la consola: no guarda ninguna.")
    messages: list[EmailMessage] = []
    for path in sorted(Path(folder).glob("*.log")):
        for text in path.read_bytes().split(END_OF_MESSAGE):
            if text.strip():
                messages.append(email.message_from_bytes(text, policy=email.policy.default))
    return messages
