"""Lists of files with the files, tags and references of one's own space."""

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.filters import PopularTagsFilter
from wagtail.documents.views.documents import DocumentsFilterSet
from wagtail.documents.views.documents import IndexView as DocumentIndexView
from wagtail.documents.views.documents import UsageView as DocumentUsageView
from wagtail.images.api.admin.serializers import AdminImageSerializer
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views.chooser import ImageChooseView
from wagtail.images.views.images import ImagesFilterSet
from wagtail.images.views.images import IndexView as ImageIndexView
from wagtail.images.views.images import UsageView as ImageUsageView

from abierto.tenancy.access import scope
from abierto.tenancy.admin.pages import ScopedReferences
from abierto.tenancy.admin.tags import popular_tags


class OwnTags:
    """A filter by the tags used most, which offers those of the files in the list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wagtails: PopularTagsFilter | None = self.filters.pop("tag", None)  # type: ignore[attr-defined]
        tags = popular_tags(self._meta.model, self.request.user)  # type: ignore[attr-defined]
        if wagtails is not None and tags:
            wagtails.extra["choices"] = [(tag.name, tag.name) for tag in tags]
            self.filters["tag"] = wagtails  # type: ignore[attr-defined]


class OwnImagesFilterSet(OwnTags, ImagesFilterSet):
    """Filters of the images."""

    class Meta(ImagesFilterSet.Meta):
        """The same."""


class OwnDocumentsFilterSet(OwnTags, DocumentsFilterSet):
    """Filters of the documents."""

    class Meta(DocumentsFilterSet.Meta):
        """The same."""


class OwnFiles:
    """A list of files in the scope of the person, whatever collections her groups reach."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Narrow the files."""
        return scope(super().get_base_queryset(), self.request.user)  # type: ignore[misc, attr-defined]


class OwnImagesView(OwnFiles, ImageIndexView):
    """Images."""

    filterset_class = OwnImagesFilterSet


class OwnDocumentsView(OwnFiles, DocumentIndexView):
    """Documents."""

    filterset_class = OwnDocumentsFilterSet


class OwnImageUsageView(ScopedReferences, ImageUsageView):
    """What shows an image."""


class OwnDocumentUsageView(ScopedReferences, DocumentUsageView):
    """What offers a document."""


class OwnImageChooseView(ImageChooseView):
    """Choosing an image; the hook narrows which."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Propose the tags of the images that one sees."""
        tags = popular_tags(self.model, self.request.user)
        return {**super().get_context_data(**kwargs), "popular_tags": tags}


class PortalImageSerializer(AdminImageSerializer):
    """An image without the address of its original."""

    download_url = None


class PortalImagesAPIViewSet(ImagesAdminAPIViewSet):
    """Wagtail's listing and detail of images, without that field."""

    base_serializer_class = PortalImageSerializer
    meta_fields = [name for name in ImagesAdminAPIViewSet.meta_fields if name != "download_url"]
    listing_default_fields = [
        name for name in ImagesAdminAPIViewSet.listing_default_fields if name != "download_url"
    ]
    detail_only_fields = [name for name in ImagesAdminAPIViewSet.detail_only_fields if name != "download_url"]
