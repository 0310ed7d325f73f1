"""The panel that lists the steps of publishing a ruling."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from pages.core.context import load_builder

#: A dotted path: the module imports the page types, which import this panel.
STEPS = "pages.rulings.steps.build_steps"


class StepsPanel(Panel):
    """The steps of a ruling with the state of each, on its form and on those of its parts."""

    class BoundPanel(Panel.BoundPanel):
        """Adds the steps of the ruling of the form to the template context."""

        template_name = "rulings/steps_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Add the steps; there are none before the ruling is saved."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | load_builder(STEPS)(self.instance, self.request)
