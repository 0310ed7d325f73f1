"""``manage.py set_url_paths``, under the tree's lock."""

from wagtail.management.commands import set_url_paths

from abierto.approval.concurrency.locked_command import LockedCommand


class Command(LockedCommand, set_url_paths.Command):
    """Run Wagtail's ``set_url_paths`` under the tree lock."""
