"""Link cards to a page of the portal or to another site."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.base import LINKS, PortalBlock
from blocks.choosers import PageChoice
from blocks.fields import LineBlock, LinesBlock, WebAddressBlock
from blocks.media import site_name
from blocks.visibility import LinkCard, build_page_card, public_page_ids


class LinkCardBlock(PortalBlock):
    """One destination: a page of this portal or an address elsewhere."""

    page = PageChoice(label=_("Página de este portal"), required=False)
    url = WebAddressBlock(label=_("O dirección de otro sitio"), required=False)
    title = LineBlock(
        label=_("Título"),
        required=False,
        max_length=150,
        help_text=_("Si eliges una página, puedes dejarlo vacío."),
    )
    text = LinesBlock(label=_("Qué hay ahí"), required=False, max_length=300)

    def problems(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        if value["page"] and value["url"]:
            return {"url": ValidationError(_("Elige una página o escribe una dirección, no las dos."))}
        if self.is_deferred_validation:
            return {}
        if not value["page"] and not value["url"]:
            return {"page": ValidationError(_("Elige una página o escribe la dirección de otro sitio."))}
        if value["url"] and not value["title"]:
            return {"title": ValidationError(_("Ponle título: di a dónde lleva el enlace."))}
        return {}

    def get_searchable_content(self, value: blocks.StructValue) -> list[str]:
        """Return the text of the card without the label of the link, which belongs to its target."""
        return self.child_blocks["text"].get_searchable_content(value.get("text") or "")

    class Meta:
        icon = "link"
        label = _("Enlace")
        label_format = "{title}"


class LinkCardsBlock(PortalBlock):
    """A list of link cards; cards to pages that are not public are left out."""

    cards = blocks.ListBlock(LinkCardBlock(), label=_("Enlaces"), min_num=1)

    def get_link_labels(self, value: blocks.StructValue) -> list[str]:
        """Return the labels of the links."""
        return [card["title"] for card in value.get("cards") or () if card.get("title")]

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        readable = public_page_ids(entry.get("page") for entry in value["cards"])
        cards = [_build_card(entry, readable, context) for entry in value["cards"]]
        context["cards"] = [card for card in cards if card is not None]
        return context

    class Meta:
        icon = "link"
        label = _("Tarjetas de enlace")
        group = LINKS
        description = _("Lleva a otras páginas o sitios, con una frase que ayuda a decidir.")
        template = "blocks/link_cards.html"
        preview_value: dict[str, Any] = {
            "cards": [
                {
                    "page": None,
                    "url": "https://www.plataformadetransparencia.org.mx/",
                    "title": _("Pide información pública"),
                    "text": _("Pregunta a cualquier autoridad. Es gratis."),
                }
            ]
        }


def _build_card(entry: blocks.StructValue, readable: set[int], context: dict[str, Any]) -> LinkCard | None:
    """Return the card of one entry, or nothing when its page is not public."""
    page, url = entry.get("page"), entry.get("url")
    title, text = entry.get("title") or "", entry.get("text") or ""
    if page is not None:
        return build_page_card(page, context.get("request"), title, text) if page.pk in readable else None
    return LinkCard(title=title or url, url=url, text=text, site=site_name(url)) if url else None


class CommitmentsBlock(PortalBlock):
    """Chosen commitments with their summary; those that are not public are left out.

    The page type is named, not imported: blocks do not import pages.
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
