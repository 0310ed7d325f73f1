"""``manage.py publish_scheduled_pages``: the old name of ``publish_scheduled``."""

from abierto.editorial.management.commands.publish_scheduled import Command

__all__ = ["Command"]
