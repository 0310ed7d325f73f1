"""Promoted results in the admin: each space writes its own, and somebody else approves them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn

from abierto.registry.admin.base import SPACE_PANEL, VALIDITY_PANEL, PrefilledCreateView, RegistryViewSet
from abierto.tenancy.access import owns, sees_everything, spaces_of
from abierto.tenancy.models import Space
from search.learning.promoted import PromotedResult


class PromotedResultForm(WagtailAdminModelForm):
    """Only the state team promotes in the search of the whole state; everybody else, in their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self._writes_for_the_state():
            return
        own = Space.objects.filter(pk__in=[space.pk for space in spaces_of(self.for_user)])
        self.fields["space"] = forms.ModelChoiceField(
            own,
            label=self.fields["space"].label,
            initial=own.first(),
            help_text=_("Se muestra a quien busca dentro de este espacio."),
        )

    def clean_space(self) -> Space | None:
        """Ask for the space in a draft too: what belongs to no space is the state team's."""
        space: Space | None = self.cleaned_data.get("space")
        if space is None and not self._writes_for_the_state():
            raise forms.ValidationError(_("Elige tu espacio."))
        return space

    def _writes_for_the_state(self) -> bool:
        return self.for_user is None or sees_everything(self.for_user)


AdminView = Callable[..., HttpResponseBase]


def of_own_rows(view: AdminView) -> AdminView:
    """The same view, closed to the rows of other spaces: Wagtail's own asks only about the model."""

    @wraps(view)
    def closed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "pk" in kwargs and not owns(request.user, get_object_or_404(PromotedResult, pk=kwargs["pk"])):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return closed


class PromotedResultViewSet(RegistryViewSet):
    """What a space puts first for some questions."""

    model = PromotedResult
    icon = "pick"
    menu_label = _("Destacados")  # what fits in the menu
    menu_name = "promoted-results"
    menu_order = 260
    add_to_admin_menu = True
    add_view_class = PrefilledCreateView
    list_display = ["__str__", "page", "space", BooleanColumn("live", label=_("Publicado"))]
    search_fields = ["words"]
    select_related = ("space", "page")
    edit_handler = ObjectList(
        [FieldPanel("words"), FieldPanel("page"), VALIDITY_PANEL, SPACE_PANEL],
        base_form_class=PromotedResultForm,
    )

    def construct_view(self, view_class: type[View], **kwargs: Any) -> AdminView:
        """Close every view of a row to whoever is not of its space."""
        return of_own_rows(super().construct_view(view_class, **kwargs))
