"""Wagtail's page views, limited to the user's scope."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Q
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.usage import UsageView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, ReferenceIndex

from abierto.tenancy.access import scope

from .filters import ScopedGenericPageFilterSet


class ScopedReferencesMixin:
    """Mixin for usage views: lists only the references from rows in scope."""

    def get_queryset(self) -> Any:
        references = ReferenceIndex.get_references_to(self.object)  # type: ignore[attr-defined]
        return scope(references, self.request.user).group_by_source_object()  # type: ignore[attr-defined]


class ScopedPageUsageView(ScopedReferencesMixin, UsageView):
    pass


class ScopedDeleteView(DeleteView):
    """Delete view whose usage count covers only references in scope."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        references = scope(ReferenceIndex.get_references_to(self.page), self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"usage_count": references.group_by_source_object().count()}


class ScopedSetPrivacyView(SetPrivacyView):
    """Privacy view that offers the groups of the user's spaces and those already chosen."""

    def get_form(self, form_class: type[Any] | None = None) -> Any:
        form = super().get_form(form_class)
        chosen = self.restriction.groups.values("pk") if self.restriction else []
        own = scope(Group.objects.all(), self.request.user).values("pk")
        offered = Group.objects.filter(Q(pk__in=own) | Q(pk__in=chosen))
        form.fields["groups"].queryset = offered.order_by("name")
        return form


class ScopedPageViewSet(PageViewSet):
    """The views of every page type; ``ScopedPagePolicy`` limits their listings."""

    model = Page
    filterset_class = ScopedGenericPageFilterSet
    delete_view_class = ScopedDeleteView
    set_privacy_view_class = ScopedSetPrivacyView
    usage_view_class = ScopedPageUsageView
