"""One bundle: every page beside what is public, and one decision for all."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.admin.widgets.button import Button, HeaderButton

from abierto.accounts.models import User
from abierto.approval.errors import ReviewRefused
from abierto.approval.review import decisions
from abierto.approval.review.comments import actions as desk
from abierto.approval.review.comments.threads import CommentRefused, any_open
from abierto.approval.review.forms import STILL_OPEN, ApprovingForm, ReturnForm
from pages.core.formatting import full_date

from .decisions import approve, return_to_authors
from .models import Bundle, BundleItem, BundleStatus
from .queries import decided_by, in_review, items_of, left_to, seen_bundles, seen_by, task_state_of, words_on
from .review import anchor_of, page_reviews, reviews
from .schedule import change_date, date_changes, failed_for, may_change_date, told_to
from .services import may_withdraw, send_again, withdraw

IDS = {"approve": "aprobar-%s", "return": "devolver-%s", "date": "fecha-%s"}


class ApproveBundleForm(ApprovingForm):
    """Approve everything that was read."""

    comment_help = _("Se publica en cada página junto a tu nombre o tu cargo. Puedes dejarlo vacío.")


class BundleDateForm(forms.Form):
    """Another date for a bundle that waits."""

    go_live_at = forms.DateTimeField(
        label=_("Publicar el"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Vacío: en cuanto se apruebe. Lo que ya se aprobó se aprueba otra vez."),
    )


class BundleView(WagtailAdminTemplateMixin, TemplateView):
    """One bundle: every page beside what is public, and one decision for all."""

    template_name = "bundles/bundle.html"
    page_title = _("Paquete")
    header_icon = "copy"

    @cached_property
    def bundle(self) -> Bundle:
        """The bundle, for those who may see it."""
        bundle = get_object_or_404(Bundle.objects.select_related("created_by"), pk=self.kwargs["pk"])
        items = items_of(bundle)
        if not seen_by(self.user, items) and (items or bundle.created_by_id != self.user.pk):
            raise Http404
        return bundle

    @property
    def user(self) -> User:
        """Who is looking."""
        return cast(User, self.request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the decision. What is refused is answered 409, and nothing changed."""
        action = request.POST.get("action", "")
        if action in desk.ACTIONS:
            return self.comment(request)
        if action == "approve" and not self.answers_for_open(request):
            form = ApproveBundleForm(request.POST, auto_id=IDS["approve"])
            form.add_error(None, STILL_OPEN)
            return self.render_to_response(self.get_context_data(approve_form=form))
        if action == "date":
            return self.change_date(request)
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
        return redirect("bundles:detail", self.bundle.pk)

    def comment(self, request: HttpRequest) -> HttpResponse:
        """Keep a comment on one of the pages, an answer or a resolution, and go on with the bundle."""
        item = self.commented(request)
        form = desk.comment(request, task_state_of(item))
        if form is None:
            return redirect(
                f"{reverse('bundles:detail', args=[self.bundle.pk])}#{anchor_of(item)}-section"
            )  # as Wagtail names a panel
        return self.render_to_response(self.get_context_data(bound=(item, form)))

    def commented(self, request: HttpRequest) -> BundleItem:
        """Return the page whose review is commented, for those who review it."""
        found = {str(state.pk): item for item in items_of(self.bundle) if (state := task_state_of(item))}
        item = found.get(request.POST.get("review", ""))
        if item is None:
            raise CommentRefused(
                gettext("Esa página se envió otra vez o salió del paquete."), request.POST.get("text", "")
            )
        if not reviews(self.user, task_state_of(item)):
            raise Http404
        return item

    def answers_for_open(self, request: HttpRequest) -> bool:
        """Say whether nothing is left open in what she approves, or she says that she knows."""
        if request.POST.get("with_open"):
            return True
        return not any_open(item.page_id for item in left_to(self.user, items_of(self.bundle)))

    def change_date(self, request: HttpRequest) -> HttpResponse:
        """Give it another date; what is wrong with it is said beside the field."""
        form = BundleDateForm(request.POST, auto_id=IDS["date"])
        if form.is_valid():
            try:
                change_date(self.bundle, form.cleaned_data["go_live_at"], self.user)
            except ReviewRefused as refusal:
                form.add_error("go_live_at", refusal.sentence)
            else:
                messages.success(request, gettext("Cambiaste la fecha del paquete."))
                return redirect("bundles:detail", self.bundle.pk)
        return self.render_to_response(self.get_context_data(date_form=form))

    def approve(self) -> str:
        """Approve all of it."""
        tokens = {item.pk: self.request.POST.get(f"token-{item.pk}", "") for item in items_of(self.bundle)}
        done = approve(self.bundle, self.user, tokens, self.request.POST.get("comment", ""))
        if done.status == BundleStatus.DONE:
            return gettext("Aprobaste el paquete «%(name)s».")
        return gettext("Aprobaste tu parte de «%(name)s». Se publica cuando la aprueben los demás.")

    def give_back(self) -> str:
        """Return all of it."""
        return_to_authors(self.bundle, self.user, self.request.POST.get("comment", ""))
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
            {"url": reverse("bundles:list"), "label": _("Paquetes")},
            {"url": "", "label": self.page_title, "sublabel": self.bundle.name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Assemble the page."""
        bundle, everything = self.bundle, items_of(self.bundle)
        items, words = seen_by(self.user, everything), words_on(everything)
        hers = decided_by(self.user, items) if bundle.status == BundleStatus.SENT else []
        left = [item for item in hers if item.pk not in words]
        pages = page_reviews(items, words, hers, cast(User, self.request.user), kwargs.pop("bound", None))
        whole = all(in_review(item) for item in everything)
        open_ = bundle.status in (BundleStatus.SENT, BundleStatus.RETURNED)
        context: dict[str, Any] = {
            "bundle": bundle,
            "pages": pages,
            "open_of_left": sum(len(one.thread.comments) for one in pages if one.is_left and one.thread),
            "open_of_hers": sum(len(one.thread.comments) for one in pages if one.thread),
            "hidden": len(everything) - len(items),
            "waits_for_others": len(words) + len(left) < len(everything),
            "may_decide": bool(hers),
            "may_approve": whole and bool(left),
            "why_not": self.why_not(left) if whole else "",
            "is_whole": whole,
            "failure": told_to(self.user, bundle) if bundle.failed_at else "",
            "comment_status": "info" if bundle.status == BundleStatus.DONE else "warning",
            "may_withdraw": may_withdraw(bundle, self.user),
            "may_send": open_ and not whole and not hers,
            "approve_form": ApproveBundleForm(auto_id=IDS["approve"]),
            "return_form": ReturnForm(auto_id=IDS["return"]),
            "may_change_date": may_change_date(bundle, self.user),
            "date_changes": date_changes(bundle),
            "date_form": BundleDateForm(initial={"go_live_at": bundle.go_live_at}, auto_id=IDS["date"]),
            "media": BundleDateForm().media,
            "page_subtitle": bundle.name,
        }
        return super().get_context_data(**(context | kwargs))

    def why_not(self, left: list[BundleItem]) -> str:
        """Return why she may not approve some page that waits for her."""
        states = [item.workflow_state.current_task_state for item in left]  # type: ignore[union-attr]
        return next((reason for one in states if (reason := decisions.why_not(one, self.user))), "")


def planned_day(bundle: Bundle) -> str:
    """Write the day on which a bundle is to be public, if it has one."""
    return full_date(timezone.localdate(bundle.go_live_at)) if bundle.go_live_at else ""


class BundlesView(BaseListingView):
    """The bundles whose pages whoever looks may see."""

    page_title = _("Paquetes")
    header_icon = "copy"
    index_url_name = "bundles:list"
    paginate_by = 30
    no_results_message = _("Ningún paquete.")
    columns = [
        TitleColumn("name", label=_("Nombre"), url_name="bundles:detail"),
        Column("pages", label=_("Páginas"), accessor="page_count"),
        Column("status", label=_("Estado"), accessor="get_status_display"),
        Column("created_by", label=_("Envió"), accessor="created_by.public_name"),
        DateColumn("created_at", label=_("Enviado")),
        Column("go_live_at", label=_("Publicar el"), accessor=planned_day),
    ]

    @property
    def header_buttons(self) -> list[Button]:
        """Offer to make one."""
        return [HeaderButton(_("Armar un paquete"), url=reverse("bundles:create"), icon_name="plus")]

    def get_base_queryset(self) -> QuerySet[Bundle]:
        """Leave out those of which nothing is hers."""
        rows = seen_bundles(cast(User, self.request.user)).select_related("created_by")
        return rows.annotate(page_count=Count("items")).order_by("-created_at", "-pk")


class FailedBundlesPanel(Component):
    """The bundles that could not be published on their date, until somebody takes them back."""

    name = "bundles_failed"
    order = 70
    template_name = "bundles/failed_bundles_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Read them, with what went wrong."""
        user = parent_context["request"].user
        return {"failed": [(bundle, told_to(user, bundle)) for bundle in failed_for(user)]}
