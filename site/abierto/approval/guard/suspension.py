"""A suspended space is read-only for its people, and nothing of it is published without the state.

Checked where rows are written, not in the views: :func:`check_written_row` sees every save and deletion of a
request, the others are called where a user is named. Imports and commands are not checked, except scheduled
publication. ``abierto.approval.middleware`` also closes the other forms of the admin.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import Comment, CommentReply, Page, Revision, TaskState, WorkflowState

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.ledger.imports import current_import
from abierto.tenancy.access import (
    find_space_among,
    has_space,
    sees_everything,
    space_of,
    suspended_spaces,
)
from abierto.tenancy.models import Space

#: «5 de marzo de 2026», as public pages write it.
DAY_FORMAT = r"j \d\e F \d\e Y"


class Suspended(NotAllowed):
    """A write in a suspended space."""


def describe_suspension(space: Space) -> str:
    """Return the sentence of a suspended space, with its date and reason."""
    return _("«%(space)s» está suspendido desde el %(day)s: %(reason)s Mientras tanto solo se lee.") % {
        "space": space,
        "day": format_date(space.suspended_on, DAY_FORMAT) if space.suspended_on else "",
        "reason": space.suspension_reason,
    }


def check_may_write(subject: models.Model, user: User | None) -> None:
    """Refuse a write by a person of the suspended space that ``subject`` belongs to.

    Raises:
        Suspended: with the sentence for the user.
    """
    if user is None or current_import() is not None:
        return
    found = find_space_among(subject, suspended_spaces(user))
    if found is not None:
        raise Suspended(describe_suspension(found))


def check_may_publish(subject: models.Model, user: User | None) -> None:
    """Refuse to approve or publish in a suspended space, unless the state team does it.

    Scheduled publication (no user) is refused too. One query.

    Raises:
        Suspended: with the sentence for the user.
    """
    if current_import() is not None or (user is not None and sees_everything(user)):
        return
    space = find_space(subject)
    if space is not None and space.suspended_on is not None:
        raise Suspended(describe_suspension(space))


def check_written_row(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Receiver of ``pre_save`` and ``pre_delete``: check the row, or the content that it is about."""
    subject = find_subject(instance)
    if subject is not None:
        check_may_write(subject, get_active_log_context().user)


def find_subject(row: Any) -> Any | None:
    """Return the page or the row with a space that ``row`` is, or is a part of; None for other models."""
    if isinstance(row, Page) or has_space(type(row)):
        return row
    if isinstance(row, Revision | WorkflowState):
        return row.content_object if has_suspended_space() else None
    if isinstance(row, TaskState):
        return row.workflow_state.content_object if has_suspended_space() else None
    if isinstance(row, Comment):
        return row.page if has_suspended_space() else None
    if isinstance(row, CommentReply):
        return row.comment.page if has_suspended_space() else None
    return None


def has_suspended_space() -> bool:
    """Check that the user of the request has a suspended space: only then is the content read."""
    user = get_active_log_context().user
    return user is not None and bool(suspended_spaces(user))


def find_space(subject: Any) -> Space | None:
    """Return the space of a page, or of a row with one."""
    if isinstance(subject, Page):
        return space_of(subject)
    return subject.space if has_space(type(subject)) else None
