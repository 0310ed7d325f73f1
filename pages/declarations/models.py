"""Joint declarations: what was signed, where, and by whom."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField

from abierto.registry.models import Institution, Person
from blocks.body import BodyBlock
from pages.core.base import BasePage
from pages.core.inline import PageRow
from pages.core.search import (
    SearchContent,
    SearchKind,
    join_texts,
    list_institution_names,
    list_party_texts,
    set_anchor,
    split_sections,
)
from pages.core.translation import synchronized_fields


class SignatoryRole(models.TextChoices):
    """The roles in which a declaration is signed."""

    SIGNATORY = "signatory", _("Firma")
    WITNESS = "witness", _("Testigo de honor")


class DeclarationPage(BasePage):
    """A declaration with its text and the people who signed it."""

    context_builder = "pages.declarations.context.build_declaration_context"
    shows_own_branch = True
    history_fields = frozenset({"signed_on", "place", "body", "signatories"})
    search_kind = SearchKind.DECLARATION
    schema_type = "CreativeWork"

    template = "pages/declaration_page.html"
    page_description = _("Una declaración conjunta: fecha, lugar, texto y firmas.")
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.MicrositePage"]
    subpage_types: ClassVar[list[str]] = []

    signed_on = models.DateField(_("fecha de firma"), null=True, help_text=_("Encabeza la página."))
    place = models.CharField(_("lugar"), max_length=160, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("texto"), blank=True)

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("signed_on"),
    ]

    class Meta:
        verbose_name = _("declaración")
        verbose_name_plural = _("declaraciones")

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("signed_on"), FieldPanel("place")]),
        FieldPanel("body"),
        MultiFieldPanel([InlinePanel("signatories", label=_("firma"))], heading=_("Firmas")),
    ]

    def search_document(self) -> SearchContent:
        """Return the text and who signed it."""
        rows = self.signatories.select_related("institution", "person").all()
        signatures = [row for row in rows if row.is_public]
        names = (
            text for row in signatures for text in list_party_texts(row.institution, row.person, row.post)
        )
        return SearchContent(
            [
                join_texts(self.summary, self.place),
                *split_sections(self.body),
                set_anchor("firmas", join_texts(*names)),
            ],
            day=self.signed_on,
            institution=list_institution_names(row.institution for row in signatures),
        )


class Signatory(PageRow):
    """One name under a declaration."""

    history_fields = frozenset({"institution", "person", "post", "role"})

    page = ParentalKey(DeclarationPage, on_delete=models.CASCADE, related_name="signatories")
    institution = models.ForeignKey(
        Institution, verbose_name=_("institución"), on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(Person, verbose_name=_("persona"), on_delete=models.PROTECT, related_name="+")
    post = models.CharField(_("cargo"), max_length=250, blank=True)
    role = models.CharField(_("papel"), max_length=10, choices=SignatoryRole, default=SignatoryRole.SIGNATORY)

    override_translatable_fields = synchronized_fields("institution", "person", "role")

    class Meta(PageRow.Meta):
        verbose_name = _("firma")
        verbose_name_plural = _("firmas")

    panels = [
        FieldPanel("institution"),
        FieldRowPanel([FieldPanel("person"), FieldPanel("role")]),
        FieldPanel("post"),
    ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_public(self) -> bool:
        """Check whether the signatory and its institution are public."""
        return self.person.live and self.institution.live
