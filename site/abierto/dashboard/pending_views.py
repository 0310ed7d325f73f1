"""«Qué me falta»: the screen, and its summary on the front page of the administration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, Table, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, WorkflowState

from abierto.accounts.models import User
from abierto.approval.review.space_index import space_index_for
from abierto.deadlines.due_reports import DueReport
from abierto.deadlines.models import DeadlineSettings
from abierto.progress.reporting import Notice
from pages.core.formatting import full_date

from .pending import SHOWN, PendingWork, pending_work

NOTICES = {
    Notice.SOON: _("Toca pronto"),
    Notice.PAST: _("Ya tocaba: corren los días de gracia"),
    Notice.LATE: _("Atrasado"),
}


def edit_address(state: WorkflowState) -> str:
    """Return where what was returned is edited."""
    # Types are kept in memory; following the key would ask for each row.
    model = cast(Any, ContentType.objects.get_for_id(state.content_type_id).model_class())
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[state.object_id])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[state.object_id])


def place_of(page: Any) -> str:
    """Name the plan and the commitment of a draft."""
    return " · ".join(name for name in (page.plan_name, page.commitment_name) if name)


def start_address(report: DueReport) -> str:
    """Return where the report that is due is begun."""
    return reverse("commitments:start_update", args=[report.commitment.pk])


def proof_address(row: tuple[Any, Any]) -> str:
    """Return where a pending proof is added: with the next report."""
    return reverse("commitments:start_update", args=[row[0].pk])


def code_and_title(page: Any) -> str:
    """Name a commitment."""
    return f"{page.code} {page.title}"


RETURNED = [
    TitleColumn(
        "title",
        label=_("Título"),
        accessor="current_task_state.revision.object_str",
        get_url=edit_address,
        width="30%",
    ),
    Column("step", label=_("En qué paso"), accessor="current_task_state.task.name"),
    Column("reason", label=_("Qué pidió corregir"), accessor="current_task_state.comment"),
    Column(
        "who",
        label=_("Quién lo devolvió"),
        accessor=lambda state: getattr(state.current_task_state.finished_by, "public_name", ""),
    ),
    DateColumn("when", label=_("Cuándo"), accessor="current_task_state.finished_at"),
]
DRAFTS = [
    TitleColumn(
        "title",
        label=_("Título"),
        accessor="draft_title",
        get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        width="30%",
    ),
    Column("place", label=_("Plan y compromiso"), accessor=place_of),
    DateColumn("saved", label=_("Guardado"), accessor="latest_revision_created_at"),
]
REPORTS = [
    TitleColumn(
        "commitment",
        label=_("Compromiso"),
        accessor=lambda report: code_and_title(report.commitment),
        get_url=start_address,
        width="30%",
    ),
    Column("plan", label=_("Plan"), accessor="plan.title"),
    Column("due_on", label=_("Toca el"), accessor=lambda report: full_date(report.due_on)),
    StatusTagColumn(
        "notice",
        label=_("Cómo va"),
        accessor=lambda report: NOTICES[report.notice],
        primary=lambda report: report.is_late,
    ),
]
PROOFS = [
    TitleColumn(
        "action", label=_("Acción"), accessor=lambda row: str(row[1]), get_url=proof_address, width="30%"
    ),
    Column("commitment", label=_("Compromiso"), accessor=lambda row: code_and_title(row[0])),
    Column("pending", label=_("Pruebas pendientes"), accessor=lambda row: row[1].pending_count),
    Column("promised", label=_("Prometidas"), accessor=lambda row: row[1].means_count),
]


@dataclass(frozen=True)
class Section:
    """One list of the screen."""

    key: str
    heading: Any
    nothing: Any
    columns: Sequence[Column]
    rows: Sequence[Any]

    @property
    def total(self) -> int:
        """How many are shown."""
        return min(len(self.rows), SHOWN)

    @property
    def has_more(self) -> bool:
        """Whether the list was cut."""
        return len(self.rows) > SHOWN

    @property
    def table(self) -> Table:
        """The list, as Wagtail draws it."""
        return Table(self.columns, self.rows[:SHOWN])


def sections(found: PendingWork) -> list[Section]:
    """Return the lists of the screen: first what somebody waits for."""
    owes = found.owed
    return [
        Section("devueltos", _("Te lo devolvieron"), _("Nada devuelto."), RETURNED, found.returned),
        Section("reportes", _("Reportes que tocan"), _("Ningún reporte por ahora."), REPORTS, owes.reports),
        Section("borradores", _("Borradores sin enviar"), _("Ningún borrador."), DRAFTS, found.drafts),
        Section("pruebas", _("Pruebas prometidas"), _("Ninguna pendiente."), PROOFS, owes.proofs),
    ]


def sections_for(request: HttpRequest) -> list[Section]:
    """Return the lists of whoever asks."""
    known = space_index_for(request)
    # Whoever edits nowhere owes no reports: nobody asks for how long before to tell of them.
    terms = DeadlineSettings.load(request_or_site=request) if known.edited else DeadlineSettings()
    return sections(pending_work(cast(User, request.user), terms, known))


class PendingView(WagtailAdminTemplateMixin, TemplateView):
    """What the person has still to do."""

    template_name = "dashboard/pending.html"
    page_title = _("Qué me falta")
    header_icon = "tasks"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Say where this is."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the lists."""
        return super().get_context_data(sections=sections_for(self.request), **kwargs)


class PendingPanel(Component):
    """How many of each the person has still to do, leading to the list."""

    name = "dashboard_missing"
    order = 80
    template_name = "dashboard/pending_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Read the lists."""
        filled = [section for section in sections_for(parent_context["request"]) if section.rows]
        return {"sections": filled, "missing_url": reverse("dashboard:pending")}
