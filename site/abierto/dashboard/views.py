"""The screens and home page panels of the queue, the pending work and the review steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, Table, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.models import Page, TaskState, WorkflowState

from abierto.accounts.models import User
from abierto.approval.review.space_index import space_index_for
from abierto.approval.roles.grants import is_state_administrator
from abierto.deadlines.due_reports import DueReport
from abierto.deadlines.models import DeadlineSettings
from abierto.progress.reporting import Notice
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from pages.core.formatting import full_date, name_update
from pages.core.submissions import submission_label

from .columns import QUEUE_COLUMNS
from .filters import QueueFilter
from .queries import (
    MAX_SHOWN,
    PendingWork,
    annotate_details,
    find_waiting_reviews,
    is_late,
    load_pending_work,
    review_url,
)
from .reviewer_summary import decided_url, summarize_for_reviewer
from .services import OWN_STEPS, has_second_step, set_second_step

PANEL_ROWS = 5


class ReviewPaginator(WagtailPaginator):
    """Label the rows «revisiones» instead of Wagtail's «task states»."""

    verbose_name = _("revisión")
    verbose_name_plural = _("revisiones")


class QueueView(BaseListingView):
    """The reviews that wait for one user, oldest first. A fixed number of queries."""

    page_title = _("Por revisar")
    header_icon = "clipboard-list"
    index_url_name = "dashboard:queue"
    index_results_url_name = "dashboard:queue_results"
    columns = QUEUE_COLUMNS
    filterset_class = QueueFilter
    paginate_by = 30
    paginator_class = ReviewPaginator
    no_results_message = _("Nada espera tu revisión.")

    def get_base_queryset(self) -> QuerySet[TaskState]:
        return annotate_details(find_waiting_reviews(cast(User, self.request.user)))


class QueuePanel(Component):
    """The oldest waiting reviews; without any, the summary for the reviewer."""

    name = "dashboard_queue"
    order = 90
    template_name = "dashboard/queue_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        waiting = find_waiting_reviews(request.user)
        oldest = list(annotate_details(waiting)[:PANEL_ROWS])
        for review in oldest:
            review.late, review.address = is_late(review), review_url(review)
        total = len(oldest) if len(oldest) < PANEL_ROWS else waiting.order_by().count()
        summary = None if oldest else summarize_for_reviewer(request.user, space_index_for(request))
        return {
            "reviews": oldest,
            "total": total,
            "queue_url": reverse("dashboard:queue"),
            "summary": summary,
            "decided": [(decision, decided_url(decision)) for decision in summary.decided] if summary else [],
        }


NOTICES = {
    Notice.SOON: _("Toca pronto"),
    Notice.PAST: _("Ya tocaba: corren los días de gracia"),
    Notice.LATE: _("Atrasado"),
}


def edit_url(state: WorkflowState) -> str:
    """Return the edit URL of returned content."""
    # Content types are cached; following the key would query for each row.
    model = cast(Any, ContentType.objects.get_for_id(state.content_type_id).model_class())
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[state.object_id])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[state.object_id])


def draft_place(page: Any) -> str:
    """Return the plan and the commitment of a draft."""
    return " · ".join(name for name in (page.plan_name, page.commitment_name) if name)


def draft_name(page: Any) -> str:
    """Return the title of a draft; of an update, its commitment and period."""
    name = name_update(page.commitment_name, page.period_start, page.period_end)
    return name or str(page.draft_title)


def report_url(report: DueReport) -> str:
    """Return the URL that starts a report, continues its draft or shows the submitted version."""
    if report.update is None:
        return reverse("commitments:start_update", args=[report.commitment.pk])
    name = "wagtailadmin_pages:view_draft" if report.is_delivered else "wagtailadmin_pages:edit"
    return reverse(name, args=[report.update.pk])


def report_label(report: DueReport) -> Any:
    """Return the status of a report as text."""
    return submission_label(report.update) if report.is_delivered else NOTICES[report.notice]


def begun_label(report: DueReport) -> str:
    return submission_label(report.update) if report.update is not None else gettext("Sin empezar")


def evidence_url(row: tuple[Any, Any]) -> str:
    """Return the URL where pending evidence is added: with the next report."""
    return reverse("commitments:start_update", args=[row[0].pk])


def commitment_label(page: Any) -> str:
    return f"{page.code} {page.title}"


RETURNED = [
    TitleColumn(
        "title",
        label=_("Título"),
        accessor="current_task_state.revision.object_str",
        get_url=edit_url,
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
        accessor=draft_name,
        get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        width="30%",
    ),
    Column("place", label=_("Plan y compromiso"), accessor=draft_place),
    DateColumn("saved", label=_("Guardado"), accessor="latest_revision_created_at"),
]
REPORTS = [
    TitleColumn(
        "commitment",
        label=_("Compromiso"),
        accessor=lambda report: commitment_label(report.commitment),
        get_url=report_url,
        width="30%",
    ),
    Column("plan", label=_("Plan"), accessor="plan.title"),
    Column("due_on", label=_("Toca el"), accessor=lambda report: full_date(report.due_on)),
    StatusTagColumn(
        "notice",
        label=_("Cómo va"),
        accessor=report_label,
        primary=lambda report: report.is_late,
    ),
    Column("begun", label=_("Tu reporte"), accessor=begun_label),
]
DELIVERED = [*REPORTS[:3], Column("sent", label=_("Cómo va"), accessor=report_label)]
PROOFS = [
    TitleColumn(
        "action", label=_("Acción"), accessor=lambda row: str(row[1]), get_url=evidence_url, width="30%"
    ),
    Column("commitment", label=_("Compromiso"), accessor=lambda row: commitment_label(row[0])),
    Column("pending", label=_("Pruebas pendientes"), accessor=lambda row: row[1].pending_count),
    Column("promised", label=_("Prometidas"), accessor=lambda row: row[1].means_count),
]


