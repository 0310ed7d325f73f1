"""Views of the monthly counts with their coverage, and of the evidence that follows from it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, HeaderButton

from abierto.approval.errors import NotAllowed
from abierto.tenancy.access import space_of
from pages.core.formatting import month_and_year

from .coverage import (
    COUNTED,
    Coverage,
    find_reported_commitments,
    list_actions,
    offer_evidence,
    read_coverage,
)
from .forms import CountForm, EvidenceForm
from .models import MonthlyCount
from .queries import loadable_lists, own_counts
from .views import DeskViewMixin


def part_count(model: Any) -> Any:
    return lambda count: count.coverage.write_part(model)


class CountListView(BaseListingView):
    """List the monthly counts of the user's tribunals: decided rulings and public ones."""

    page_title = _("Cuenta por mes")
    header_icon = "table"
    index_url_name = "ruling_desk:counts"
    paginate_by = 36
    no_results_message = _("Ninguna cuenta. Agrega cuántas resoluciones dictó el tribunal en un mes.")
    columns = [
        TitleColumn(
            "month",
            label=_("Mes"),
            accessor=lambda count: month_and_year(count.month),
            url_name="ruling_desk:evidence",
        ),
        Column("list", label=_("Lista"), accessor="index.title"),
        Column("decided", label=_("Dictadas"), accessor="decided"),
        Column("source", label=_("Según"), accessor="source"),
        Column("published", label=_("En el portal"), accessor="coverage.published"),
        *(Column(model.anchor, label=model.part_title, accessor=part_count(model)) for model in COUNTED),
    ]

    def get_base_queryset(self) -> QuerySet[MonthlyCount]:
        return own_counts(self.request.user).select_related("index").order_by("-month", "index__title", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        listed = context["object_list"]
        for count, coverage in zip(listed, read_coverage(listed), strict=True):
            count.coverage = coverage
        return context

    @cached_property
    def header_buttons(self) -> list[Button]:
        if not loadable_lists(self.request.user).exists():
            return []
        return [HeaderButton(_("Agregar un mes"), reverse("ruling_desk:add_count"), icon_name="plus")]


class CountViewMixin(DeskViewMixin):
    """View mixin for one monthly count; 404 for that of another space."""

    header_icon = "table"
    parent_crumb = ("ruling_desk:counts", _("Cuenta por mes"))

    @cached_property
    def count(self) -> MonthlyCount:
        lists = loadable_lists(self.user)
        rows = own_counts(self.user).select_related("index").filter(index__in=lists.values("pk"))
        return get_object_or_404(rows, pk=self.kwargs["pk"])


class CountFormView(CountViewMixin, FormView):
    """Add or correct the count of a month."""

    template_name = "admin_pages/start.html"
    form_class = CountForm

    @property
    def page_title(self) -> Any:
        return _("Corregir la cuenta") if "pk" in self.kwargs else _("Agregar un mes")

    def get_form_kwargs(self) -> dict[str, Any]:
        instance = self.count if "pk" in self.kwargs else MonthlyCount()
        return super().get_form_kwargs() | {"by": self.user, "instance": instance}

    def form_valid(self, form: CountForm) -> HttpResponse:
        count = form.save(commit=False)
        space = space_of(count.index)
        if space is None:
            raise Http404
        count.space, count.declared_by = space, self.user
        count.save()
        messages.success(self.request, gettext("La cuenta se guardó."))
        return redirect("ruling_desk:evidence", count.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "introduction": _("Cuántas resoluciones dictó el tribunal en el mes, según qué documento."),
            "submit_button_label": _("Guardar"),
            "cancel_url": reverse("ruling_desk:counts"),
            "media": context["form"].media,
        }


class EvidenceView(CountViewMixin, FormView):
    """Show the coverage of a month, with a form that adds it as evidence to a draft update."""

    template_name = "ruling_desk/evidence.html"
    page_title = _("Cobertura del mes")
    form_class = EvidenceForm

    @cached_property
    def coverage(self) -> Coverage:
        return read_coverage([self.count])[0]

    @cached_property
    def commitments(self) -> dict[int, Any]:
        return {page.pk: page for page in find_reported_commitments(self.count.index, self.user)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"choices": list_actions(self.commitments.values())}

    def form_valid(self, form: EvidenceForm) -> HttpResponse:
        page, _separator, action = form.cleaned_data["action"].partition(":")
        try:
            update = offer_evidence(self.coverage, self.commitments[int(page)], UUID(action), self.user)
        except NotAllowed as refusal:
            form.add_error(None, refusal.sentence)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(self.request, gettext("La prueba quedó en el borrador. Complétalo y envíalo."))
            return redirect("wagtailadmin_pages:edit", update.pk)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            count=self.count,
            coverage=self.coverage,
            has_commitments=bool(self.commitments),
            page_subtitle=month_and_year(self.count.month),
            **kwargs,
        )
