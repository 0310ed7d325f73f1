"""Find withdrawn rulings: the reason, the day and the replacement."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from wagtail.models import Page

from abierto.approval.overrides.public_withdrawals import find_public_withdrawal

from .models import RulingPage


@dataclass(frozen=True)
class WithdrawnRuling:
    """A ruling that was withdrawn, without its title, which may be why it was withdrawn."""

    reason: str
    day: datetime.date
    replacement: RulingPage | None = None


def find_withdrawn_ruling(index: Page, slug: str) -> WithdrawnRuling | None:
    """Return the ruling below ``index`` with this slug if it was withdrawn from the public."""
    page = RulingPage.objects.child_of(index).filter(slug=slug, live=False).first()
    return describe_withdrawal(page) if page is not None else None


def describe_withdrawal(page: RulingPage) -> WithdrawnRuling | None:
    """Return the withdrawal of ``page``; None if the page was never public to all visitors."""
    withdrawal = find_public_withdrawal(page)
    if withdrawal is None:
        return None
    placed = RulingPage.objects.public().filter(replaces__translation_key=page.translation_key)
    return WithdrawnRuling(
        reason=withdrawal.reason,
        day=withdrawal.day,
        replacement=placed.order_by("-decided_on", "path").first(),
    )
