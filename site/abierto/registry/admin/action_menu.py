"""What can be done with a row that has drafts, at the foot of its form."""

from typing import Any, cast

from django.http import HttpRequest
from wagtail.snippets.action_menu import (
    ActionMenuItem,
    PublishMenuItem,
    UnpublishMenuItem,
    WorkflowMenuItem,
)

from abierto.accounts.models import User
from abierto.editorial.mixins import FourEyesMixin
from abierto.editorial.models import ReviewTask
from abierto.editorial.review.menu import LeadsToTheReview

from .reviewed import may_take_down

#: Wagtail's own, which ask about rights that nobody has, or decide without showing what on.
NOT_OFFERED = PublishMenuItem | WorkflowMenuItem | UnpublishMenuItem


class ReviewMenuItem(LeadsToTheReview, ActionMenuItem):
    """Leads from the form of a row to its review."""

    subject = "instance"


def offered(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """As with pages: nobody publishes, decisions are taken on the review's page, and who may takes down."""
    if not issubclass(context["model"], FourEyesMixin):
        return
    row = context.get("instance")
    items[:] = [item for item in items if not isinstance(item, NOT_OFFERED)]
    if row is not None and row.live and may_take_down(cast(User, request.user), row):
        items.append(UnpublishMenuItem(order=20))
    task = row.current_workflow_task if row else None
    if isinstance(task, ReviewTask) and task.get_actions(row, request.user):
        items.insert(0, ReviewMenuItem(order=0))
