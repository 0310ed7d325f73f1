"""``manage.py remind``: send the notices of today. May run every hour: each notice is sent once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from abierto.deadlines.emails import EmailNotSent
from abierto.deadlines.reminders import send_reminders


class Command(BaseCommand):
    """Send reminders of due reports and of reviews that wait too long."""

    help = "Envía los avisos de reportes y de revisiones que esperan demasiado. Cada aviso sale una vez."

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            try:
                for line in send_reminders():
                    self.stdout.write(line)
            except EmailNotSent as refusal:
                raise CommandError(f"No salió el correo para {refusal}. Se intentará otra vez.") from refusal
