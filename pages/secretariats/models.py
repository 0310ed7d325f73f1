"""The page of a technical secretariat."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from abierto.registry.models import Seat, Secretariat
from blocks.body import BodyBlock
from pages.core.base import BasePage
from pages.core.search import (
    SearchContent,
    SearchKind,
    join_distinct_texts,
    join_texts,
    list_party_texts,
    set_anchor,
    split_sections,
)
from pages.core.translation import synchronized_fields


class SecretariatPage(BasePage):
    """A secretariat with its seats and sessions."""

    context_builder = "pages.secretariats.context.build_secretariat_context"
    shows_own_branch = True
    history_fields = frozenset({"secretariat", "members_source", "intro", "body"})
    search_kind = SearchKind.SECRETARIAT
    schema_type = "GovernmentOrganization"

    template = "pages/secretariat_page.html"
    page_description = _("Un secretariado técnico. De él cuelgan sus sesiones.")
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.MicrositePage"]
    subpage_types: ClassVar[list[str]] = ["pages.SessionPage"]

    secretariat = models.ForeignKey(
        Secretariat,
        verbose_name=_("secretariado"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Sus asientos se editan en el registro y se muestran aquí."),
    )
    members_source = models.CharField(
        _("de dónde sale la lista"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Por ejemplo: según el acta del 11 de mayo de 2018. Encabeza la lista de integrantes."),
    )
    intro = models.TextField(_("entrada"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("cuerpo"), blank=True)

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("secretariat"),
    ]

    class Meta:
        verbose_name = _("página de un secretariado")
        verbose_name_plural = _("páginas de los secretariados")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("secretariat"),
        FieldPanel("members_source"),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]

    @property
    def public_secretariat(self) -> Secretariat | None:
        """Return the secretariat if it is public."""
        return self.secretariat if self.secretariat is not None and self.secretariat.live else None

    def search_document(self) -> SearchContent:
        """Return the texts of the page and the members of the secretariat."""
        seats = Seat.objects.public().filter(secretariat=self.secretariat_id)
        seats = seats.select_related("institution", "person")
        names = (
            text for seat in seats for text in list_party_texts(seat.institution, seat.person, seat.post)
        )
        public = self.public_secretariat
        municipality = public.municipality if public is not None else None
        return SearchContent(
            [
                join_distinct_texts(self.summary, self.intro),
                *split_sections(self.body),
                set_anchor("integrantes", join_texts(*names)),
            ],
            day=public.valid_from if public is not None else None,
            municipality=municipality.name if municipality is not None and municipality.live else "",
        )
