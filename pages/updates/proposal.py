"""Starting an update: one row for each action, filled in with what was last published."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from .page import ProgressUpdatePage
from .rows import UpdateRow

if TYPE_CHECKING:
    from abierto.accounts.models import User
    from pages.plans.commitment import CommitmentPage


def propose_rows(commitment: CommitmentPage) -> list[UpdateRow]:
    """Return an unsaved row for each action of ``commitment``, with its last public figure.

    Notes and evidence are not carried over: they belong to the period in which they were reported.
    """
    last: dict[object, UpdateRow] = {}
    updates = ProgressUpdatePage.objects.live().child_of(commitment).prefetch_related("rows")
    for update in updates.order_by("period_end", "path"):
        last.update({row.action_key: row for row in update.rows.all() if not row.value.is_missing})
    return [
        UpdateRow(
            action_key=action.translation_key,
            percent=last[action.translation_key].percent if action.translation_key in last else None,
            stage=last[action.translation_key].stage if action.translation_key in last else "",
            sort_order=order,
            locale=commitment.locale,
        )
        for order, action in enumerate(commitment.actions.all())
    ]


def title_for(start: datetime.date, end: datetime.date) -> str:
    """Return the title of an update: «Avance de agosto a noviembre de 2023»."""
    last = date_format(end, "F \\d\\e Y")
    if (start.year, start.month) == (end.year, end.month):
        return _("Avance de %(month)s") % {"month": last}
    first = date_format(start, "F" if start.year == end.year else "F \\d\\e Y")
    return _("Avance de %(first)s a %(last)s") % {"first": first, "last": last}


@transaction.atomic
def start_update(
    commitment: CommitmentPage, start: datetime.date, end: datetime.date, user: User
) -> ProgressUpdatePage:
    """Create a draft update of ``commitment`` for the period and return it.

    Raises:
        ValidationError: when the period is reversed or overlaps another update; speaks on its field.
    """
    title = title_for(start, end)
    update = ProgressUpdatePage(
        title=title,
        slug=slugify(f"{start:%Y-%m}-{end:%Y-%m}"),
        period_start=start,
        period_end=end,
        owner=user,
        live=False,
        locale=commitment.locale,
    )
    update.intended_parent = commitment
    update.rows = propose_rows(commitment)
    update.clean()
    commitment.add_child(instance=update)
    update.save_revision(user=user, log_action=True)
    return update
