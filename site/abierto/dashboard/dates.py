"""A date that passed while something was under review is not the date that anybody approves."""

from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from abierto.approval.errors import ReviewRefused
from abierto.approval.models.task import APPROVE


def check_date_of_review(task_state: TaskState, user: Any, action: str) -> None:
    """Refuse to approve what was sent to be public on a day that has gone by since.

    A date that had already passed when it was sent is that of an earlier version: it holds nothing back.
    """
    if action != APPROVE:
        return
    date = task_state.revision.content.get("go_live_at")
    planned = parse_datetime(date) if isinstance(date, str) else date
    if planned is not None and task_state.workflow_state.created_at < planned <= timezone.now():
        raise ReviewRefused(_("La fecha prevista para publicarlo ya pasó. Devuélvelo para que pongan otra."))
