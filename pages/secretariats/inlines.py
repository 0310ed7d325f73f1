"""The rows of a session: attendance by seat, and agreements."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from abierto.registry.models import Institution
from pages.core.inline import PageRow
from pages.core.translation import synchronized_fields

from .enums import AgreementState, Attended


class Attendance(PageRow):
    """The attendance of one institution's seat; the person is read from the registry."""

    history_fields = frozenset({"institution", "attended"})

    page = ParentalKey("pages.SessionPage", on_delete=models.CASCADE, related_name="attendance")
    institution = models.ForeignKey(
        Institution, verbose_name=_("institución"), on_delete=models.PROTECT, related_name="+"
    )
    attended = models.CharField(_("asistencia"), max_length=6, choices=Attended, default=Attended.HOLDER)

    override_translatable_fields = synchronized_fields("institution", "attended")

    class Meta(PageRow.Meta):
        verbose_name = _("asistencia")
        verbose_name_plural = _("asistencias")

    panels = [FieldRowPanel([FieldPanel("institution"), FieldPanel("attended")])]

    def __str__(self) -> str:
        return f"{self.institution}: {self.get_attended_display()}"

    @property
    def is_present(self) -> bool:
        """Check whether the seat was attended, by its holder or its deputy."""
        return self.attended != Attended.ABSENT


class Agreement(PageRow):
    """An agreement of a session, with its responsible institution, its deadline and how it was met."""

    history_fields = frozenset({"text", "responsible", "due", "done_on", "done_note"})

    page = ParentalKey("pages.SessionPage", on_delete=models.CASCADE, related_name="agreements")
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
    done_on = models.DateField(
        _("cumplido el"), null=True, blank=True, help_text=_("Vacío mientras siga abierto.")
    )
    done_note = models.TextField(
        _("cómo se cumplió"),
        blank=True,
        default="",
        db_default="",
        help_text=_("Qué se hizo y dónde se puede comprobar."),
    )

    override_translatable_fields = synchronized_fields("responsible", "due", "done_on")

    class Meta(PageRow.Meta):
        verbose_name = _("acuerdo")
        verbose_name_plural = _("acuerdos")

    panels = [
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("responsible"), FieldPanel("due")]),
        FieldRowPanel([FieldPanel("done_on"), FieldPanel("done_note")]),
    ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def public_responsible(self) -> Institution | None:
        """Return the responsible institution if it is public."""
        return self.responsible if self.responsible is not None and self.responsible.live else None

    def find_state(self, day: datetime.date) -> AgreementState:
        """Return the state on ``day``: an agreement is late from the day after its deadline."""
        if self.done_on is not None and self.done_on <= day:
            return AgreementState.DONE
        if self.due is not None and self.due < day:
            return AgreementState.LATE
        return AgreementState.OPEN
