"""Whether a record that is not public was public once and was withdrawn, which its address then says."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from abierto.approval.overrides.public_withdrawals import PublicWithdrawal, find_public_withdrawal
from abierto.tenancy.tree_paths import branch_paths
from abierto.tenancy.visibility import restrictions_of


def find_withdrawal(hidden: Any) -> PublicWithdrawal | None:
    """Return why a row that is not public was withdrawn; None for what never was public, as for what is not.

    A page below a withdrawn one was withdrawn with it, if it was public itself.
    """
    if hidden is None:
        return None
    if not isinstance(hidden, Page):
        return None if hidden.live else find_public_withdrawal(hidden)
    if restrictions_of(hidden).exists():
        return None
    closed = Page.objects.filter(path__in=branch_paths(hidden.path), live=False).order_by("path")
    found = [find_public_withdrawal(page) for page in closed]
    # One step that was only a draft: what hangs from it never was public.
    return found[-1] if found and None not in found else None
