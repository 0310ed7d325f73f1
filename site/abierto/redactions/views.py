"""Views of redactions: paste or upload a text, choose what is hidden, and use the result."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.review.private_data import KIND_LABELS, iter_texts
from abierto.privacy.findings import FindingLevel
from abierto.privacy.redaction.texts import Item, item_key
from abierto.privacy.scanning import scan
from abierto.tenancy.models import Space

from .forms import ChoiceForm, TextForm
from .models import Redaction, RedactionQuerySet, UnreadableRedactionError
from .services import (
    finish_redaction,
    list_choices,
    may_read_original,
    open_docx,
    space_for_page,
    start_redaction,
    visible_redactions,
    writable_spaces,
)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class RedactionView(WagtailAdminTemplateMixin):
    """View mixin of redactions. Wagtail sends «no-store» with every admin page."""

    request: HttpRequest
    kwargs: dict[str, Any]
    page_title = _("Ocultar datos personales")
    header_icon = "view"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except UnreadableRedactionError:
            messages.error(
                request, gettext("Este texto se cifró con otra clave y ya no se puede leer. Bórralo.")
            )
            return redirect("redactions:list")
        return response

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    @cached_property
    def redaction(self) -> Redaction:
        """Return the redaction of the address; 404 unless the user may open it."""
        return get_object_or_404(visible_redactions(self.user), pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse_lazy("redactions:list"), "label": _("Textos con datos ocultos")},
            {"url": "", "label": self.page_title},
        ]


class RedactionListView(BaseListingView):
    """List the redactions of the user and those of the spaces that the user reviews."""

    page_title = _("Textos con datos ocultos")
    header_icon = "view"
    index_url_name = "redactions:list"
    paginate_by = 30
    no_results_message = _("Ningún texto. Empieza uno con «Ocultar datos personales».")
    columns = [
        TitleColumn("name", label=_("Texto"), accessor=str, url_name="redactions:detail"),
        Column("page", label=_("Página"), accessor=lambda row: row.page or ""),
        Column("author", label=_("Lo hizo"), accessor="author.public_name"),
        DateColumn("created_at", label=_("Hecho")),
        DateColumn("expires_at", label=_("Se borra")),
    ]

    def get_base_queryset(self) -> RedactionQuerySet:
        rows = visible_redactions(cast(User, self.request.user)).select_related("author", "page")
        return rows.defer("sealed_content", "sealed_file")

    @cached_property
    def header_buttons(self) -> list[Button]:
        return [HeaderButton(_("Ocultar datos personales"), reverse("redactions:create"), icon_name="plus")]


class RedactionCreateView(RedactionView, FormView):
    """Start a redaction from a text or a DOCX; no page is changed."""

    template_name = "redactions/create.html"
    form_class = TextForm

    @cached_property
    def page(self) -> Page | None:
        """Return the page of the address, if any; 404 unless the user may edit it."""
        if "page_id" not in self.kwargs:
            return None
        page = get_object_or_404(Page, pk=self.kwargs["page_id"])
        if space_for_page(page, self.user) is None:
            raise Http404
        return page

    @cached_property
    def spaces(self) -> list[Space]:
        """Return the spaces for the form; 404 for an account without any."""
        own = writable_spaces(self.user)
        if self.page is not None:
            space = space_for_page(self.page, self.user)
            own = [one for one in own if space is not None and one.pk == space.pk]
        if not own:
            raise Http404
        return own

    def get_initial(self) -> dict[str, Any]:
        """Fill in the text at the content path ``campo`` of the last version of the page."""
        place = self.request.GET.get("campo", "")
        if self.page is None or not place:
            return super().get_initial()
        texts = dict(iter_texts(self.page.specific.get_latest_revision_as_object()))
        return super().get_initial() | {"text": texts.get(place, "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"spaces": self.spaces}

    def form_valid(self, form: TextForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            redaction = start_redaction(data["text"], data["file"], data["space"], self.user, self.page)
        except NotAllowed as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        return redirect("redactions:choose", redaction.pk)


class RedactionChoiceView(RedactionView, FormView):
    """Show the findings in the text, and hide the chosen ones."""

    template_name = "redactions/choose.html"
    form_class = ChoiceForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.request, self.kwargs = request, kwargs
        if self.redaction.is_finished or not may_read_original(self.redaction, self.user):
            return redirect("redactions:detail", self.redaction.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"items": list_choices(self.redaction)}

    def form_valid(self, form: ChoiceForm) -> HttpResponse:
        try:
            finish_redaction(self.redaction, form.cleaned_data["keys"], form.cleaned_data["words"])
        except NotAllowed as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        messages.success(self.request, gettext("Listo: los datos elegidos ya no están en el texto."))
        return redirect("redactions:detail", self.redaction.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        items = list_choices(self.redaction)
        original = self.redaction.read_content()["original"]
        pictures = open_docx(self.redaction.read_file()).pictures if self.redaction.is_docx else 0
        return context | {
            "redaction": self.redaction,
            "marked_text": mark_choices(original, items),
            "choices": describe_choices(items, context["form"]["keys"].value() or []),
            "pictures": pictures,
        }


class RedactionDetailView(RedactionView, TemplateView):
    """Show the redacted text, to reviewers of its space also the original."""

    template_name = "redactions/detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.redaction.is_finished:
            return redirect("redactions:choose", self.redaction.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        content = self.redaction.read_content()
        sees_both = may_read_original(self.redaction, self.user)
        page = self.redaction.page
        return super().get_context_data(
            redaction=self.redaction,
            redacted=content["redacted"],
            original=content["original"] if sees_both else None,
            stand_ins=content["stand_ins"] if sees_both else [],
            page_to_edit=page if page and page.permissions_for_user(self.user).can_edit() else None,
            **kwargs,
        )


class RedactionFileView(RedactionView, View):
    """Download the redacted DOCX; 404 for a text, or before the redaction is finished."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not (self.redaction.is_finished and self.redaction.is_docx):
            raise Http404
        name = f"version-publica-{self.redaction.pk}.docx"
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(self.redaction.read_file(), content_type=DOCX, headers=disposition)


class RedactionDeleteView(View):
    """Delete a redaction before the end of its term."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        get_object_or_404(visible_redactions(cast(User, request.user)), pk=pk).delete()
        messages.success(request, gettext("El texto se borró."))
        return redirect("redactions:list")


# --- What the templates show ---------------------------------------------------------------------------


def mark_choices(text: str, items: Iterable[Item]) -> SafeString:
    """Return a text as HTML with ``mark`` elements around the findings, without additional white space."""
    keys = {item.key for item in items}
    pieces, end = [], 0
    for finding in scan(text):
        value = text[finding.start : finding.end]
        if finding.start < end or item_key(finding.type, value) not in keys:
            continue
        label = KIND_LABELS[finding.type]
        pieces.append(format_html('{}<mark title="{}">{}</mark>', text[end : finding.start], label, value))
        end = finding.end
    return format_html("{}{}", format_html_join("", "{}", ((piece,) for piece in pieces)), text[end:])


def describe_choices(items: Iterable[Item], chosen: Collection[str]) -> list[dict[str, Any]]:
    """Return the findings as rows of checkboxes for the template."""
    return [
        {
            "item": item,
            "label": KIND_LABELS[item.kind],
            "is_chosen": item.key in chosen,
            "blocks": item.level == FindingLevel.BLOCK,
        }
        for item in items
    ]
