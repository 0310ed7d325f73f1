"""«Reportar avance», «Preparar informe» and others: small forms that start a draft with its rows.

Opening a form creates nothing; sending it creates the draft and opens it for editing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale, Page

from abierto.accounts.models import User
from abierto.form_fields.fields import CountField, DayField
from abierto.tenancy.access import scope
from pages.core.submissions import find_begun, is_delivered, submission_label
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage, find_plan
from pages.practices.drafts import may_start_practice, start_practice
from pages.practices.models import GoodPracticePage
from pages.reports.drafts import propose_report, start_report
from pages.reports.models import ReportKind, ReportPage
from pages.updates.drafts import propose_period, start_update
from pages.updates.models import ProgressUpdatePage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: The largest value of a ``PositiveSmallIntegerField``.
MAX_NUMBER = 32767
#: Query parameter that requests the form although drafts exist.
ANOTHER = "otro"


def build_date_field(label: StrOrPromise, missing: StrOrPromise, help_text: StrOrPromise = "") -> DayField:
    """Build a required date field with a plain message when it is empty."""
    return DayField(label=label, help_text=help_text, error_messages={"required": missing})


class StartUpdateForm(forms.Form):
    """The form to start an update: the period that it reports on."""

    period_start = build_date_field(_("Desde"), _("Escribe el primer día del periodo."))
    period_end = build_date_field(
        _("Hasta"),
        _("Escribe el último día del periodo."),
        _("Las cifras quedan como estaban en este día. Se publica junto a ellas."),
    )


class StartReportForm(forms.Form):
    """The form to start a report: its kind, number, period and cut-off date."""

    kind = forms.ChoiceField(label=_("Tipo"), choices=ReportKind.choices)
    number = CountField(
        label=_("Número"),
        min_value=1,
        max_value=MAX_NUMBER,
        error_messages={"required": _("Escribe el número del informe."), "min_value": _("Escribe 1 o más.")},
    )
    period_start = build_date_field(_("Desde"), _("Escribe el primer día del periodo."))
    period_end = build_date_field(_("Hasta"), _("Escribe el último día del periodo."))
    cutoff = build_date_field(
        _("Corte"),
        _("Escribe hasta qué día cuentan los avances."),
        _("Se proponen las cifras públicas hasta este día. Después ya no se cambia."),
    )


class BegunPage(NamedTuple):
    """A draft that was never public, with the address to edit it or, once submitted, to view it."""

    title: str
    label: str
    is_delivered: bool
    url: str


def build_begun_page(page: Any) -> BegunPage:
    """Build the entry of a draft from ``find_begun``."""
    delivered = is_delivered(page)
    name = "wagtailadmin_pages:view_draft" if delivered else "wagtailadmin_pages:edit"
    title = str(page.get_admin_display_title())
    return BegunPage(title, submission_label(page), delivered, reverse(name, args=[page.pk]))


class StartDraftView(WagtailAdminTemplateMixin, FormView):
    """A form that starts a draft under a page; 404 for users who may not add one there."""

    template_name = "admin_pages/start.html"
    model: type[Page]
    page_title: StrOrPromise = ""
    introduction: StrOrPromise = ""
    submit_label: StrOrPromise = ""
    list_url: StrOrPromise = ""
    list_label: StrOrPromise = ""
    child_model: type[Page]
    another_label: StrOrPromise = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Respond only to users who may add pages under this page, in the source language."""
        if not may_start_draft(self.draft_parent, request.user) or not self.can_start:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def parent(self) -> Any:
        """Return the parent page of the draft."""
        # By «id», which accepts any number: the key of a page type is a key of another table.
        return get_object_or_404(self.model, id=self.kwargs["page_id"])

    @property
    def draft_parent(self) -> Page:
        """Return the page that the draft goes under."""
        parent: Page = self.parent
        return parent

    @property
    def can_start(self) -> bool:
        """Check whether a draft can start from this page, whatever the user may do."""
        raise NotImplementedError

    def start(self, values: dict[str, Any]) -> Page:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """List the drafts that exist already; show the form only if there are none or it is requested."""
        if ANOTHER not in request.GET and self.begun_pages:
            begun = {"begun_pages": self.begun_pages, "another_label": self.another_label}
            context = self.get_context_data(**kwargs, **begun, another_parameter=ANOTHER)
            return TemplateResponse(request, "admin_pages/begun.html", context)
        return super().get(request, *args, **kwargs)

    @cached_property
    def begun_pages(self) -> list[BegunPage]:
        """The drafts of the same type under the same parent that were never public."""
        beside = scope(self.child_model.objects.child_of(self.draft_parent), self.request.user)
        begun = find_begun(beside).exclude(pk=self.parent.pk).order_by("path")
        return [build_begun_page(page) for page in begun]

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Start the draft and open it; show a validation error on its field."""
        try:
            page = self.start(form.cleaned_data)
        except ValidationError as error:
            for name, errors in error.message_dict.items():
                form.add_error(name if name in form.fields else None, errors)
            return self.form_invalid(form)
        return self.open_draft(page)

    def open_draft(self, page: Page) -> HttpResponse:
        """Open the draft for editing."""
        messages.success(
            self.request, gettext("«%(title)s» quedó como borrador. Complétalo y envíalo.") % {"title": page}
        )
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def get_page_subtitle(self) -> str:
        """Return the title of the parent page."""
        title: str = self.parent.get_admin_display_title()
        return title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return links to the listing and to the parent page."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.parent.pk])
        return [
            *self.breadcrumbs_items,
            {"url": self.list_url, "label": self.list_label},
            {"url": edit, "label": self.parent.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "introduction": self.introduction,
            "submit_button_label": self.submit_label,
            "media": context["form"].media,
            "cancel_url": reverse("wagtailadmin_explore", args=[self.parent.pk]),
        }


class StartUpdateView(StartDraftView):
    """The view «Reportar avance»."""

    model = CommitmentPage
    form_class = StartUpdateForm
    page_title = _("Reportar avance")
    header_icon = "upload"
    introduction = _("Elige el periodo. Se abrirá un borrador con una fila por acción y sus últimas cifras.")
    submit_label = _("Empezar el avance")
    list_url = reverse_lazy("commitments:index")
    list_label = _("Compromisos")
    child_model = ProgressUpdatePage
    another_label = _("Reportar otro periodo")

    @cached_property
    def plan(self) -> PlanPage | None:
        """The plan of the commitment."""
        return find_plan(self.parent)

    @property
    def can_start(self) -> bool:
        """Check whether the plan of the commitment has figures."""
        return self.plan is not None and self.plan.measures_progress and self.plan.closed_on is None

    def get_initial(self) -> dict[str, Any]:
        """Propose the period after the last update."""
        plan = cast(PlanPage, self.plan)  # Without a plan, dispatch() answered 404.
        start, end = propose_period(self.parent, plan)
        return {"period_start": start, "period_end": end}

    def start(self, values: dict[str, Any]) -> Page:
        return start_update(
            self.parent, values["period_start"], values["period_end"], cast(User, self.request.user)
        )


class StartReportView(StartDraftView):
    """The view «Preparar informe»."""

    model = PlanPage
    form_class = StartReportForm
    page_title = _("Preparar informe")
    header_icon = "clipboard-list"
    introduction = _("Se abrirá un borrador con todas las cifras del plan, como eran públicas al corte.")
    submit_label = _("Preparar el informe")
    list_url = reverse_lazy("reports:index")
    list_label = _("Informes")
    child_model = ReportPage
    another_label = _("Preparar otro informe")

    @property
    def can_start(self) -> bool:
        """Check whether the plan has figures."""
        return bool(self.parent.measures_progress)

    def get_initial(self) -> dict[str, Any]:
        """Propose the report after the last one."""
        return propose_report(self.parent)

    def start(self, values: dict[str, Any]) -> Page:
        return start_report(self.parent, values, cast("User", self.request.user))


class StartPracticeView(StartDraftView):
    """The view «Nueva buena práctica» of a final report."""

    model = ReportPage
    form_class = forms.Form
    child_model = GoodPracticePage
    another_label = _("Empezar otra buena práctica")
    page_title = _("Nueva buena práctica")
    header_icon = "pick"
    introduction = _(
        "Se abrirá un borrador con el resumen del plan y lo que dice este informe. Completa qué se hizo, "
        "qué resultó y cómo repetirlo."
    )
    submit_label = _("Empezar la buena práctica")
    list_url = reverse_lazy("reports:index")
    list_label = _("Informes")

    @property
    def draft_parent(self) -> Page:
        """Return the plan: the draft is in the same space as the report."""
        return self.parent.get_parent().specific

    @property
    def can_start(self) -> bool:
        """Check that the report is final and public."""
        return may_start_practice(self.parent)

    def start(self, values: dict[str, Any]) -> Page:
        return start_practice(self.parent, cast("User", self.request.user))


def may_start_draft(page: Page, user: Any) -> bool:
    """Check whether ``user`` may start a draft under ``page``: only in the source language."""
    if page.alias_of_id or page.locale_id != Locale.get_default().pk:
        return False
    return bool(page.permissions_for_user(user).can_add_subpage())
