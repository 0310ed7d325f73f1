"""The screens of bundles: list, creation, review and the panel of failed ones."""

from __future__ import annotations

from typing import Any, cast

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
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.approval.errors import ReviewRefused
from abierto.approval.review.comments import actions as comment_actions
from abierto.approval.review.comments.threads import CommentRefused, has_open_comments
from abierto.approval.review.eligibility import find_approval_refusal
from abierto.approval.review.forms import OPEN_COMMENTS_ERROR, ReturnForm
from pages.core.formatting import full_date

from .forms import ApproveBundleForm, BundleDateForm, BundleForm
from .models import OPEN_STATUSES, Bundle, BundleItem, BundleStatus
from .queries import (
    current_task_state,
    filter_visible_items,
    find_reviewable_items,
    find_undecided_items,
    find_visible_bundles,
    is_in_review,
    load_decisions,
    load_items,
)
from .review import build_page_reviews, is_reviewer_of, item_anchor
from .schedule import (
    change_date,
    describe_failure,
    find_failed_bundles,
    load_date_changes,
    may_change_date,
)
from .services import (
    approve_bundle,
    may_withdraw,
    resubmit_bundle,
    return_bundle,
    submit_bundle,
    withdraw_bundle,
)

#: A longer number does not fit a key.
MAX_DIGITS = 10
IDS = {"approve": "aprobar-%s", "return": "devolver-%s", "date": "fecha-%s"}


