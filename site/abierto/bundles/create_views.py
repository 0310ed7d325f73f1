"""«Armar un paquete»: choosing the drafts that go together."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.approval.errors import ReviewRefused
from abierto.approval.review.space_index import SpaceIndex, build_space_index
from abierto.tenancy.access import scope, sees_everything, spaces_of
from pages.plans.queries import unsent_drafts

from .models import Bundle
from .services import send

OFFERED = 200


class PagesField(forms.ModelMultipleChoiceField):
    """Offers drafts by their title and where they belong."""

    houses: SpaceIndex | None = None

    def label_from_instance(self, obj: Any) -> str:
        """Name one."""
        names = (obj.draft_title, obj.commitment_name or obj.plan_name, self.space_of(obj))
        return " · ".join(name for name in names if name)

    def space_of(self, page: Any) -> str:
        """Name the space of a page, where there is more than one to choose from."""
        space = self.houses.of(page.path) if self.houses else None
        return space.name if space else ""


class BundleForm(forms.ModelForm):
    """Which drafts go together, with which note, and when."""

    pages = PagesField(
        label=_("Páginas"),
        queryset=Page.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Elige al menos una página para el paquete.")},
        help_text=_("Los borradores de tus espacios que nadie revisa todavía."),
    )

    class Meta:
        model = Bundle
        fields = ["name", "pages", "note", "go_live_at"]
        widgets = {"note": AdminAutoHeightTextInput, "go_live_at": AdminDateTimeInput}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = list(scope(unsent_drafts(), by).values_list("pk", flat=True)[:OFFERED])
        pages = cast(PagesField, self.fields["pages"])
        pages.queryset = unsent_drafts().filter(pk__in=keys)
        if sees_everything(by) or len(spaces_of(by)) > 1:
            pages.houses = build_space_index()


class NewBundleView(WagtailAdminTemplateMixin, FormView):
    """Choose the drafts and send them together."""

    template_name = "bundles/new_bundle.html"
    page_title = _("Armar un paquete")
    header_icon = "copy"
    form_class = BundleForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose drafts to offer."""
        return super().get_form_kwargs() | {"by": self.request.user}

    def form_valid(self, form: BundleForm) -> HttpResponse:
        """Send it; what cannot go is said above the form."""
        bundle = form.save(commit=False)
        try:
            send(bundle, form.cleaned_data["pages"], cast(User, self.request.user))
        except ReviewRefused as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        messages.success(
            self.request, gettext("El paquete «%(name)s» se envió a revisión.") % {"name": bundle}
        )
        return redirect("bundles:detail", bundle.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse_lazy("bundles:list"), "label": _("Paquetes")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the form's page says."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"submit_button_label": _("Enviar a revisión"), "media": context["form"].media}
