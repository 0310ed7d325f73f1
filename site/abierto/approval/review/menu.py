"""The way from an editing form to the review's own page, for pages and for snippets."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class LeadsToTheReview:
    """An item at the foot of an editing form: Wagtail has one class for pages and one for snippets."""

    name = "action-review"
    label = _("Revisar y decidir")
    icon_name = "clipboard-list"
    #: Where the form keeps what it edits.
    subject = "page"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it wherever the admin would show its own buttons."""
        return bool(context["view"] == "edit")

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Return the review's address."""
        state = parent_context[self.subject].current_workflow_task_state
        return reverse("approval:review", args=[state.pk])
