"""``manage.py move_pages``, under the tree's lock."""

from wagtail.management.commands import move_pages

from abierto.approval.concurrency.locked_command import LockedCommand


class Command(LockedCommand, move_pages.Command):
    """Run Wagtail's ``move_pages`` under the tree lock."""
