"""Bulk actions on accounts, within the keeper's limits."""

from wagtail import hooks

from .admin.views import AssignRole, DeleteAccounts, SetActiveState

# After Wagtail's own: the last action of a name is the one that counts.
for action in (AssignRole, SetActiveState, DeleteAccounts):
    hooks.register("register_bulk_action", action, order=100)
