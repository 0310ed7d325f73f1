"""``manage.py delete_sessions``: delete sessions past their end."""

from typing import Any

from django.core.management.base import BaseCommand

from abierto.accounts.sessions import delete_expired_sessions


class Command(BaseCommand):
    """Delete expired sessions; may run at any time."""

    help = "Borra las sesiones que vencieron, con las direcciones desde las que se abrieron."

    def handle(self, *args: Any, **options: Any) -> None:
        delete_expired_sessions()
