"""Guest links: list, create, revoke, and the page that a guest reads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.deadlines.models import DeadlineSettings
from abierto.form_fields.fields import MomentField
from pages.core.formatting import full_date

from .models import GuestLink
from .services import (
    COOKIE,
    build_guest_url,
    create_link,
    find_usable_link,
    find_visible_links,
    is_usable,
    link_status,
    may_share,
    revoke_link,
)


class GuestLinkForm(forms.ModelForm):
    class Meta:
        model = GuestLink
        fields = ["guest", "expires_at"]
        field_classes = {"expires_at": MomentField}


DEFAULT_DAYS = 7
GONE = 410
# No search index or cache stores it, and no referrer reaches another site.
PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
}


def format_last_day(link: GuestLink) -> str:
    return full_date(timezone.localdate(link.closes_at))


class AddressColumn(Column):
    """The URL of a usable link, with the button that revokes it."""

    cell_template_name = "guest_links/parts/guest_cell.html"

    def get_cell_context_data(self, instance: GuestLink, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Add the URL, which is not stored."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"address": build_guest_url(instance) if is_usable(instance) else ""}


class GuestLinkListView(BaseListingView):
    """The links to pages in the user's spaces."""

    page_title = _("Enlaces de lectura")
    header_icon = "link"
    index_url_name = "guest_links:list"
    paginate_by = 30
    no_results_message = _("Ningún enlace. Se hacen desde el menú de acciones de cada página.")
    columns = [
        Column("page", label=_("Página"), accessor="revision.object_str"),
        Column("guest", label=_("Para quién")),
        Column("created_by", label=_("Lo hizo"), accessor="created_by.public_name"),
        DateColumn("created_at", label=_("Hecho")),
        Column("waits_at", label=_("Espera revisión en")),
        Column("expires_at", label=_("Vale hasta"), accessor=format_last_day),
        AddressColumn("state", label=_("Estado"), accessor=link_status, width="28%"),
    ]

    def get_base_queryset(self) -> QuerySet[GuestLink]:
        return find_visible_links(cast(User, self.request.user))


class GuestLinkCreateView(WagtailAdminTemplateMixin, FormView):
    """Share the latest version of a page with a guest."""

    template_name = "guest_links/new_guest.html"
    page_title = _("Compartir este borrador")
    header_icon = "link"
    form_class = GuestLinkForm

    @cached_property
    def page(self) -> Page:
        """Return the page; 404 unless the user may share it."""
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        if not may_share(page, cast(User, self.request.user)):
            raise Http404
        return page

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form; 404 unless the user may share the page."""
        _page = self.page
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Propose a week, or less if the settings require it."""
        days = min(DEFAULT_DAYS, DeadlineSettings.load(request_or_site=self.request).guest_days)
        return {"expires_at": timezone.localtime() + timedelta(days=days)}

    def form_valid(self, form: GuestLinkForm) -> HttpResponse:
        """Create the link and show the list; show a refusal above the form."""
        try:
            create_link(form.save(commit=False), self.page, cast(User, self.request.user))
        except NotAllowed as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        messages.success(self.request, gettext("El enlace está listo. Cópialo de la lista."))
        return redirect("guest_links:list")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse_lazy("guest_links:list"), "label": _("Enlaces de lectura")},
            {"url": "", "label": self.page_title, "sublabel": self.page.get_admin_display_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        title = self.page.get_admin_display_title()
        return context | {
            "submit_button_label": _("Hacer el enlace"),
            "media": context["form"].media,
            "page_subtitle": title,
        }


class GuestLinkRevokeView(View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        revoke_link(get_object_or_404(GuestLink, pk=pk), cast(User, request.user))
        messages.success(request, gettext("El enlace ya no abre."))
        return redirect(reverse("guest_links:list"))


def render_draft(page: Any, request: HttpRequest) -> HttpResponse:
    """Render one version of a page in its own language.

    Wagtail's simulated request to the page's URL cannot be used: the page cache would respond to it.
    """
    request.is_preview = True  # type: ignore[attr-defined]
    request.preview_mode = page.default_preview_mode  # type: ignore[attr-defined]
    with translation.override(page.locale.language_code):
        response = page.serve_preview(request, page.default_preview_mode)
        return cast(HttpResponse, response.render() if hasattr(response, "render") else response)


@require_safe
def view_draft(request: HttpRequest, token: str) -> HttpResponse:
    """Show one version of one page to a visitor with the link."""
    link = find_usable_link(token)
    if link is None:
        response = render(request, "guest_links/unavailable.html", status=GONE)
    else:
        request.guest_link = link  # type: ignore[attr-defined]
        response = render_draft(link.revision.as_object(), request)
        response.set_cookie(
            COOKIE,
            token,
            path=reverse("rendition", args=["-"]).removesuffix("-"),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    for name, value in PRIVATE.items():
        response[name] = value
    return response
