"""The first screen of the admin: what one worked on, while it is of one's space."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel, UserObjectsInWorkflowModerationPanel
from wagtail.models import Page, WorkflowState

from abierto.tenancy.access import scope, sees_everything
from abierto.tenancy.isolation.viewer import is_own_page


class OwnPagesSummary(PagesSummaryItem):
    """How many pages one has."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Count one's own: Wagtail counts everything below the page that all of them hang from."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        if sees_everything(self.request.user):
            return context
        return context | {"total_pages": scope(Page.objects.all(), self.request.user).count()}


class OwnRecentEditsPanel(RecentEditsPanel):
    """What one edited last."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out what is of another space by now."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        user = parent_context["request"].user
        edits = [(date, page) for date, page in context["last_edits"] if is_own_page(page, user)]
        return context | {"last_edits": edits}


class OwnLockedPagesPanel(LockedPagesPanel):
    """What one locked."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out what is of another space by now."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {"locked_pages": scope(context["locked_pages"], parent_context["request"].user)}


class OwnReviewsPanel(UserObjectsInWorkflowModerationPanel):
    """What one sent to review."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out what is of another space by now."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        states = context["workflow_states"]
        user = parent_context["request"].user
        if not states or sees_everything(user):
            return context
        asked = WorkflowState.objects.filter(pk__in=[state.pk for state in states])
        own = set(scope(asked, user).values_list("pk", flat=True))
        return context | {"workflow_states": [state for state in states if state.pk in own]}


_OWN: dict[type[Component], type[Component]] = {
    LockedPagesPanel: OwnLockedPagesPanel,
    RecentEditsPanel: OwnRecentEditsPanel,
    UserObjectsInWorkflowModerationPanel: OwnReviewsPanel,
}


def replace_panels(panels: list[Component]) -> None:
    """Put our panels in the place of Wagtail's."""
    panels[:] = [_OWN[type(panel)]() if type(panel) in _OWN else panel for panel in panels]