class BundleView(WagtailAdminTemplateMixin, TemplateView):
    """One bundle: every page compared with its public version, and one decision for all."""

    template_name = "bundles/bundle.html"
    page_title = _("Paquete")
    header_icon = "copy"

    @cached_property
    def bundle(self) -> Bundle:
        """Return the bundle; 404 unless the user may see it."""
        bundle = get_object_or_404(Bundle.objects.select_related("created_by"), pk=self.kwargs["pk"])
        items = load_items(bundle)
        if not filter_visible_items(self.user, items) and (items or bundle.created_by_id != self.user.pk):
            raise Http404
        return bundle

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Handle the submitted action; a refusal is answered 409 and changes nothing."""
        action = request.POST.get("action", "")
        if action in comment_actions.ACTIONS:
            return self.comment(request)
        if action == "approve" and not self.confirms_open_comments(request):
            form = ApproveBundleForm(request.POST, auto_id=IDS["approve"])
            form.add_error(None, OPEN_COMMENTS_ERROR)
            return self.render_to_response(self.get_context_data(approve_form=form))
        if action == "date":
            return self.change_date(request)
        steps = {
            "approve": self.approve,
            "return": self.return_to_authors,
            "again": self.resubmit,
            "withdraw": self.withdraw,
        }
        if action not in steps:
            raise Http404
        sentence = steps[action]()
        messages.success(request, sentence % {"name": self.bundle.name})
        return redirect("bundles:detail", self.bundle.pk)

    def comment(self, request: HttpRequest) -> HttpResponse:
        """Handle a comment, reply or resolution on one of the pages."""
        item = self.find_commented_item(request)
        form = comment_actions.handle_comment(request, current_task_state(item))
        if form is None:
            return redirect(
                f"{reverse('bundles:detail', args=[self.bundle.pk])}#{item_anchor(item)}-section"
            )  # as Wagtail names a panel
        return self.render_to_response(self.get_context_data(bound=(item, form)))

    def find_commented_item(self, request: HttpRequest) -> BundleItem:
        """Return the commented page; 404 unless the user reviews it."""
        found = {
            str(state.pk): item for item in load_items(self.bundle) if (state := current_task_state(item))
        }
        item = found.get(request.POST.get("review", ""))
        if item is None:
            raise CommentRefused(
                gettext("Esa página se envió otra vez o salió del paquete."), request.POST.get("text", "")
            )
        if not is_reviewer_of(self.user, current_task_state(item)):
            raise Http404
        return item

    def confirms_open_comments(self, request: HttpRequest) -> bool:
        """Check that no comment is open on the pages to approve, or that the reviewer confirmed them."""
        if request.POST.get("with_open"):
            return True
        return not has_open_comments(
            item.page_id for item in find_undecided_items(self.user, load_items(self.bundle))
        )

    def change_date(self, request: HttpRequest) -> HttpResponse:
        """Change the date, or show the error beside the field."""
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
        tokens = {item.pk: self.request.POST.get(f"token-{item.pk}", "") for item in load_items(self.bundle)}
        done = approve_bundle(self.bundle, self.user, tokens, self.request.POST.get("comment", ""))
        if done.status == BundleStatus.DONE:
            return gettext("Aprobaste el paquete «%(name)s».")
        return gettext("Aprobaste tu parte de «%(name)s». Se publica cuando la aprueben los demás.")

    def return_to_authors(self) -> str:
        return_bundle(self.bundle, self.user, self.request.POST.get("comment", ""))
        return gettext("Devolviste el paquete «%(name)s» con tu comentario.")

    def resubmit(self) -> str:
        resubmit_bundle(self.bundle, self.user)
        return gettext("El paquete «%(name)s» se envió a revisión.")

    def withdraw(self) -> str:
        withdraw_bundle(self.bundle, self.user)
        return gettext("Retiraste el paquete «%(name)s». Sus páginas son borradores otra vez.")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("bundles:list"), "label": _("Paquetes")},
            {"url": "", "label": self.page_title, "sublabel": self.bundle.name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bundle, everything = self.bundle, load_items(self.bundle)
        items, decisions_by_item = filter_visible_items(self.user, everything), load_decisions(everything)
        reviewable = find_reviewable_items(self.user, items) if bundle.status == BundleStatus.SENT else []
        left = [item for item in reviewable if item.pk not in decisions_by_item]
        pages = build_page_reviews(
            items, decisions_by_item, reviewable, cast(User, self.request.user), kwargs.pop("bound", None)
        )
        is_complete = all(is_in_review(item) for item in everything)
        open_ = bundle.status in OPEN_STATUSES
        context: dict[str, Any] = {
            "bundle": bundle,
            "pages": pages,
            "pending_comment_count": sum(
                len(page.threads.comments) for page in pages if page.is_pending and page.threads
            ),
            "comment_count": sum(len(page.threads.comments) for page in pages if page.threads),
            "hidden": len(everything) - len(items),
            "waits_for_others": len(decisions_by_item) + len(left) < len(everything),
            "may_decide": bool(reviewable),
            "may_approve": is_complete and bool(left),
            "approval_refusal": self.find_refusal(left) if is_complete else "",
            "is_complete": is_complete,
            "failure": describe_failure(self.user, bundle) if bundle.failed_at else "",
            "comment_status": "info" if bundle.status == BundleStatus.DONE else "warning",
            "may_withdraw": may_withdraw(bundle, self.user),
            "may_send": open_ and not is_complete and not reviewable,
            "approve_form": ApproveBundleForm(auto_id=IDS["approve"]),
            "return_form": ReturnForm(auto_id=IDS["return"]),
            "may_change_date": may_change_date(bundle, self.user),
            "date_changes": load_date_changes(bundle),
            "date_form": BundleDateForm(initial={"go_live_at": bundle.go_live_at}, auto_id=IDS["date"]),
            "media": BundleDateForm().media,
            "page_subtitle": bundle.name,
        }
        return super().get_context_data(**(context | kwargs))

    def find_refusal(self, left: list[BundleItem]) -> str:
        """Return why the user may not approve one of the pages that wait for her."""
        states = [item.workflow_state.current_task_state for item in left]  # type: ignore[union-attr]
        return next((reason for state in states if (reason := find_approval_refusal(state, self.user))), "")


def format_go_live_day(bundle: Bundle) -> str:
    return full_date(timezone.localdate(bundle.go_live_at)) if bundle.go_live_at else ""


class BundleListView(BaseListingView):
    """The bundles with pages that the user may see."""

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
        Column("go_live_at", label=_("Publicar el"), accessor=format_go_live_day),
    ]

    @property
    def header_buttons(self) -> list[Button]:
        return [HeaderButton(_("Armar un paquete"), url=reverse("bundles:create"), icon_name="plus")]

    def get_base_queryset(self) -> QuerySet[Bundle]:
        rows = find_visible_bundles(cast(User, self.request.user)).select_related("created_by")
        return rows.annotate(page_count=Count("items")).order_by("-created_at", "-pk")


class FailedBundlesPanel(Component):
    """The bundles that were not published on their date, until they are withdrawn."""

    name = "bundles_failed"
    order = 70
    template_name = "bundles/failed_bundles_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"failed": [(bundle, describe_failure(user, bundle)) for bundle in find_failed_bundles(user)]}


class BundleCreateView(WagtailAdminTemplateMixin, FormView):
    """Choose drafts and submit them together."""

    template_name = "bundles/new_bundle.html"
    page_title = _("Armar un paquete")
    header_icon = "copy"
    form_class = BundleForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user, "plan": self.plan}

    @cached_property
    def plan(self) -> Page | None:
        """Return the plan whose drafts are sent, if the address names one."""
        key = self.request.GET.get("plan", "")
        if not key:
            return None
        return get_object_or_404(Page, pk=int(key) if key.isdecimal() and len(key) < MAX_DIGITS else 0)

    def form_valid(self, form: BundleForm) -> HttpResponse:
        """Submit the bundle; show a refusal above the form."""
        bundle = form.save(commit=False)
        try:
            submit_bundle(bundle, form.cleaned_data["pages"], cast(User, self.request.user))
        except ReviewRefused as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        messages.success(
            self.request, gettext("El paquete «%(name)s» se envió a revisión.") % {"name": bundle}
        )
        return redirect("bundles:detail", bundle.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse_lazy("bundles:list"), "label": _("Paquetes")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"submit_button_label": _("Enviar a revisión"), "media": context["form"].media}
