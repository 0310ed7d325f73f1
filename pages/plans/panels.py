"""The panel that says whose a commitment is, and whose it will be."""

from typing import Any

from wagtail.admin.panels import HelpPanel

from abierto.registry.models import InstitutionSpace

from .hand_over import describe_hand_over


class HandOverPanel(HelpPanel):
    """The effect of the responsible institution on who may report, for the draft as it is saved."""

    class BoundPanel(HelpPanel.BoundPanel):
        """Reads the draft that the form shows."""

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            links = InstitutionSpace.objects.order_by("institution__name")
            context["with_space"] = list(links.values_list("institution__name", flat=True))
            context["effect"] = describe_hand_over(self.instance) if self.instance.path else ""
            return context
