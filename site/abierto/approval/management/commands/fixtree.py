"""``manage.py fixtree``, under the tree's lock."""

from wagtail.management.commands import fixtree

from abierto.approval.concurrency.locked_command import LockedCommand


class Command(LockedCommand, fixtree.Command):
    """Run Wagtail's ``fixtree`` under the tree lock."""
