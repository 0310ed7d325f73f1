"""Withdrawals: one person may withdraw with a reason, and the reviewers are notified at once."""

import datetime
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from abierto.accounts.models import User
from abierto.approval.errors import NotApproved
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.notifications import notify, space_reviewers
from abierto.tenancy.access import sees_everything, spaces_of
from abierto.tenancy.models import Space
from abierto.text import visible_text

from .withdrawal_reasons import current_request

PendingNotice = tuple[Space | None, str]
PENDING_NOTICES = "_abierto_withdrawn"

RECENT = datetime.timedelta(days=30)
MOST_SHOWN = 10


def check_reason(subject: Any, by: User | None, reason: str) -> None:
    """Require a reason to withdraw ``subject`` in the admin; commands and schedules need none.

    Raises:
        NotApproved: when the screen did not ask for the reason.
    """
    if by is not None and not visible_text(reason):
        raise NotApproved(f"Nobody said why {subject!r} is taken down.")


def notify_reviewers(subject: Any, space: Space | None, by: User | None, reason: str) -> None:
    """Notify the reviewers of ``space`` of the withdrawal, its author and reason.

    One e-mail lists all withdrawals of one request. Language aliases only repeat their source.
    """
    if by is None or getattr(subject, "alias_of_id", None):
        return
    waiting = _pending_notices()
    waiting.append((space, str(subject)))
    transaction.on_commit(partial(_send, waiting, by, reason), robust=True)


def _pending_notices() -> list[PendingNotice]:
    """Return the notices of the current request that are not sent yet."""
    request = current_request()
    waiting: list[PendingNotice] = []
    return waiting if request is None else request.__dict__.setdefault(PENDING_NOTICES, waiting)


@transaction.atomic
def _send(waiting: list[PendingNotice], by: User, reason: str) -> None:
    """Send one e-mail per space; later calls find the list empty."""
    titles: dict[Space | None, dict[str, None]] = {}
    while waiting:
        space, title = waiting.pop(0)
        titles.setdefault(space, {})[title] = None
    for space, named in titles.items():
        what = "», «".join(named)
        text = _(
            "%(who)s retiró «%(what)s». Motivo: %(reason)s\n\n"
            "Ya no se ve en público. Volver a publicarlo pasa por revisión."
        )
        subject = _("Se retiró: %(what)s") % {"what": next(iter(named))}
        text %= {"who": by.public_name, "what": what, "reason": reason}
        notify(space_reviewers(space), subject, text, by)


@dataclass(frozen=True)
class WithdrawnItem:
    """One withdrawal on the dashboard."""

    title: str
    who: str
    reason: str
    on: datetime.datetime
    page: Page | None


def load_recent_withdrawals(user: User) -> list[WithdrawnItem]:
    """Return the recent withdrawals in the spaces of ``user``, deleted objects included. Two queries.

    The page is set only if she may edit it: its history is closed to users who only review.
    """
    since = timezone.now() - RECENT
    rows = Approval.objects.filter(kind=ApprovalKind.WITHDRAWN, created_at__gte=since).exclude(comment="")
    if not sees_everything(user):
        own = [space.pk for space in spaces_of(user)]
        rows = rows.filter(withdrawn_from__space_number__in=own)
    shown = rows.select_related("approver")[:MOST_SHOWN]
    of_pages = ContentType.objects.get_for_model(Page).pk
    editable = page_permission_policy.instances_user_has_permission_for(user, "change")
    pages = editable.in_bulk([row.object_id for row in shown if row.content_type_id == of_pages])
    return [
        WithdrawnItem(
            title=row.title,
            who=row.approver.public_name if row.approver else "",
            reason=row.comment,
            on=row.created_at,
            page=pages.get(int(row.object_id)) if row.content_type_id == of_pages else None,
        )
        for row in shown
    ]
