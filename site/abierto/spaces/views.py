"""«Espacios»: list, page and form of a new space."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed, RoleRefused
from abierto.approval.roles.grants import is_state_administrator
from abierto.bad_requests.keys import parse_key
from abierto.registry.models import Institution
from abierto.tenancy.access import sees_everything
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space, SpaceRoot

from .forms import AccountFormSet, LinkInstitutionForm, SpaceForm, read_account, read_new_space
from .models import MunicipalitySpace
from .municipality_forms import TranslatorForm
from .names import is_address_taken
from .queries import list_spaces, load_roles
from .review_source import describe_review
from .services import build_space, link_institution
from .team import add_translator, find_translator, remove_translator

#: The prefix of the form of a translator.
TRANSLATOR = "translator"


class StateViewMixin:
    """Respond only to the state team."""

    request: HttpRequest

    def may_open(self, user: User) -> bool:
        return sees_everything(user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_open(cast(User, request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class SpaceListView(StateViewMixin, BaseListingView):
    page_title = _("Espacios")
    header_icon = "group"
    index_url_name = "spaces:list"
    paginate_by = 30
    no_results_message = _("Ningún espacio.")
    columns = [
        TitleColumn(
            "name", label=_("Nombre"), get_url=lambda space: reverse("spaces:detail", args=[space.pk])
        ),
        Column("kind", label=_("Tipo"), accessor="get_kind_display"),
        Column("roots", label=_("Páginas raíz"), accessor="root_count"),
        Column("editors", label=_("Editan"), accessor="editor_count"),
        Column("reviewers", label=_("Revisan"), accessor="reviewer_count"),
    ]

    @property
    def header_more_buttons(self) -> list[Button]:
        """Offer the actions on spaces in a menu: as buttons they would hide the title."""
        if not is_state_administrator(cast(User, self.request.user)):
            return []
        screens = (
            (_("Nuevo espacio"), "spaces:create", "plus"),
            (_("Proponer un municipio"), "spaces:propose", "plus"),
            (_("Altas por confirmar"), "spaces:proposals", "check"),
            (_("Acuerdos de revisión"), "spaces:agreements", "group"),
            (_("Plantilla de los micrositios"), "spaces:template", "cog"),
        )
        return [
            Button(label, url=reverse(name), icon_name=icon, priority=order)
            for order, (label, name, icon) in enumerate(screens)
        ]

    def get_base_queryset(self) -> QuerySet[Space]:
        return list_spaces()


class SpaceDetailView(StateViewMixin, WagtailAdminTemplateMixin, TemplateView):
    """The people, the pages and the review of one space."""

    template_name = "spaces/detail.html"
    page_title = _("Espacio")
    header_icon = "group"

    @cached_property
    def space(self) -> Space:
        rows = Space.objects.select_related(
            "workflow", "collection", "editors", "reviewers", "administrators"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def manages_spaces(self) -> bool:
        return is_state_administrator(cast(User, self.request.user))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add or remove a translator, or give a further institution to the space."""
        if not self.manages_spaces:
            raise PermissionDenied
        if "add_translator" in request.POST:
            return self.add_translator()
        if "remove_translator" in request.POST:
            return self.remove_translator()
        return self.link_institution()

    def add_translator(self) -> HttpResponse:
        form = TranslatorForm(self.request.POST, prefix=TRANSLATOR)
        if form.is_valid():
            new, by = read_account(form), cast(User, self.request.user)
            has_account = is_address_taken(new.email)
            try:
                add_translator(new, form.cleaned_data["language"], self.space, by)
            except NotAllowed as refusal:
                form.add_error("email", refusal.sentence)
            else:
                sentence = gettext("Se envió la invitación a %(name)s.")
                if has_account:
                    sentence = gettext("%(name)s ya puede traducir este espacio.")
                messages.success(self.request, sentence % {"name": new.email})
                return redirect("spaces:detail", self.space.pk)
        return self.render_to_response(self.get_context_data(translator_form=form))

    def remove_translator(self) -> HttpResponse:
        account = find_translator(self.space, parse_key(self.request.POST["remove_translator"]) or 0)
        if account is None:
            raise Http404
        remove_translator(account, self.space, cast(User, self.request.user))
        sentence = gettext("%(name)s ya no trabaja aquí.")
        messages.success(self.request, sentence % {"name": account.public_name})
        return redirect("spaces:detail", self.space.pk)

    def link_institution(self) -> HttpResponse:
        request = self.request
        if self.space.kind == SpaceKind.STATE:
            raise PermissionDenied
        form = LinkInstitutionForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(link_form=form))
        institution = form.cleaned_data["institution"]
        link_institution(institution, self.space)
        sentence = gettext("«%(space)s» reporta desde hoy por «%(institution)s».")
        messages.success(request, sentence % {"space": self.space, "institution": institution})
        return redirect("spaces:detail", self.space.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("spaces:list"), "label": _("Espacios")},
            {"url": "", "label": self.space.name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        manages = self.manages_spaces
        if manages and self.space.kind != SpaceKind.STATE:
            kwargs.setdefault("link_form", LinkInstitutionForm())
        if manages:
            kwargs.setdefault("translator_form", TranslatorForm(prefix=TRANSLATOR))
        link = MunicipalitySpace.objects.filter(holder=self.space).first()
        roots = SpaceRoot.objects.filter(space=self.space).select_related("page", "page__locale")
        return super().get_context_data(
            space=self.space,
            roles=load_roles(self.space),
            roots=roots.order_by("page__path"),
            institutions=Institution.objects.filter(space_link__holder=self.space).order_by("name"),
            manages_accounts=manages,
            municipality_link=link,
            review=describe_review(link) if link else "",
            page_subtitle=self.space.name,
            **kwargs,
        )


class SpaceCreateView(StateViewMixin, WagtailAdminTemplateMixin, FormView):
    """One form for a space, its pages and its first accounts."""

    template_name = "spaces/create.html"
    page_title = _("Nuevo espacio")
    header_icon = "group"
    form_class = SpaceForm
    success_url = reverse_lazy("spaces:list")

    def may_open(self, user: User) -> bool:
        """Allow state administrators only, who may give roles."""
        return is_state_administrator(user)

    @cached_property
    def accounts(self) -> forms.BaseFormSet:
        return AccountFormSet(self.request.POST or None, prefix="accounts")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        # Both, so that every error is shown at once.
        if form.is_valid() & self.accounts.is_valid():
            return self.form_valid(form)
        return self.form_invalid(form)

    def form_valid(self, form: SpaceForm) -> HttpResponse:
        """Create the whole space, or show the refusal above the form."""
        try:
            space = build_space(read_new_space(form, self.accounts), cast(User, self.request.user))
        except RoleRefused as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        sentence = gettext(
            "«%(space)s» quedó hecho. Otra persona del equipo estatal confirma a quien revisa."
        )
        messages.success(self.request, sentence % {"space": space})
        return redirect("spaces:detail", space.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.success_url, "label": _("Espacios")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "accounts": self.accounts,
            "submit_button_label": _("Crear el espacio"),
            "media": context["form"].media,
        }
