"""What can be done with a row that has drafts, at the foot of its form."""

from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.action_menu import (
    ActionMenuItem,
    PublishMenuItem,
    UnpublishMenuItem,
    WorkflowMenuItem,
)

from abierto.accounts.models import User
from abierto.editorial.mixins import FourEyesMixin
from abierto.editorial.models import ReviewTask

from .reviewed import may_take_down

#: Wagtail's own, which ask about rights that nobody has, or decide without showing what on.
NOT_OFFERED = PublishMenuItem | WorkflowMenuItem | UnpublishMenuItem


class ReviewMenuItem(ActionMenuItem):
    """Leads from the editing form to the review's own page."""

    name = "action-review"
    label = _("Revisar y decidir")
    icon_name = "clipboard-list"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it wherever the admin would show its own buttons."""
        return context["view"] == "edit"

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Return the review's address."""
        state = parent_context["instance"].current_workflow_task_state
        return reverse("editorial:review", args=[state.pk])


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
