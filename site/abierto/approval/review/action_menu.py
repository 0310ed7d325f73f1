"""Action menu of page and snippet forms: submitting is a button, cancelling comes last and is confirmed."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.action_menu import ActionMenuItem as PageMenuItem
from wagtail.models import WorkflowState
from wagtail.snippets.action_menu import ActionMenuItem as SnippetMenuItem

from .views import ReviewMenuItemMixin

# Wagtail's names of its items, of pages and of snippets.
SAVE = ("action-save-draft", "action-save")
SUBMIT = "action-submit"
RESTART = "action-restart-workflow"
CANCEL = "action-cancel-workflow"
LOCKED = ("action-page-locked", "action-locked")
REVIEW = ReviewMenuItemMixin.name


class SendMenuItemMixin:
    """Action menu item with two buttons: save the draft, which is first for the Enter key, and send it."""

    name = SUBMIT
    template_name = "approval/send_menu_item.html"
    #: The form attribute with the edited object.
    subject = "page"

    def __init__(self, save: PageMenuItem | SnippetMenuItem) -> None:
        super().__init__()
        self.save = save

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Label the button without a step or workflow: after a change all steps decide again."""
        context: dict[str, Any] = super().get_context_data(parent_context)  # type: ignore[misc]
        subject = parent_context.get(self.subject)
        review = subject.current_workflow_state if subject and subject.pk else None
        is_returned = review is not None and review.status == WorkflowState.STATUS_NEEDS_CHANGES
        label = _("Enviar otra vez a revisión") if is_returned else _("Enviar a revisión")
        return {**context, "label": label, "save_button": self.save.render_html(parent_context)}


class CancelReviewMenuItemMixin:
    """Action menu item that opens a confirmation page instead of cancelling at once."""

    name = "action-cancel-review"
    label = gettext_lazy("Cancelar la revisión…")
    icon_name = "error"
    #: The form attribute with the edited object.
    subject = "page"

    def get_url(self, parent_context: dict[str, Any]) -> str:
        review = parent_context[self.subject].current_workflow_state
        return reverse("approval:cancel", args=[review.current_task_state_id])


class PageSendMenuItem(SendMenuItemMixin, PageMenuItem):
    """Save or send a page."""


class PageCancelMenuItem(CancelReviewMenuItemMixin, PageMenuItem):
    """Cancel the review of a page."""


class SnippetSendMenuItem(SendMenuItemMixin, SnippetMenuItem):
    """Save or send a snippet."""

    subject = "instance"


class SnippetCancelMenuItem(CancelReviewMenuItemMixin, SnippetMenuItem):
    """Cancel the review of a snippet."""

    subject = "instance"


def arrange_actions(
    items: list[Any],
    send: type[PageSendMenuItem] | type[SnippetSendMenuItem],
    cancel: type[PageCancelMenuItem] | type[SnippetCancelMenuItem],
) -> None:
    """Put saving and sending first and cancelling last; Wagtail's item that restarts a workflow is left out.

    Under a locked form Wagtail's disabled button, which says that it is locked, comes before cancelling.
    """
    named = {item.name: item for item in items}
    save = next((named[name] for name in SAVE if name in named), None)
    first, replaced = [], {RESTART, CANCEL}
    if save is not None and SUBMIT in named:
        first, replaced = [send(save)], replaced | {SUBMIT, save.name}
    others = [item for item in items if item.name not in replaced]
    others.sort(key=lambda item: (item.name != REVIEW, item.name not in LOCKED))
    items[:] = [*first, *others, *([cancel()] if CANCEL in named else [])]
