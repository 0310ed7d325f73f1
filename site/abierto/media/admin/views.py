"""Image and document listings limited to the user's scope, and the form of a collection."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.filters import PopularTagsFilter
from wagtail.admin.forms.collections import CollectionForm
from wagtail.admin.views.collections import Edit
from wagtail.documents.views.documents import DocumentsFilterSet
from wagtail.documents.views.documents import IndexView as DocumentIndexView
from wagtail.documents.views.documents import UsageView as DocumentUsageView
from wagtail.images.api.admin.serializers import AdminImageSerializer
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views.chooser import ImageChooseView
from wagtail.images.views.images import ImagesFilterSet
from wagtail.images.views.images import IndexView as ImageIndexView
from wagtail.images.views.images import UsageView as ImageUsageView
from wagtail.models import Collection, CollectionViewRestriction

from abierto.media.usage import has_public_files
from abierto.tenancy.access import scope
from abierto.tenancy.admin.pages import ScopedReferencesMixin
from abierto.tenancy.admin.tags import find_popular_tags
from abierto.tenancy.tree_paths import ancestor_paths, branch_paths


class ScopedTagsMixin:
    """Filter set mixin: offers the popular tags of the files in scope."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wagtails: PopularTagsFilter | None = self.filters.pop("tag", None)  # type: ignore[attr-defined]
        tags = find_popular_tags(self._meta.model, self.request.user)  # type: ignore[attr-defined]
        if wagtails is not None and tags:
            wagtails.extra["choices"] = [(tag.name, tag.name) for tag in tags]
            self.filters["tag"] = wagtails  # type: ignore[attr-defined]


class ScopedImagesFilterSet(ScopedTagsMixin, ImagesFilterSet):
    class Meta(ImagesFilterSet.Meta):
        pass


class ScopedDocumentsFilterSet(ScopedTagsMixin, DocumentsFilterSet):
    class Meta(DocumentsFilterSet.Meta):
        pass


class ScopedFilesMixin:
    """View mixin: lists the files in scope, whatever collection permissions the user has."""

    def get_base_queryset(self) -> QuerySet[Any]:
        return scope(super().get_base_queryset(), self.request.user)  # type: ignore[misc, attr-defined]


class ScopedImagesView(ScopedFilesMixin, ImageIndexView):
    filterset_class = ScopedImagesFilterSet


class ScopedDocumentsView(ScopedFilesMixin, DocumentIndexView):
    filterset_class = ScopedDocumentsFilterSet


class ScopedImageUsageView(ScopedReferencesMixin, ImageUsageView):
    pass


class ScopedDocumentUsageView(ScopedReferencesMixin, DocumentUsageView):
    pass


class ScopedImageChooseView(ImageChooseView):
    """Image chooser with the tags in scope; the hook limits the images."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tags = find_popular_tags(self.model, self.request.user)
        return {**super().get_context_data(**kwargs), "popular_tags": tags}


class PortalImageSerializer(AdminImageSerializer):
    """Serializer without the address of the original."""

    download_url = None


class PortalImagesAPIViewSet(ImagesAdminAPIViewSet):
    """Wagtail's image API without ``download_url``."""

    base_serializer_class = PortalImageSerializer
    meta_fields = [name for name in ImagesAdminAPIViewSet.meta_fields if name != "download_url"]
    listing_default_fields = [
        name for name in ImagesAdminAPIViewSet.listing_default_fields if name != "download_url"
    ]
    detail_only_fields = [name for name in ImagesAdminAPIViewSet.detail_only_fields if name != "download_url"]


# --- Collections ---------------------------------------------------------------------------------------


class GuardedCollectionForm(CollectionForm):
    def clean_parent(self) -> Collection:
        """Refuse to lose an inherited view restriction while public pages use files of the collection."""
        parent: Collection = super().clean_parent()
        if loses_restriction(self.instance, parent) and has_public_files(self.instance):
            raise ValidationError(
                _(
                    "Ahí cualquiera vería archivos que las páginas públicas muestran solo a algunas "
                    "personas. Elige un lugar igual de reservado."
                )
            )
        return parent


class GuardedCollectionEditView(Edit):
    form_class = GuardedCollectionForm
    pk_url_kwarg = "collection_id"

    def save_instance(self) -> Collection:
        """Save a moved collection again: treebeard sends no signal, and the records need ``post_save``."""
        collection: Collection = super().save_instance()
        if "parent" in self.form.changed_data:
            collection.refresh_from_db()
            collection.save()
        return collection


def loses_restriction(collection: Collection, parent: Collection) -> bool:
    """Check whether an inherited view restriction of ``collection`` would not apply below ``parent``."""
    left = {*ancestor_paths(collection.path)} - {*branch_paths(parent.path)}
    return CollectionViewRestriction.objects.filter(collection__path__in=left).exists()