@dataclass(frozen=True)
class PendingSection:
    """One list of the pending work."""

    key: str
    heading: Any
    empty_message: Any
    columns: Sequence[Column]
    rows: Sequence[Any]
    #: The lines that the home page shows below the heading.
    details: Sequence[str] = ()

    @property
    def total(self) -> int:
        return min(len(self.rows), MAX_SHOWN)

    @property
    def has_more(self) -> bool:
        return len(self.rows) > MAX_SHOWN

    @property
    def table(self) -> Table:
        return Table(self.columns, self.rows[:MAX_SHOWN])


def build_sections(found: PendingWork) -> list[PendingSection]:
    """Return the lists of the screen, the most urgent first."""
    owed = [report for report in found.due.reports if not report.is_delivered]
    sent = [report for report in found.due.reports if report.is_delivered]
    details = [f"{commitment_label(report.commitment)}: {report_label(report)}" for report in sent]
    return [
        PendingSection("devueltos", _("Te lo devolvieron"), _("Nada devuelto."), RETURNED, found.returned),
        PendingSection("reportes", _("Reportes que tocan"), _("Ningún reporte por ahora."), REPORTS, owed),
        PendingSection("borradores", _("Borradores sin enviar"), _("Ningún borrador."), DRAFTS, found.drafts),
        PendingSection("pruebas", _("Pruebas prometidas"), _("Ninguna pendiente."), PROOFS, found.due.proofs),
        PendingSection(
            "enviados",
            _("Reportes enviados"),
            _("Ninguno espera revisión."),
            DELIVERED,
            sent,
            details[:PANEL_ROWS],
        ),
    ]


def load_sections(request: HttpRequest) -> list[PendingSection]:
    """Return the lists of the current user."""
    space_index = space_index_for(request)
    # A user who edits nowhere owes no reports: the settings are not needed.
    terms = DeadlineSettings.load(request_or_site=request) if space_index.edited else DeadlineSettings()
    return build_sections(load_pending_work(cast(User, request.user), terms, space_index))


class PendingView(WagtailAdminTemplateMixin, TemplateView):
    """The pending work of the user."""

    template_name = "dashboard/pending.html"
    page_title = _("Qué me falta")
    header_icon = "tasks"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(sections=load_sections(self.request), **kwargs)


class PendingPanel(Component):
    """The number of items in each list, linked to the screen."""

    name = "dashboard_missing"
    order = 80
    template_name = "dashboard/pending_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        return {
            "sections": [section for section in load_sections(request) if section.rows],
            "pending_url": reverse("dashboard:pending"),
            "has_grid": bool(space_index_for(request).edited),
        }


ONE, TWO = "1", "2"
LABELS = {
    ONE: _("Un paso: aprueba el espacio"),
    TWO: _("Dos pasos: aprueba el espacio y después el equipo estatal"),
}


class StateOnlyMixin:
    """Respond 404 unless the user administers the state's space."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_state_administrator(cast(User, request.user)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


def space_steps_label(space: Any) -> str:
    return str(LABELS[TWO if space.steps > OWN_STEPS else ONE])


class StepsView(StateOnlyMixin, BaseListingView):
    """The spaces that may have a second step: all but the state's."""

    page_title = _("Pasos de la revisión")
    header_icon = "clipboard-list"
    index_url_name = "dashboard:steps"
    paginate_by = 60
    no_results_message = _("Ningún espacio, fuera del estatal.")
    columns = [
        TitleColumn("name", label=_("Espacio"), url_name="dashboard:space_steps"),
        Column("steps", label=_("Revisión"), accessor=space_steps_label),
    ]

    def get_base_queryset(self) -> QuerySet[Space]:
        active = Count("workflow__workflow_tasks", filter=Q(workflow__workflow_tasks__task__active=True))
        return Space.objects.exclude(kind=SpaceKind.STATE).annotate(steps=active).order_by("name", "pk")


class StepsForm(forms.Form):
    steps = forms.ChoiceField(
        label=_("Quién aprueba"), choices=list(LABELS.items()), widget=forms.RadioSelect
    )


class SpaceStepsView(StateOnlyMixin, WagtailAdminTemplateMixin, FormView):
    """Choose the steps of one space's review."""

    template_name = "dashboard/steps.html"
    page_title = _("Pasos de la revisión")
    header_icon = "clipboard-list"
    form_class = StepsForm
    success_url = reverse_lazy("dashboard:steps")

    @cached_property
    def space(self) -> Space:
        return get_object_or_404(Space.objects.exclude(kind=SpaceKind.STATE), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"steps": TWO if has_second_step(self.space) else ONE}

    def form_valid(self, form: StepsForm) -> HttpResponse:
        set_second_step(self.space, form.cleaned_data["steps"] == TWO, cast(User, self.request.user))
        messages.success(
            self.request, gettext("Así se revisa ahora «%(space)s».") % {"space": self.space.name}
        )
        return redirect(self.success_url)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("dashboard:steps"), "label": self.page_title},
            {"url": "", "label": self.space.name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"submit_button_label": _("Guardar"), "page_subtitle": self.space.name}
