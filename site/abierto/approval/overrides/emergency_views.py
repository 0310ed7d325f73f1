"""The screen for an emergency publication: the changes and the reason that is published."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.approval.mixins import FourEyesPage
from abierto.text import VisibleCharField

from .emergency import may_publish_in_emergency, publish_in_emergency


class EmergencyForm(forms.Form):
    """The reason for publishing without a review."""

    reason = VisibleCharField(
        label=_("Por qué no puede esperar"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Se muestra en la página con tu nombre o tu cargo, y llega a quienes revisan."),
        error_messages={"required": _("Escribe el motivo: se muestra en la página.")},
    )
    token = forms.CharField(widget=forms.HiddenInput)


class EmergencyView(WagtailAdminTemplateMixin, TemplateView):
    """Publish one page without review."""

    template_name = "approval/emergency.html"
    page_title = _("Publicar de emergencia")
    header_icon = "warning"

    @cached_property
    def page(self) -> Any:
        """Return the page; 403 unless the user may publish it in an emergency."""
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        if not isinstance(page, FourEyesPage) or not may_publish_in_emergency(page, self.user):
            raise PermissionDenied
        return page

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the content that would become public."""
        return self.render_to_response(self.get_context_data(form=EmergencyForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Publish the page, or show the form errors."""
        form = EmergencyForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        publish_in_emergency(self.page, self.user, form.cleaned_data["token"], form.cleaned_data["reason"])
        sentence = _("Publicaste «%(title)s» sin revisión. La página lo dice y quienes revisan lo saben.")
        messages.warning(request, sentence % {"title": self.page})
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        revision = self.page.get_latest_revision()
        return super().get_context_data(page=self.page, revision=revision, **kwargs)


class EmergencyMenuItem(ActionMenuItem):
    """A menu item that opens the emergency form from the page editor."""

    name = "action-emergency"
    label = _("Publicar de emergencia…")
    icon_name = "warning"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Check the permission and that there is something to publish."""
        page = context.get("page")
        return context["view"] == "edit" and may_publish_in_emergency(page, context["request"].user)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("approval_emergency", args=[parent_context["page"].pk])


@hooks.register("register_admin_urls")
def register_emergency_url() -> list[URLPattern]:
    """Add the URL of the emergency form."""
    return [path("aprobacion/emergencia/<int:page_id>/", EmergencyView.as_view(), name="approval_emergency")]


@hooks.register("register_page_action_menu_item")
def register_emergency_item() -> ActionMenuItem:
    """Put it last in the menu."""
    return EmergencyMenuItem(order=900)


@hooks.register("construct_page_action_menu", order=100)
def move_emergency_last(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Move the emergency item to the end, so that it is not the default button."""
    items.sort(key=lambda item: isinstance(item, EmergencyMenuItem))
