"""«Paquetes»: pages that are reviewed together and go public together."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.editorial.errors import ReviewRefused
from abierto.editorial.review import decisions
from abierto.editorial.review.forms import ReturnForm
from abierto.reviewing.bundles import (
    approve,
    give_back,
    in_review,
    items_of,
    may_decide,
    may_see,
    send,
    send_again,
    withdraw,
)
from abierto.reviewing.missing import unsent_drafts
from abierto.reviewing.models import Bundle, BundleItem, BundleStatus
from abierto.tenancy.access import scope, sees_everything
from pages.presentation.words import full_date

OFFERED = 200


def planned_day(bundle: Bundle) -> str:
    """Write the day on which a bundle is to be public, if it has one."""
    return full_date(timezone.localdate(bundle.go_live_at)) if bundle.go_live_at else ""


class PagesField(forms.ModelMultipleChoiceField):
    """Offers drafts by their title and where they belong."""

    def label_from_instance(self, obj: Any) -> str:
        """Name one."""
        return " · ".join(name for name in (obj.draft_title, obj.commitment_name or obj.plan_name) if name)


class BundleForm(forms.ModelForm):
    """Which drafts go together, with which note, and when."""

    pages = PagesField(
        label=_("Páginas"),
        queryset=Page.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Elige al menos una página para el paquete.")},
        help_text=_("Tus borradores que nadie revisa todavía."),
    )

    class Meta:
        model = Bundle
        fields = ["name", "pages", "note", "go_live_at"]
        widgets = {"note": AdminAutoHeightTextInput, "go_live_at": AdminDateTimeInput}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = list(scope(unsent_drafts(), by).values_list("pk", flat=True)[:OFFERED])
        cast(PagesField, self.fields["pages"]).queryset = unsent_drafts().filter(pk__in=keys)


class ApproveBundleForm(forms.Form):
    """Approve everything that was read."""

    comment = forms.CharField(
        label=_("Comentario"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Se publica en cada página junto a tu nombre o tu cargo. Puedes dejarlo vacío."),
    )


class BundlesView(BaseListingView):
    """The bundles whose pages whoever looks may see."""

    page_title = _("Paquetes")
    header_icon = "copy"
    index_url_name = "reviewing:bundles"
    paginate_by = 30
    no_results_message = _("Ningún paquete.")
    columns = [
        TitleColumn("name", label=_("Nombre"), url_name="reviewing:bundle"),
        Column("pages", label=_("Páginas"), accessor="page_count"),
        Column("status", label=_("Estado"), accessor="get_status_display"),
        Column("created_by", label=_("Envió"), accessor="created_by.public_name"),
        DateColumn("created_at", label=_("Enviado")),
        Column("go_live_at", label=_("Publicar el"), accessor=planned_day),
    ]

    @property
    def header_buttons(self) -> list[Button]:
        """Offer to make one."""
        return [HeaderButton(_("Armar un paquete"), url=reverse("reviewing:new_bundle"), icon_name="plus")]

    def get_base_queryset(self) -> QuerySet[Bundle]:
        """Leave out those with pages of a neighbour."""
        user = cast(User, self.request.user)
        rows = Bundle.objects.select_related("created_by").annotate(page_count=Count("items"))
        rows = rows.order_by("-created_at", "-pk")
        if sees_everything(user):
            return rows
        foreign = BundleItem.objects.exclude(page__in=scope(Page.objects.all(), user).values("pk"))
        return rows.exclude(pk__in=foreign.values("bundle"))


class NewBundleView(WagtailAdminTemplateMixin, FormView):
    """Choose the drafts and send them together."""

    template_name = "reviewing/new_bundle.html"
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
        return redirect("reviewing:bundle", bundle.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse_lazy("reviewing:bundles"), "label": _("Paquetes")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the form's page says."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"submit_button_label": _("Enviar a revisión"), "media": context["form"].media}


class BundleView(WagtailAdminTemplateMixin, TemplateView):
    """One bundle: every page beside what is public, and one decision for all."""

    template_name = "reviewing/bundle.html"
    page_title = _("Paquete")
    header_icon = "copy"

    @cached_property
    def bundle(self) -> Bundle:
        """The bundle, for those who may see it."""
        bundle = get_object_or_404(Bundle.objects.select_related("created_by"), pk=self.kwargs["pk"])
        if not may_see(bundle, self.user):
            raise Http404
        return bundle

    @property
    def user(self) -> User:
        """Who is looking."""
        return cast(User, self.request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the decision. What is refused is answered 409, and nothing changed."""
        action = request.POST.get("action", "")
        steps = {
            "approve": self.approve,
            "return": self.give_back,
            "again": self.again,
            "withdraw": self.withdraw,
        }
        if action not in steps:
            raise Http404
        sentence = steps[action]()
        messages.success(request, sentence % {"name": self.bundle.name})
        return redirect("reviewing:bundle", self.bundle.pk)

    def approve(self) -> str:
        """Approve all of it."""
        tokens = {item.pk: self.request.POST.get(f"token-{item.pk}", "") for item in items_of(self.bundle)}
        approve(self.bundle, self.user, tokens, self.request.POST.get("comment", ""))
        return gettext("Aprobaste el paquete «%(name)s».")

    def give_back(self) -> str:
        """Return all of it."""
        give_back(self.bundle, self.user, self.request.POST.get("comment", ""))
        return gettext("Devolviste el paquete «%(name)s» con tu comentario.")

    def again(self) -> str:
        """Send it again."""
        send_again(self.bundle, self.user)
        return gettext("El paquete «%(name)s» se envió a revisión.")

    def withdraw(self) -> str:
        """Take it back."""
        withdraw(self.bundle, self.user)
        return gettext("Retiraste el paquete «%(name)s». Sus páginas son borradores otra vez.")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("reviewing:bundles"), "label": _("Paquetes")},
            {"url": "", "label": self.page_title, "sublabel": self.bundle.name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Assemble the page."""
        bundle, items = self.bundle, items_of(self.bundle)
        for item in items:
            item.waits, item.anchor = in_review(item), f"pagina-{item.pk}"  # type: ignore[attr-defined]
        decides = bundle.status == BundleStatus.SENT and may_decide(bundle, self.user)
        whole = all(item.waits for item in items)  # type: ignore[attr-defined]
        states = [item.workflow_state.current_task_state for item in items if item.waits]  # type: ignore[attr-defined, union-attr]
        open_ = bundle.status in (BundleStatus.SENT, BundleStatus.RETURNED)
        context: dict[str, Any] = {
            "bundle": bundle,
            "items": items,
            "may_decide": decides,
            "may_approve": decides and whole and all(decisions.may_approve(one, self.user) for one in states),
            "is_whole": whole,
            "comment_status": "info" if bundle.status == BundleStatus.DONE else "warning",
            "may_withdraw": open_ and bundle.created_by_id == self.user.pk,
            "may_send": open_ and not whole and not decides,
            "approve_form": ApproveBundleForm(auto_id="aprobar-%s"),
            "return_form": ReturnForm(auto_id="devolver-%s"),
            "page_subtitle": bundle.name,
        }
        return super().get_context_data(**(context | kwargs))
