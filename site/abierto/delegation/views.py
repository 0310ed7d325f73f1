"""«Delegaciones»: list, grant and end."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.form_fields.fields import DayField
from abierto.tenancy.access import own_people, sees_everything, spaces_of
from pages.core.formatting import full_date

from .models import Delegation
from .services import (
    end_delegation,
    find_delegable_reviewers,
    find_selectable_deputies,
    grant_delegation,
    may_end_delegation,
)

# The list is as wide as its longest name.
NAME_LENGTH = 80


class PersonField(forms.ModelChoiceField):
    """Offer users by username and public name."""

    def label_from_instance(self, obj: Any) -> str:
        return Truncator(f"{obj.username}: {obj.public_name}").chars(NAME_LENGTH)


class DelegationForm(forms.ModelForm):
    """The absent reviewer, the deputy, the dates and the reason."""

    absent = PersonField(label=_("Quién estará ausente"), queryset=User.objects.none())
    deputy = PersonField(label=_("Quién decide en su lugar"), queryset=User.objects.none())

    class Meta:
        model = Delegation
        fields = ["absent", "deputy", "starts", "ends", "reason"]
        field_classes = {"starts": DayField, "ends": DayField}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(PersonField, self.fields["absent"]).queryset = find_delegable_reviewers(by).order_by("username")
        cast(PersonField, self.fields["deputy"]).queryset = find_selectable_deputies(by).order_by("username")


class EndColumn(ButtonsColumnMixin, Column):
    """The status of a delegation, with the button that ends it."""

    cell_template_name = "delegation/parts/delegation_cell.html"

    def get_cell_context_data(self, instance: Delegation, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"may_end": may_end_delegation(instance, parent_context["request"].user)}

    def get_buttons(self, instance: Delegation, parent_context: dict[str, Any]) -> list[Button]:
        """Return none: the cell template has a form."""
        return []


class DelegationListView(BaseListingView):
    """The delegations that concern the user."""

    page_title = _("Delegaciones")
    header_icon = "group"
    index_url_name = "delegation:list"
    paginate_by = 30
    no_results_message = _("Ninguna delegación.")
    columns = [
        Column("absent", label=_("Ausente"), accessor="absent.public_name"),
        Column("deputy", label=_("Decide en su lugar"), accessor="deputy.public_name"),
        Column("starts", label=_("Desde"), accessor=lambda row: full_date(row.starts)),
        Column("ends", label=_("Hasta"), accessor=lambda row: full_date(row.ends)),
        Column("reason", label=_("Motivo")),
        Column("granted_by", label=_("Delegó"), accessor="granted_by.public_name"),
        EndColumn("state", label=_("Estado"), accessor="state_label"),
    ]

    @property
    def header_buttons(self) -> list[Button]:
        if not find_delegable_reviewers(cast(User, self.request.user)).exists():
            return []
        return [HeaderButton(_("Delegar"), url=reverse("delegation:create"), icon_name="plus")]

    def get_base_queryset(self) -> QuerySet[Delegation]:
        """Return the delegations of the user and of the people of her spaces."""
        user = cast(User, self.request.user)
        rows = Delegation.objects.select_related("absent", "deputy", "granted_by")
        if sees_everything(user):
            return rows
        near = User.objects.filter(own_people(spaces_of(user)))
        return rows.filter(Q(absent=user) | Q(deputy=user) | Q(absent__in=near))


class DelegationCreateView(WagtailAdminTemplateMixin, FormView):
    template_name = "delegation/delegate.html"
    page_title = _("Delegar revisiones")
    header_icon = "group"
    form_class = DelegationForm
    success_url = reverse_lazy("delegation:list")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"absent": self.request.user.pk}

    def form_valid(self, form: DelegationForm) -> HttpResponse:
        """Save the delegation; show a refusal above the form."""
        delegation = form.save(commit=False)
        try:
            grant_delegation(delegation, cast(User, self.request.user))
        except NotAllowed as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        sentence = gettext("%(deputy)s decide en lugar de %(absent)s.")
        names = {"deputy": delegation.deputy.public_name, "absent": delegation.absent.public_name}
        messages.success(self.request, sentence % names)
        return redirect(self.success_url)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.success_url, "label": _("Delegaciones")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"submit_button_label": _("Delegar"), "media": context["form"].media}


class DelegationEndView(View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        end_delegation(get_object_or_404(Delegation, pk=pk), cast(User, request.user))
        messages.success(request, gettext("La delegación terminó."))
        return redirect("delegation:list")
