"""Withdrawals: one person may withdraw with a reason; reviewers and authors are notified at once."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from abierto.accounts.models import User
from abierto.addresses import absolute_url
from abierto.approval.errors import NotApproved
from abierto.approval.models import Approval, ApprovalKind, WithdrawnFrom
from abierto.approval.models.approval import ALLOWS_NOTHING, base_content_type
from abierto.approval.notifications import EmailText, notify, space_reviewers
from abierto.approval.reader_links import build_admin_url
from abierto.tenancy.access import sees_everything, spaces_of
from abierto.tenancy.models import Space
from abierto.text import visible_text

from .withdrawal_reasons import current_request

PENDING_NOTICES = "_abierto_withdrawn"

RECENT = datetime.timedelta(days=30)
MOST_SHOWN = 10


def check_reason(subject: Any, by: User | None, reason: str) -> None:
    """Require a reason to withdraw ``subject`` in the admin; commands and schedules need none.

    Raises:
        NotApproved: when the reason is missing.
    """
    if by is not None and not visible_text(reason):
        raise NotApproved(f"{subject!r} cannot be withdrawn without a reason.")


@dataclass(frozen=True)
class PendingNotice:
    """One withdrawal to notify of; the object may be deleted by then."""

    space: Space | None
    title: str
    content_type: ContentType
    object_id: str

    def load_author_ids(self) -> set[int]:
        """Return the ids of the authors of the last version that was approved."""
        rows = Approval.objects.filter(content_type=self.content_type, object_id=self.object_id)
        last = rows.exclude(kind__in=ALLOWS_NOTHING).first()
        return {*last.authors, last.reporter_id} - {None} if last is not None else set()

    def find_edit_url(self, user: User) -> str:
        """Return the absolute URL of the edit form; empty if it is deleted or closed to ``user``."""
        model: Any = self.content_type.model_class()
        subject = model._base_manager.filter(pk=self.object_id).first()
        path = AdminURLFinder(user).get_edit_url(subject) if subject is not None else None
        return absolute_url(path) if path else ""


def find_withdrawal_url(subject: Any, user: Any) -> str:
    """Return the URL that withdraws public content; empty for content and people that may not.

    Apps with other content than pages register the hook ``find_withdrawal_url(subject, user)``.
    """
    if not isinstance(subject, Page):
        return next(
            (url for find in hooks.get_hooks("find_withdrawal_url") if (url := find(subject, user))), ""
        )
    if not subject.permissions_for_user(user).can_unpublish():
        return ""
    return reverse("wagtailadmin_pages:unpublish", args=[subject.pk])


def notify_of_withdrawal(subject: Any, space: Space | None, by: User | None, reason: str) -> None:
    """Notify the reviewers of ``space`` and the authors of the withdrawal, who did it and why.

    One e-mail lists all withdrawals of one request. Language aliases only repeat their source.
    """
    if by is None or getattr(subject, "alias_of_id", None):
        return
    waiting = _pending_notices()
    waiting.append(PendingNotice(space, str(subject), base_content_type(subject), str(subject.pk)))
    transaction.on_commit(partial(_send, waiting, by, reason), robust=True)


def _pending_notices() -> list[PendingNotice]:
    """Return the notices of the current request that are not sent yet."""
    request = current_request()
    waiting: list[PendingNotice] = []
    return waiting if request is None else request.__dict__.setdefault(PENDING_NOTICES, waiting)


@transaction.atomic
def _send(waiting: list[PendingNotice], by: User, reason: str) -> None:
    """Send one e-mail per space and per author; later calls find the list empty."""
    notices = list(waiting)
    waiting.clear()
    spaces: dict[Space | None, list[PendingNotice]] = {}
    authors: dict[int, list[PendingNotice]] = {}
    for notice in notices:
        spaces.setdefault(notice.space, []).append(notice)
    for space, named in spaces.items():
        reviewers = space_reviewers(space)
        notify(reviewers, partial(_write_to_reviewer, named, by, reason), by)
        reviewer_ids = {person.pk for person in reviewers}
        for notice in named:
            for author_id in notice.load_author_ids() - reviewer_ids:
                authors.setdefault(author_id, []).append(notice)
    for author in User.objects.filter(pk__in=authors, is_active=True).exclude(pk=by.pk):
        notify([author], partial(_write_to_author, authors[author.pk], by, reason), by)


def _write_to_reviewer(named: list[PendingNotice], by: User, reason: str, reviewer: User) -> EmailText:
    text = _(
        "%(who)s retiró «%(what)s». Motivo: %(reason)s\n\n"
        "Ya no se ve en público. Volver a publicarlo pasa por revisión."
    )
    subject = _("Se retiró: %(what)s") % {"what": named[0].title}
    links = {url for notice in named if (url := notice.find_edit_url(reviewer))}
    # The front page lists what was withdrawn.
    link = links.pop() if len(links) == 1 else build_admin_url("wagtailadmin_home")
    return subject, f"{text % _describe(named, by, reason)}\n\n{link}"


def _write_to_author(named: list[PendingNotice], by: User, reason: str, author: User) -> EmailText:
    text = _(
        "%(who)s retiró «%(what)s», que tú escribiste. Motivo: %(reason)s\n\nYa no se ve en público."
    ) % _describe(named, by, reason)
    links = dict.fromkeys(url for notice in named if (url := notice.find_edit_url(author)))
    if links:
        text += " " + _("Lo que escribiste sigue guardado. Corrígelo y envíalo a revisión para que vuelva:")
    else:
        links[build_admin_url("wagtailadmin_home")] = None
    subject = _("Se retiró lo que escribiste: %(what)s") % {"what": named[0].title}
    return subject, "\n\n".join([text, *links])


def _describe(named: Collection[PendingNotice], by: User, reason: str) -> dict[str, str]:
    titles = dict.fromkeys(notice.title for notice in named)
    return {"who": by.public_name, "what": "», «".join(titles), "reason": reason}


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
        # Filtered by space first: the newest withdrawals may all be of other spaces.
        own = WithdrawnFrom.objects.filter(space_number__in=[space.pk for space in spaces_of(user)])
        rows = rows.filter(pk__in=own.values("approval"))
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
