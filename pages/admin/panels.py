"""Panels for rows that come from the plan: editors cannot add, remove or reorder them."""

from __future__ import annotations

from typing import Any

from django.forms import HiddenInput
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison
from wagtail.admin.panels import FieldPanel, InlinePanel

from pages.plans.inlines import CommitmentAction


class FixedRowsPanel(InlinePanel):
    """Inline rows that are given: each is filled in, none is added, removed or moved."""

    def __init__(self, relation_name: str, template_name: str = "", **kwargs: Any) -> None:
        super().__init__(relation_name, **kwargs)
        self.template_name = template_name

    def clone_kwargs(self) -> dict[str, Any]:
        """Return the arguments to clone the panel with."""
        return {**super().clone_kwargs(), "template_name": self.template_name}

    class BoundPanel(InlinePanel.BoundPanel):
        """Shows the rows with the template of the panel."""

        @property
        def template_name(self) -> str:
            """Return the template of the panel."""
            return self.panel.template_name


class ActionComparison(FieldComparison):
    """Names the action that a row is about instead of its key."""

    def htmldiff(self) -> SafeString:
        """Return the action's number and title."""
        key = self.val_b or self.val_a
        action = CommitmentAction.objects.filter(translation_key=key).order_by("pk").first()
        return escape(str(action) if action else _("Una acción que ya no está en el compromiso"))


class ActionPanel(FieldPanel):
    """A panel that shows the action of a row as text; the key is a hidden input."""

    def get_form_options(self) -> dict[str, Any]:
        """Render the key as a hidden input."""
        return {**super().get_form_options(), "widgets": {self.field_name: HiddenInput()}}

    def get_comparison_class(self) -> type[FieldComparison]:
        return ActionComparison

    class BoundPanel(FieldPanel.BoundPanel):
        """Shows the action context that the form of the page set on the form of the row."""

        template_name = "admin_pages/action_panel.html"

        def is_required(self) -> bool:
            """Return False: the editor does not fill in this field."""
            return False

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["action_context"] = getattr(self.form, "action_context", None)
            return context
