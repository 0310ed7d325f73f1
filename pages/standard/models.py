"""The page type of texts."""

from typing import ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from blocks.body import BodyBlock
from pages.core.base import MENU_PANEL, BasePage
from pages.core.search import SearchContent, SearchKind, join_texts, split_sections


class StandardPage(BasePage):
    """A page of prose: an introduction to open government, an «about us», a consultation."""

    history_fields = frozenset({"body"})
    search_kind = SearchKind.STANDARD

    template = "pages/standard_page.html"
    page_description = _("Una página de texto, con imágenes, tablas y cifras.")
    parent_page_types: ClassVar[list[str]] = [
        "pages.HomePage",
        "pages.StandardPage",
        "pages.PlanPage",
        "pages.MicrositePage",
    ]
    subpage_types: ClassVar[list[str]] = ["pages.StandardPage"]

    body = StreamField(BodyBlock(), verbose_name=_("cuerpo"), blank=True)

    class Meta:
        verbose_name = _("página de texto")
        verbose_name_plural = _("páginas de texto")

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    promote_panels = [*BasePage.promote_panels, MENU_PANEL]

    def search_document(self) -> SearchContent:
        """Return the text; its date is that of the last publication unless it was copied from a source."""
        written_here = self.last_published_at and not self.source_name
        day = timezone.localdate(self.last_published_at) if written_here else None
        return SearchContent([join_texts(self.summary), *split_sections(self.body)], day=day)
