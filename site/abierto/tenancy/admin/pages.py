"""Wagtail's views of pages, narrowed to the space of the person."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Q
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.usage import UsageView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, ReferenceIndex

from abierto.tenancy.access import scope

from .filters import OwnGenericPageFilterSet


class ScopedReferences:
    """A list of what refers to something, without what other spaces keep."""

    def get_queryset(self) -> Any:
        """Group the references that come from the scope of the person."""
        references = ReferenceIndex.get_references_to(self.object)  # type: ignore[attr-defined]
        return scope(references, self.request.user).group_by_source_object()  # type: ignore[attr-defined]


class OwnPageUsageView(ScopedReferences, UsageView):
    """What refers to a page."""


class OwnDeleteView(DeleteView):
    """Deleting a page; that something refers to it is said, and of other spaces nothing more."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count what refers to it in the scope of the person."""
        references = scope(ReferenceIndex.get_references_to(self.page), self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"usage_count": references.group_by_source_object().count()}


class OwnSetPrivacyView(SetPrivacyView):
    """Who may read a page: groups of one's spaces, and those that it is kept for already."""

    def get_form(self, form_class: type[Any] | None = None) -> Any:
        """Offer those groups."""
        form = super().get_form(form_class)
        chosen = self.restriction.groups.values("pk") if self.restriction else []
        own = scope(Group.objects.all(), self.request.user).values("pk")
        offered = Group.objects.filter(Q(pk__in=own) | Q(pk__in=chosen))
        form.fields["groups"].queryset = offered.order_by("name")
        return form


class OwnPageViewSet(PageViewSet):
    """The views of every type of page; their lists are narrowed by ``OwnPagePolicy``."""

    model = Page
    filterset_class = OwnGenericPageFilterSet
    delete_view_class = OwnDeleteView
    set_privacy_view_class = OwnSetPrivacyView
    usage_view_class = OwnPageUsageView
