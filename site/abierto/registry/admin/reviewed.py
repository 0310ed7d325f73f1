"""Views of rows with drafts: each space writes its own, and another user approves them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList, Panel
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.action_menu import (
    ActionMenuItem,
    PublishMenuItem,
    UnpublishMenuItem,
    WorkflowMenuItem,
)
from wagtail.snippets.views.snippets import UnpublishView

from abierto.accounts.models import User
from abierto.approval.mixins import FourEyesMixin
from abierto.approval.models import ReviewTask
from abierto.approval.notifications import state_space
from abierto.approval.overrides.withdrawn_places import find_responsible_space
from abierto.approval.references.forms import ReferencesForm
from abierto.approval.review.action_menu import (
    SnippetCancelMenuItem,
    SnippetSendMenuItem,
    arrange_actions,
)
from abierto.approval.review.form_problems import ProblemsForm
from abierto.approval.review.views import ReviewMenuItemMixin
from abierto.tenancy.access import owns, sees_everything, spaces_of
from abierto.tenancy.models import Space

from .base import RegistryViewSet
from .choosers import ReviewedChooserViewSet

STATUS_COLUMN = LiveStatusTagColumn(label=_("Estado"))

AdminView = Callable[..., HttpResponseBase]


class OwnSpaceForm(ProblemsForm, ReferencesForm, WagtailAdminModelForm):
    """Form that offers only the user's spaces; the state team may choose any space or none."""

    space_help: Any = _("De quién es esta ficha. Revisa su equipo.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self._is_state_author() or "space" not in self.fields:
            return
        own = Space.objects.filter(pk__in=[space.pk for space in spaces_of(self.for_user)])
        label = self.fields["space"].label
        self.fields["space"] = forms.ModelChoiceField(
            own, label=label, initial=own.first(), help_text=self.space_help
        )

    def clean_space(self) -> Space | None:
        """Require a space in drafts too: rows without one belong to the state team."""
        space: Space | None = self.cleaned_data.get("space")
        if space is None and not self._is_state_author():
            raise forms.ValidationError(_("Elige tu espacio."))
        return space

    def _is_state_author(self) -> bool:
        return self.for_user is None or sees_everything(self.for_user)


def may_unpublish(user: User, row: Model) -> bool:
    """Check that ``user`` may unpublish ``row``: reviewers and administrators of its space or of the state.

    The same holds for pages, which are all descendants of the state's root.
    """
    if not user.is_active or user.is_superuser:
        return user.is_active
    spaces = [space for space in (find_responsible_space(row), state_space()) if space is not None]
    roles = [role for space in spaces for role in (space.reviewers_id, space.administrators_id)]
    return user.groups.filter(pk__in=roles).exists()


def find_withdrawal_url(subject: Any, user: User) -> str:
    """Return the URL that withdraws a public row; empty for other content and for people that may not."""
    if not isinstance(getattr(type(subject), "snippet_viewset", None), ReviewedViewSet):
        return ""
    if not subject.live or not may_unpublish(user, subject):
        return ""
    return reverse(type(subject).snippet_viewset.get_url_name("unpublish"), args=[subject.pk])


class ReviewedUnpublishView(UnpublishView):
    """Unpublish view; the common hook asks for the reason."""

    def user_has_permission(self, permission: str) -> bool:
        """Check the row: Wagtail asks for the publish permission, which no role has."""
        return may_unpublish(self.request.user, self.object)


def limit_to_own_rows(model: type[Model], view: AdminView) -> AdminView:
    """Close ``view`` to rows of other spaces: Wagtail checks permissions by model only."""

    @wraps(view)
    def closed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "pk" in kwargs and not owns(request.user, get_object_or_404(model, pk=kwargs["pk"])):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return closed


class ReviewedViewSet(RegistryViewSet):
    """Rows with drafts: submitted to the workflow of their space and closed to other spaces."""

    chooser_viewset_class = ReviewedChooserViewSet
    unpublish_view_class = ReviewedUnpublishView
    row_form_class: type[OwnSpaceForm] = OwnSpaceForm

    def get_edit_handler(self) -> Panel:
        handler = ObjectList(self.panels, base_form_class=self.row_form_class)
        return handler.bind_to_model(self.model)

    def construct_view(self, view_class: type[View], **kwargs: Any) -> AdminView:
        return limit_to_own_rows(self.model, super().construct_view(view_class, **kwargs))


#: Wagtail's items that need the publish permission or decide without showing the content.
HIDDEN_ITEMS = PublishMenuItem | WorkflowMenuItem | UnpublishMenuItem


class ReviewMenuItem(ReviewMenuItemMixin, ActionMenuItem):
    """Links the edit form to the review."""

    subject = "instance"


def customize_action_menu(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer what pages offer: no publishing, review on its own page, unpublishing where permitted."""
    if not issubclass(context["model"], FourEyesMixin):
        return
    row = context.get("instance")
    items[:] = [item for item in items if not isinstance(item, HIDDEN_ITEMS)]
    arrange_actions(items, SnippetSendMenuItem, SnippetCancelMenuItem)
    if row is not None and row.live and may_unpublish(cast(User, request.user), row):
        items.append(UnpublishMenuItem(order=20))
    task = row.current_workflow_task if row else None
    if isinstance(task, ReviewTask) and task.get_actions(row, request.user):
        items.insert(0, ReviewMenuItem(order=0))
