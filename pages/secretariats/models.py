"""Technical secretariats and their sessions."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from abierto.registry.models import Institution, Seat, Secretariat
from abierto.text import rich_text_lines
from blocks.stories import BodyBlock
from pages.core.base import BasePage
from pages.core.inline import PageRow
from pages.core.search import Kind, SearchContent, at, party_texts, prose_of, sections_of, text_of
from pages.core.translation import synchronized_fields


class SecretariatPage(BasePage):
    """A secretariat with its seats and sessions."""

    context_builder = "pages.secretariats.context.build_secretariat_context"
    history_fields = frozenset({"secretariat", "members_source", "intro", "body"})
    search_kind = Kind.SECRETARIAT

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
        names = (text for seat in seats for text in party_texts(seat.institution, seat.person, seat.post))
        public = self.public_secretariat
        municipality = public.municipality if public is not None else None
        return SearchContent(
            [
                prose_of(self.summary, self.intro),
                *sections_of(self.body),
                at("integrantes", text_of(*names)),
            ],
            day=public.valid_from if public is not None else None,
            municipality=municipality.name if municipality is not None and municipality.live else "",
        )


class SessionKind(models.TextChoices):
    """The kinds of session: planned or extraordinary."""

    ORDINARY = "ordinary", _("Ordinaria")
    EXTRAORDINARY = "extraordinary", _("Extraordinaria")


class SessionPage(BasePage):
    """A session of a secretariat: date, place, agenda and agreements."""

    context_builder = "pages.secretariats.context.build_session_context"
    history_fields = frozenset(
        {
            "kind", "number", "starts_at", "ends_at", "place", "agenda", "minutes", "agreements",
        }
    )  # fmt: skip
    search_kind = Kind.SESSION

    template = "pages/session_page.html"
    page_description = _("Una sesión: fecha, orden del día, acuerdos y acta.")
    parent_page_types: ClassVar[list[str]] = ["pages.SecretariatPage"]
    subpage_types: ClassVar[list[str]] = []

    kind = models.CharField(_("tipo"), max_length=14, choices=SessionKind, default=SessionKind.ORDINARY)
    number = models.PositiveSmallIntegerField(_("número"), null=True, blank=True)
    starts_at = models.DateTimeField(_("empieza"), null=True, help_text=_("Hora del centro de México."))
    ends_at = models.DateTimeField(_("termina"), null=True, blank=True)
    place = models.CharField(_("lugar"), max_length=200, blank=True)
    agenda = RichTextField(
        _("orden del día"), blank=True, features=["bold", "italic", "ul", "ol", "link", "document-link"]
    )
    minutes = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("acta"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("kind", "number", "starts_at", "ends_at", "minutes"),
    ]

    class Meta:
        verbose_name = _("sesión")
        verbose_name_plural = _("sesiones")

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("number")]),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("place"),
            ],
            heading=_("Cuándo y dónde"),
        ),
        FieldPanel("agenda"),
        InlinePanel("agreements", label=_("acuerdo"), heading=_("Acuerdos")),
        FieldPanel("minutes"),
    ]

    def clean(self) -> None:
        """Refuse an end before the start."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError(
                {"ends_at": _("La sesión termina antes de empezar. Corrige una de las dos horas.")}
            )

    def search_document(self) -> SearchContent:
        """Return the place of the session, its agenda and its agreements."""
        rows = self.agreements.select_related("responsible").all()
        agreements = (at("acuerdos", text_of(row.text, row.public_responsible)) for row in rows)
        agenda = at("orden", text_of(rich_text_lines(self.agenda)))
        return SearchContent(
            [text_of(self.summary, self.place), agenda, *agreements],
            day=timezone.localdate(self.starts_at) if self.starts_at else None,
            ref=(f"sesión {self.number}",) if self.number else (),
        )


class Agreement(PageRow):
    """An agreement of a session, with its responsible institution and deadline."""

    history_fields = frozenset({"text", "responsible", "due"})

    page = ParentalKey(SessionPage, on_delete=models.CASCADE, related_name="agreements")
    text = models.TextField(_("acuerdo"))
    responsible = models.ForeignKey(
        Institution,
        verbose_name=_("responsable"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    due = models.DateField(_("para cuándo"), null=True, blank=True)

    override_translatable_fields = synchronized_fields("responsible", "due")

    class Meta(PageRow.Meta):
        verbose_name = _("acuerdo")
        verbose_name_plural = _("acuerdos")

    panels = [FieldPanel("text"), FieldRowPanel([FieldPanel("responsible"), FieldPanel("due")])]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def public_responsible(self) -> Institution | None:
        """Return the responsible institution if it is public."""
        return self.responsible if self.responsible is not None and self.responsible.live else None
