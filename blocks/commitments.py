"""Commitments shown inside another page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.base import LINKS, PortalBlock
from blocks.choosers import PageChoice
from blocks.visibility import LinkCard, build_page_card, public_page_ids

from .fields import LineBlock


class CommitmentsBlock(PortalBlock):
    """Chosen commitments with their summary; those that are not public show nothing.

    The page type is named, not imported: blocks know nothing of pages.
    """

    title = LineBlock(label=_("Título"), required=False, max_length=120)
    commitments = blocks.ListBlock(
        PageChoice("pages.CommitmentPage", label=_("Compromiso")),
        label=_("Compromisos"),
        min_num=1,
        max_num=12,
    )

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        pages = [page for page in value["commitments"] if page is not None]
        readable = public_page_ids(pages)
        cards = [build_page_card(page, context.get("request")) for page in pages if page.pk in readable]
        context["cards"] = [card for card in cards if card is not None]
        return context

    def get_preview_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        """Show an invented commitment: a real one could belong to another space."""
        card = LinkCard(
            title=str(_("Vigilar las ladrilleras para respirar mejor")),
            url="#",
            text=str(_("La gente vigila cómo se produce el ladrillo y pide información sobre el aire.")),
            code="1.5",
        )
        return {**super().get_preview_context(value, parent_context=parent_context), "cards": [card]}

    class Meta:
        icon = "tasks"
        label = _("Compromisos")
        group = LINKS
        description = _("Muestra compromisos del plan con su resumen.")
        template = "blocks/commitments.html"
        preview_template = "blocks/preview/commitments.html"
        preview_value: dict[str, Any] = {"title": "", "commitments": []}
