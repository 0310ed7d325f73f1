"""``manage.py sync_locale_trees``, under the tree's lock."""

from wagtail_localize.management.commands import sync_locale_trees

from abierto.approval.concurrency.locked_command import LockedCommand


class Command(LockedCommand, sync_locale_trees.Command):
    """Run wagtail-localize's ``sync_locale_trees`` under the tree lock."""
