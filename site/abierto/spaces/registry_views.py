"""«Ficha del registro»: the fields of its row that the administrator of a municipality may correct."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.accounts.models import User
from abierto.approval.errors import ReviewRefused
from abierto.text import VisibleCharField
from blocks.validators import validate_web_address

from .models import MunicipalitySpace
from .municipalities import find_root
from .registry_row import find_row_error, load_own_values, submit_row
from .team import administered_spaces


class TownRowForm(forms.Form):
    """The fields of the row that the municipality knows best."""

    external_site_url = forms.URLField(
        label=_("Sitio propio"),
        required=False,
        assume_scheme="https",
        validators=[validate_web_address],
        max_length=200,
        help_text=_("Si el municipio publica su gobierno abierto en otra dirección. Vacío: no."),
        error_messages={
            "invalid": _("Escribe la dirección completa, por ejemplo https://www.ejemplo.gob.mx/.")
        },
    )
    external_site_source = VisibleCharField(
        label=_("De dónde sale la dirección"),
        required=False,
        max_length=200,
        help_text=_("El documento y su fecha: «Acta del secretariado, 2 de marzo de 2026»."),
    )


class TownRowView(WagtailAdminTemplateMixin, TemplateView):
    """One form for each municipality that the user administers; the state reviews what it sends."""

    template_name = "spaces/town_row.html"
    page_title = _("Ficha del registro")
    header_icon = "list-ul"

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    @cached_property
    def towns(self) -> list[MunicipalitySpace]:
        rows = MunicipalitySpace.objects.filter(holder__in=administered_spaces(self.user))
        return list(rows.select_related("municipality__latest_revision", "holder"))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.towns:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the row of one municipality to review, or show the refusal above its form."""
        town = next((town for town in self.towns if str(town.pk) == request.POST.get("town")), None)
        if town is None:
            raise Http404
        form = TownRowForm(request.POST, prefix=f"town-{town.pk}")
        if form.is_valid():
            try:
                submit_row(town, form.cleaned_data, self.user)
            except ReviewRefused as refusal:
                form.add_error(None, refusal.sentence)
            else:
                messages.success(
                    request, _("Enviaste el cambio. Se ve en público cuando el Estado lo apruebe.")
                )
                return redirect("spaces:town_row")
        return self.render_to_response(self.get_context_data(bound=(town.pk, form)))

    def get_context_data(self, bound: tuple[int, TownRowForm] | None = None, **kwargs: Any) -> dict[str, Any]:
        rows = [
            self.describe(town, bound[1] if bound is not None and bound[0] == town.pk else None)
            for town in self.towns
        ]
        return super().get_context_data(rows=rows, **kwargs)

    def describe(self, town: MunicipalitySpace, form: TownRowForm | None) -> dict[str, Any]:
        """Return the context of one municipality on the screen."""
        row = town.municipality
        initial = TownRowForm(initial=load_own_values(row), prefix=f"town-{town.pk}")
        return {
            "town": town,
            "row": row,
            "form": form or initial,
            "reason": find_row_error(row, town),
            "start_page": find_root(town.holder),
        }
