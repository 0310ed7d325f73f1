"""Wagtail's views of pages, narrowed to the space of the person."""

from typing import Any

from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.usage import ContentTypeUseView, UsageView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, ReferenceIndex

from abierto.tenancy.access import scope

from .filters import OwnGenericPageFilterSet, OwnPageFilterSet


class OwnExplorerView(ExplorableIndexView):
    """The explorer; its pages are narrowed by ``OwnPagePolicy``."""

    base_filterset_class = OwnGenericPageFilterSet


class OwnContentTypeUseView(ContentTypeUseView):
    """The pages of one type; narrowed by ``OwnPagePolicy``."""

    base_filterset_class = OwnPageFilterSet


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


class OwnPageViewSet(PageViewSet):
    """The views of every type of page."""

    model = Page
    index_view_class = OwnExplorerView
    content_type_use_view_class = OwnContentTypeUseView
    delete_view_class = OwnDeleteView
    usage_view_class = OwnPageUsageView
