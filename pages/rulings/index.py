"""The page type of lists of rulings."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from abierto.registry.models import Institution
from pages.core.base import MENU_PANEL, BasePage
from pages.core.search import SearchContent, SearchKind, join_distinct_texts, join_texts
from pages.core.translation import synchronized_fields

from .enums import PartRole
from .withdrawn import WithdrawnRuling, find_withdrawn_ruling

GONE = 410


class RulingIndexPage(BasePage):
    """The rulings of one tribunal; without a tribunal, those of all lists below it.

    It also serves the addresses of withdrawn rulings (410).
    """

    context_builder = "pages.rulings.context.build_index_context"
    routes_below = True
    shows_own_branch = True
    history_fields = frozenset({"tribunal", "first_part", "intro", "guide"})
    search_kind = SearchKind.STANDARD
    schema_type = "CollectionPage"

    template = "pages/ruling_index_page.html"
    page_description = _("Las sentencias de un tribunal. De ella cuelgan sus sentencias.")
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.RulingIndexPage"]
    subpage_types: ClassVar[list[str]] = ["pages.RulingIndexPage", "pages.RulingPage"]
    copied_with_parent = False

    tribunal = models.ForeignKey(
        Institution,
        verbose_name=_("tribunal"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Vacío: reúne las sentencias de los tribunales cuyas listas cuelgan de esta."),
    )
    first_part = models.CharField(
        _("parte que va primero"),
        max_length=12,
        choices=PartRole,
        blank=True,
        help_text=_("Regla del tribunal: sin ella no se publica otra. Vacío: cualquiera puede ir primero."),
    )
    intro = models.TextField(_("entrada"), blank=True, help_text=_("Sobre la lista de sentencias."))
    guide = models.ForeignKey(
        Page,
        verbose_name=_("guía de lectura"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("La página que explica cómo leer una sentencia. Vacío: la de la lista de arriba."),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("tribunal", "first_part", "guide"),
    ]

    class Meta:
        verbose_name = _("lista de sentencias")
        verbose_name_plural = _("listas de sentencias")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("tribunal"),
        FieldPanel("first_part"),
        FieldPanel("intro"),
        FieldPanel("guide"),
    ]
    promote_panels = [*BasePage.promote_panels, MENU_PANEL]

    # The withdrawn ruling at the requested address.
    withdrawn: WithdrawnRuling | None = None

    @property
    def public_tribunal(self) -> Institution | None:
        """Return the tribunal if it is public."""
        return self.tribunal if self.tribunal is not None and self.tribunal.live else None

    def clean(self) -> None:
        """Refuse a second list of a tribunal, and lists below the list of a tribunal."""
        super().clean()
        if self.tribunal_id and self.others_of_type().filter(tribunal=self.tribunal_id).exists():
            raise ValidationError({"tribunal": _("Este tribunal ya tiene una lista de sentencias.")})
        above = self.parent.specific if self.parent is not None else None
        if isinstance(above, RulingIndexPage) and above.tribunal_id:
            raise ValidationError(_("De la lista de un tribunal cuelgan sentencias, no otras listas."))

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication."""
        above = self.parent.specific if self.parent is not None else None
        if isinstance(above, RulingIndexPage) and not self.tribunal_id:
            return {"tribunal": gettext("Elige el tribunal de esta lista.")}
        return {}

    def search_document(self) -> SearchContent:
        """Return the texts of the list only; its rulings have their own documents."""
        tribunal = self.public_tribunal
        names = join_texts(tribunal, tribunal.acronym) if tribunal is not None else join_texts()
        return SearchContent([join_distinct_texts(self.summary, self.intro), names])

    def route_below(self, request: HttpRequest, slug: str) -> RouteResult:
        """Serve the notice of a withdrawn ruling at its former address."""
        self.withdrawn = find_withdrawn_ruling(self, slug)
        return RouteResult(self) if self.withdrawn is not None else super().route_below(request, slug)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Return the template of the list, or of a withdrawn ruling."""
        return "pages/withdrawn_ruling_page.html" if self.withdrawn is not None else self.template

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Set the status 410 (gone) for a withdrawn ruling."""
        response = super().serve(request, *args, **kwargs)
        if self.withdrawn is not None:
            response.status_code = GONE
        return response
