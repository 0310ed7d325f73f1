"""The page type of sessions of a secretariat."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.url_routing import RouteResult

from abierto.approval.review.inline_rows import row_key
from abierto.text import rich_text_lines
from blocks.base import PortalStreamBlock
from blocks.media import DocumentLinkBlock
from pages.core.base import BasePage
from pages.core.search import SearchContent, SearchKind, join_texts, list_block_texts, set_anchor
from pages.core.translation import get_source_page, synchronized_fields

from .enums import SessionKind
from .rules import (
    above_seats_error,
    agreement_errors,
    attendance_errors,
    count_error,
    find_seated,
    installation_error,
    notice_error,
)

#: The last part of the address of the generated act, below the session.
ACT_SLUG = "acta"


class SessionPage(BasePage):
    """A session of a secretariat: notice, attendance and agreements; its act is generated from them."""

    context_builder = "pages.secretariats.context.build_session_context"
    shows_own_branch = True
    routes_below = True
    history_fields = frozenset(
        {
            "kind", "number", "starts_at", "ends_at", "place", "agenda", "minutes", "agreements",
            "notice_on", "notice", "documents", "quorum", "attended", "attendance",
        }
    )  # fmt: skip
    search_kind = SearchKind.SESSION

    template = "pages/session_page.html"
    page_description = _("Una sesión: convocatoria, asistencia, acuerdos y acta.")
    parent_page_types: ClassVar[list[str]] = ["pages.SecretariatPage"]
    subpage_types: ClassVar[list[str]] = []

    kind = models.CharField(_("tipo"), max_length=14, choices=SessionKind, default=SessionKind.ORDINARY)
    number = models.PositiveSmallIntegerField(_("número"), null=True, blank=True)
    starts_at = models.DateTimeField(_("empieza"), null=True, help_text=_("Hora del centro de México."))
    ends_at = models.DateTimeField(_("termina"), null=True, blank=True)
    place = models.CharField(_("lugar"), max_length=200, blank=True)
    notice_on = models.DateField(_("convocada el"), null=True, blank=True)
    notice = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("convocatoria"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    agenda = RichTextField(
        _("orden del día"), blank=True, features=["bold", "italic", "ul", "ol", "link", "document-link"]
    )
    documents = StreamField(
        PortalStreamBlock([("document", DocumentLinkBlock())]),
        verbose_name=_("documentos de la sesión"),
        blank=True,
        default="",
        db_default=[],
        help_text=_("Lo que se leyó o se entregó en la sesión."),
    )
    quorum = models.PositiveSmallIntegerField(
        _("asientos que hacen quórum"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1, _("Escribe 1 o más."))],
        help_text=_("Los que piden las reglas del secretariado. Vacío: no lo dice el documento."),
    )
    attended = models.PositiveSmallIntegerField(
        _("asientos que asistieron"),
        null=True,
        blank=True,
        help_text=_("Solo si el documento da el número y no la lista. Con la lista se cuenta solo."),
    )
    minutes = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("acta firmada"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("El PDF con las firmas. Mientras tanto, el portal genera el acta con estos datos."),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields(
            "kind", "number", "starts_at", "ends_at", "notice_on", "notice", "quorum", "attended", "minutes"
        ),
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
        MultiFieldPanel(
            [FieldPanel("notice_on"), FieldPanel("notice"), FieldPanel("agenda"), FieldPanel("documents")],
            heading=_("Convocatoria y orden del día"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("quorum"), FieldPanel("attended")]),
                InlinePanel("attendance", label=_("asiento"), heading=_("Asistencia por asiento")),
            ],
            heading=_("Quórum y asistencia"),
        ),
        InlinePanel("agreements", label=_("acuerdo"), heading=_("Acuerdos")),
        FieldPanel("minutes"),
    ]

    # Whether the requested address is that of the generated act.
    shows_act = False

    @property
    def held_on(self) -> datetime.date | None:
        """Return the local day of the session."""
        return timezone.localdate(self.starts_at) if self.starts_at else None

    @property
    def has_begun(self) -> bool:
        """Check that the day of the session has come; the whole day counts."""
        return self.held_on is not None and self.held_on <= timezone.localdate()

    def clean(self) -> None:
        """Refuse an end before the start."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError(
                {"ends_at": _("La sesión termina antes de empezar. Corrige una de las dos horas.")}
            )

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication; a translation has its source's data."""
        held_on = self.held_on
        if self.parent is None or held_on is None or get_source_page(self).pk != self.pk:
            return {}
        errors = {"notice_on": notice_error(self.notice_on, held_on)}
        secretariat = self.parent.specific.secretariat
        if secretariat is not None:
            errors["starts_at"] = installation_error(held_on, secretariat)
            seated = find_seated(secretariat, held_on)
            errors |= self._find_attendance_errors(seated)
        today = timezone.localdate()
        for row in self.agreements.all():
            found = agreement_errors(row, held_on, today)
            errors |= {f"agreements.{row_key(row)}.{name}": message for name, message in found.items()}
        return {path: message for path, message in errors.items() if message}

    def _find_attendance_errors(self, seated: set[int]) -> dict[str, str]:
        rows = list(self.attendance.all())
        present = sum(row.is_present for row in rows) if rows else None
        wrong = attendance_errors(rows, seated)
        return {
            "quorum": above_seats_error(self.quorum, len(seated)),
            "attended": count_error(self.attended, present, len(seated)),
            **{f"attendance.{row_key(row)}.institution": message for row, message in wrong},
        }

    def route_below(self, request: HttpRequest, slug: str) -> RouteResult:
        """Show the act of a session that has begun at «acta/» below it."""
        if slug != ACT_SLUG or not self.has_begun:
            return super().route_below(request, slug)
        self.shows_act = True
        return RouteResult(self)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Return the template of the session, or of its act."""
        return "pages/session_act.html" if self.shows_act else self.template

    def search_document(self) -> SearchContent:
        """Return the place of the session, its agenda, its documents and its agreements."""
        rows = self.agreements.select_related("responsible").all()
        agreements = (
            set_anchor("acuerdos", join_texts(row.text, row.public_responsible, row.done_note))
            for row in rows
        )
        agenda = set_anchor("orden", join_texts(rich_text_lines(self.agenda)))
        return SearchContent(
            [
                join_texts(self.summary, self.place),
                agenda,
                set_anchor("documentos", join_texts(*list_block_texts(self.documents))),
                *agreements,
            ],
            day=self.held_on,
            ref=(f"sesión {self.number}",) if self.number else (),
        )
