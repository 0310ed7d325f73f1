"""Panels and summary of the admin home page, limited to the user's scope."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel, UserObjectsInWorkflowModerationPanel
from wagtail.models import Page, WorkflowState

from abierto.tenancy.access import scope, sees_everything
from abierto.tenancy.isolation.viewer import is_own_page


class ScopedPagesSummary(PagesSummaryItem):
    """Summary item that counts the pages in scope."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Replace Wagtail's count, which covers everything below the common ancestor of the user's pages."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        if sees_everything(self.request.user):
            return context
        return context | {"total_pages": scope(Page.objects.all(), self.request.user).count()}


class ScopedRecentEditsPanel(RecentEditsPanel):
    """Recent edits, without pages that have moved to another space since."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        user = parent_context["request"].user
        edits = [(date, page) for date, page in context["last_edits"] if is_own_page(page, user)]
        return context | {"last_edits": edits}


class ScopedLockedPagesPanel(LockedPagesPanel):
    """Locked pages, without pages that have moved to another space since."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {"locked_pages": scope(context["locked_pages"], parent_context["request"].user)}


class ScopedReviewsPanel(UserObjectsInWorkflowModerationPanel):
    """Submitted content, without rows that have moved to another space since."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        states = context["workflow_states"]
        user = parent_context["request"].user
        if not states or sees_everything(user):
            return context
        submitted = WorkflowState.objects.filter(pk__in=[state.pk for state in states])
        own = set(scope(submitted, user).values_list("pk", flat=True))
        return context | {"workflow_states": [state for state in states if state.pk in own]}


_OWN: dict[type[Component], type[Component]] = {
    LockedPagesPanel: ScopedLockedPagesPanel,
    RecentEditsPanel: ScopedRecentEditsPanel,
    UserObjectsInWorkflowModerationPanel: ScopedReviewsPanel,
}


def replace_panels(panels: list[Component]) -> None:
    """Replace Wagtail's panels by these, in place."""
    panels[:] = [_OWN[type(panel)]() if type(panel) in _OWN else panel for panel in panels]
