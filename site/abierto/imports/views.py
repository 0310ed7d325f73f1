"""Views of imports: kinds and batches, upload, changes and problems by row, load, undo."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.exports import BYTE_ORDER_MARK, csv_value
from abierto.spreadsheets.fields import SheetField
from abierto.spreadsheets.rows import Sheet
from abierto.spreadsheets.xlsx import XLSX, build_book

from .batch_views import BaseBatchView
from .batches import BatchState
from .kinds import ImportKind, Target, find_writable_spaces
from .models import ImportBatch
from .queries import KINDS, find_target, own_batches
from .row_kinds import RowKind
from .services import find_unsent, request_load, request_send, request_undo, start_batch
from .undo import UndoPlan, load_versions, plan_undo
from .undo_obstacles import Obstacle


class ImportViewMixin(WagtailAdminTemplateMixin):
    """View mixin: for editors of a space; 404 for all other accounts."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not find_writable_spaces(self.user):
            raise Http404
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    @cached_property
    def kind(self) -> ImportKind:
        """Return the kind in the address."""
        return find_kind(self.kwargs["kind"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse_lazy("imports:index"), "label": _("Importar")},
            {"url": "", "label": self.page_title},
        ]


def find_kind(name: str) -> ImportKind:
    """Return a kind by its name; 404 without one."""
    if name not in KINDS:
        raise Http404
    return KINDS[name]


class IndexView(BaseListingView):
    """List the import kinds and the batches of the user's spaces."""

    template_name = "imports/index.html"
    page_title = _("Importar")
    header_icon = "upload"
    index_url_name = "imports:index"
    paginate_by = 30
    no_results_message = _("Ningún lote.")
    columns = [
        TitleColumn("pk", label=_("Lote"), accessor=str, url_name="imports:batch"),
        Column("kind", label=_("Qué trae"), accessor=lambda batch: KINDS[batch.kind].label),
        Column("name", label=_("Hoja"), accessor="name"),
        Column("state", label=_("Estado"), accessor="get_state_display"),
        Column("created_by", label=_("Lo subió"), accessor="created_by.public_name"),
        DateColumn("created_at", label=_("Subido")),
    ]

    def get_base_queryset(self) -> QuerySet[ImportBatch]:
        rows = own_batches(cast(User, self.request.user)).select_related("created_by")
        return rows.defer("problems", "notes", "changes")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        user = cast(User, self.request.user)
        if not find_writable_spaces(user):
            return context
        links = [link for find in hooks.get_hooks("register_import_links") for link in find(user)]
        return {**context, "kinds": list(KINDS.values()), "links": links}


class UploadForm(forms.Form):
    """The target (plan or space) and the spreadsheet of an import."""

    target = forms.ChoiceField(label=_("Para"), error_messages={"required": _("Elige para qué es.")})
    sheet = SheetField(
        label=_("Hoja de cálculo"), help_text=_("En .xlsx o .csv, con los encabezados de la plantilla.")
    )

    def __init__(self, *args: Any, targets: Iterable[Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets = {target.key: target for target in targets}
        self.fields["target"].choices = [  # type: ignore[attr-defined]
            (key, target.title) for key, target in self.targets.items()
        ]


class UploadView(ImportViewMixin, FormView):
    """Upload a spreadsheet, which is checked before anything else is saved."""

    template_name = "imports/upload.html"
    form_class = UploadForm

    @property
    def page_title(self) -> str:
        return str(self.kind.label)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"targets": self.kind.find_targets(self.user)}

    def form_valid(self, form: UploadForm) -> HttpResponse:
        target = form.targets[form.cleaned_data["target"]]
        try:
            batch = start_batch(self.kind, target, self.user, form.cleaned_data["sheet"])
        except NotAllowed as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        return redirect("imports:batch", batch.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        has_one_sheet = len(self.kind.build_sheets()) == 1
        return {**context, "kind": self.kind, "has_csv": has_one_sheet, "targets": context["form"].targets}


class TemplateFileView(View):
    """Download the empty workbook of a kind."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        found = find_kind(kind)
        name = f"plantilla-{slugify(str(found.label))}.xlsx"
        return respond(build_book(found.build_sheets()), XLSX, name)


class CurrentRowsView(View):
    """Download the present content as a spreadsheet that can be edited and imported again."""

    def get(self, request: HttpRequest, kind: str, space: int, plan: int, file_format: str) -> HttpResponse:
        found, user = find_kind(kind), cast(User, request.user)
        chosen = find_target(found, user, f"{space}-{plan}")
        sheets = found.build_sheets()
        if chosen is None or file_format not in (("xlsx", "csv") if len(sheets) == 1 else ("xlsx",)):
            raise Http404
        rows = found.read_current(chosen, user)
        name = f"{found.name}-{slugify(chosen.title)[:60]}.{file_format}"
        if file_format == "csv":
            text = write_csv(sheets[0], rows[sheets[0].key])
            return respond(text.encode(), "text/csv; charset=utf-8", name)
        return respond(build_book(sheets, rows), XLSX, name)


def write_csv(sheet: Sheet, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return CSV with the byte order mark that Excel needs; possible formulas get an apostrophe."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([column.heading for column in sheet.columns])
    for row in rows:
        writer.writerow([csv_value(row.get(column.name)) for column in sheet.columns])
    return BYTE_ORDER_MARK + written.getvalue()


def respond(content: bytes, content_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


class BatchView(ImportViewMixin, BaseBatchView):
    """Show one import with its changes, problems and actions."""

    template_name = "imports/batch.html"
    page_title = _("Lote de importación")
    url_name = "imports:batch"
    discarded = _("El lote se descartó. Su hoja se borró.")
    requests = {"load": request_load, "undo": request_undo, "send": request_send}

    @cached_property
    def batch(self) -> ImportBatch:
        """Return the batch; 404 unless it is of a space of the user."""
        rows = own_batches(self.user).select_related("created_by", "target", "space")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def plan(self) -> UndoPlan:
        """Return what undoing the batch would do."""
        return plan_undo(self.batch)

    def may_change(self) -> bool:
        return self.batch.space in find_writable_spaces(self.user)

    def find_obstacles(self) -> list[Obstacle]:
        return self.plan.obstacles

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch = self.batch
        rows = load_versions(batch) if isinstance(KINDS[batch.kind], RowKind) else []
        return super().get_context_data(
            kind=KINDS[batch.kind],
            rows=rows,
            unsent_count=len(find_unsent(batch, rows)),
            plan=self.plan if batch.state == BatchState.LOADED else None,
            hidden_changes=batch.change_count - len(batch.changes),
            **kwargs,
        )
