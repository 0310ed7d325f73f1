"""Views of the bulk load: batches, upload, problems by row, load, undo."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.imports.batch_views import BaseBatchView
from abierto.imports.undo_obstacles import Obstacle
from abierto.spreadsheets.xlsx import XLSX, build_template
from abierto.tenancy.access import space_of

from .forms import RulingUploadForm
from .loading.columns import MOST_ROWS, SHEET_TITLE, build_columns
from .loading.undo import find_obstacles
from .models import RulingBatch
from .queries import loadable_lists, own_batches
from .services import request_load, request_undo, start_batch

TEMPLATE_NAME = "plantilla-sentencias.xlsx"


class DeskViewMixin(WagtailAdminTemplateMixin):
    """View mixin: for editors of a tribunal; 404 for all other accounts."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "doc-full-inverse"
    parent_crumb: tuple[str, Any] = ("ruling_desk:batches", _("Lotes de sentencias"))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not loadable_lists(cast(User, request.user)).exists():
            raise Http404
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        name, label = self.parent_crumb
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse_lazy("ruling_desk:desk"), "label": _("Mesa de sentencias")},
            {"url": reverse_lazy(name), "label": label},
            {"url": "", "label": self.page_title},
        ]


class RulingBatchListView(BaseListingView):
    """List the batches of the user's spaces."""

    page_title = _("Lotes de sentencias")
    header_icon = "doc-full-inverse"
    index_url_name = "ruling_desk:batches"
    paginate_by = 30
    no_results_message = _("Ningún lote.")
    columns = [
        TitleColumn("pk", label=_("Lote"), accessor=str, url_name="ruling_desk:batch"),
        Column("name", label=_("Hoja"), accessor="name"),
        Column("state", label=_("Estado"), accessor="get_state_display"),
        Column("total", label=_("Renglones"), accessor="total"),
        Column("created_by", label=_("Lo subió"), accessor="created_by.public_name"),
        DateColumn("created_at", label=_("Subido")),
    ]

    def get_base_queryset(self) -> QuerySet[RulingBatch]:
        rows = own_batches(cast(User, self.request.user)).select_related("created_by")
        return rows.defer("problems", "notes", "readings")

    @cached_property
    def header_buttons(self) -> list[Button]:
        if not loadable_lists(cast(User, self.request.user)).exists():
            return []
        return [HeaderButton(_("Cargar sentencias"), reverse("ruling_desk:upload"), icon_name="plus")]


class RulingUploadView(DeskViewMixin, FormView):
    """Upload a spreadsheet with its files, which are checked before anything else is saved."""

    template_name = "ruling_desk/upload.html"
    page_title = _("Cargar sentencias")
    form_class = RulingUploadForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.user}

    def form_valid(self, form: RulingUploadForm) -> HttpResponse:
        index = form.cleaned_data["index"]
        space = space_of(index)
        if space is None:
            raise Http404
        try:
            batch = start_batch(index, space, self.user, form.cleaned_data["sheet"], form.open_archive())
        except NotAllowed as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        return redirect("ruling_desk:batch", batch.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(most_rows=MOST_ROWS, **kwargs)


class RulingTemplateView(View):
    """Download the empty spreadsheet with its headings and help sheet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        content = build_template(SHEET_TITLE, build_columns())
        disposition = {"Content-Disposition": f'attachment; filename="{TEMPLATE_NAME}"'}
        return HttpResponse(content, content_type=XLSX, headers=disposition)


class RulingBatchView(DeskViewMixin, BaseBatchView):
    """Show one batch of rulings with its problems and actions."""

    template_name = "ruling_desk/batch.html"
    page_title = _("Lote de sentencias")
    url_name = "ruling_desk:batch"
    discarded = _("El lote se descartó. Sus archivos se borraron.")
    requests = {"load": request_load, "undo": request_undo}

    @cached_property
    def batch(self) -> RulingBatch:
        """Return the batch; 404 unless it is of a space of the user."""
        rows = own_batches(self.user).select_related("created_by", "index")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def may_change(self) -> bool:
        return loadable_lists(self.user).filter(pk=self.batch.index_id).exists()

    def find_obstacles(self) -> list[Obstacle]:
        return find_obstacles(self.batch)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rulings = self.batch.pages.filter(page__content_type__model="rulingpage").count()
        return super().get_context_data(rulings=rulings, **kwargs)
