"""Columns of the admin listings of commitments, updates, reports and sessions."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, TitleColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from abierto.language.content import read_own_content
from abierto.language.labels import band_label
from abierto.language.review import measure_page
from abierto.progress.enums import Pace
from pages.core.formatting import full_date, percent, short_plan_name

from .buttons import start_update_button
from .summaries import CommitmentSummary


def summary_of(page: Page) -> CommitmentSummary:
    """Return the summary that the listing loaded for ``page``."""
    summary: CommitmentSummary = page.commitment_summary
    return summary


def plan_name(page: Page) -> str:
    """Return the short name of the plan: the table has nine columns."""
    plan = summary_of(page).plan
    return short_plan_name(plan.title, is_work_plan=not plan.measures_progress) if plan else ""


def axis_name(page: Page) -> str:
    """Return the code and title of the axis."""
    axis = summary_of(page).axis
    return f"{axis.code}. {axis.title}" if axis else ""


def party_names(page: Page) -> str:
    """Return the names of the parties."""
    return ", ".join(summary_of(page).parties)


def effective_figure(page: Page) -> str:
    """Write the figure that counts, or the stage, or that there is none."""
    summary = summary_of(page)
    if summary.figure is None or summary.status is None or summary.status.pace is Pace.NONE:
        return _("Sin dato")
    if summary.status.pace is Pace.STAGE:
        return summary.figure.stage
    return percent(summary.figure.effective)


def last_update(page: Page) -> str:
    """Write the day of the last public report."""
    figure = summary_of(page).figure
    return full_date(figure.reported_on) if figure else ""


def lateness(page: Page) -> str:
    """Return the text of a late report with its due date."""
    status = summary_of(page).status
    if status is None or not status.is_late:
        return ""
    if status.due_on is None:
        return _("Atrasado")
    return _("Atrasado: tocaba el %(day)s") % {"day": full_date(status.due_on)}


def commitment_name(page: Page) -> str:
    """Return the commitment of an update."""
    commitment = getattr(page, "commitment", None)
    return f"{commitment.code} {commitment.title}" if commitment else ""


def period_text(page: Any) -> str:
    """Write the period of an update or report."""
    if not (page.period_start and page.period_end):
        return _("Sin periodo")
    return f"{full_date(page.period_start)} – {full_date(page.period_end)}"


def declared_text(page: Any) -> str:
    """Write the figure that an update declares for its commitment."""
    return percent(page.declared)


def cutoff_text(page: Any) -> str:
    """Write the cut-off day of a report."""
    return full_date(page.cutoff)


def session_day(page: Any) -> str:
    """Write the day of a session, in local time."""
    return full_date(timezone.localdate(page.starts_at)) if page.starts_at else ""


def readability_text(page: Page) -> str:
    """Write the INFLESZ score of a page's own texts and its band."""
    score = measure_page(read_own_content(page.with_streams))
    return "" if score.inflesz is None else f"{score.inflesz:.0f} · {band_label(score.band)}"


class OwnTitleColumn(ButtonsColumnMixin, TitleColumn):
    """The title as a link to the editor, with the button to start an update where it applies.

    Wagtail's own title column runs several queries for each row.
    """

    def get_value(self, instance: Page) -> str:
        """Return the title of the draft."""
        title: str = instance.get_admin_display_title()
        return title

    def get_link_url(self, instance: Page, parent_context: dict[str, Any]) -> str | None:
        """Return the URL of the editor for users who may edit."""
        user = parent_context["request"].user
        if not instance.permissions_for_user(user).can_edit():
            return None
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])

    def get_buttons(self, instance: Page, parent_context: dict[str, Any]) -> list[Button]:
        """Offer «Reportar avance» on the commitments of a plan with figures."""
        summary: CommitmentSummary | None = getattr(instance, "commitment_summary", None)
        if summary is None or summary.plan is None or not summary.plan.measures_progress:
            return []
        if not instance.permissions_for_user(parent_context["request"].user).can_add_subpage():
            return []
        return [start_update_button(instance, in_listing=True)]


TITLE = OwnTitleColumn("title", label=gettext_lazy("Título"), sort_key="title", width="24%")
READABILITY = Column("readability", label="INFLESZ", accessor=readability_text)
STATUS = PageStatusColumn("status", label=gettext_lazy("Estado"), sort_key="live")
PERIOD = Column("period", label=gettext_lazy("Periodo"), accessor=period_text, sort_key="period_end")

COMMITMENT_COLUMNS = [
    Column("code", label=gettext_lazy("Clave"), sort_key="code"),
    TITLE,
    Column("plan", label=gettext_lazy("Plan"), accessor=plan_name),
    Column("axis", label=gettext_lazy("Eje"), accessor=axis_name),
    Column("parties", label=gettext_lazy("Partes"), accessor=party_names),
    Column("effective", label=gettext_lazy("Avance"), accessor=effective_figure, sort_key="figure_effective"),
    Column(
        "reported", label=gettext_lazy("Último reporte"), accessor=last_update, sort_key="figure_reported"
    ),
    Column("late", label=gettext_lazy("Atraso"), accessor=lateness),
    READABILITY,
    STATUS,
]
UPDATE_COLUMNS = [
    TITLE,
    Column("commitment", label=gettext_lazy("Compromiso"), accessor=commitment_name),
    PERIOD,
    Column("declared", label=gettext_lazy("Declarado"), accessor=declared_text, sort_key="declared"),
    READABILITY,
    STATUS,
]
REPORT_COLUMNS = [
    TITLE,
    Column("kind", label=gettext_lazy("Tipo"), accessor="get_kind_display", sort_key="kind"),
    Column("number", label=gettext_lazy("Número"), sort_key="number"),
    PERIOD,
    Column(
        "cutoff", label=gettext_lazy("Corte"), accessor=lambda page: full_date(page.cutoff), sort_key="cutoff"
    ),
    READABILITY,
    STATUS,
]
SESSION_COLUMNS = [
    TITLE,
    Column("kind", label=gettext_lazy("Tipo"), accessor="get_kind_display", sort_key="kind"),
    Column("number", label=gettext_lazy("Número"), sort_key="number"),
    Column("starts_at", gettext_lazy("Empieza"), accessor=session_day, sort_key="starts_at"),
    Column("place", label=gettext_lazy("Lugar"), sort_key="place"),
    READABILITY,
    STATUS,
]
