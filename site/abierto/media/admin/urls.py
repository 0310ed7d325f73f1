"""URLs of the views that replace Wagtail's of images, documents and collections at the same paths."""

from wagtail.images.views.chooser import ImageChooserViewSet

from abierto.media.models import PortalImage
from abierto.tenancy.admin.urls import admin_path

from . import views

app_name = "media"


class ScopedImageChooserViewSet(ImageChooserViewSet):
    """Wagtail's chooser with a scoped choose view; a hook and the id checks limit its other views."""

    choose_view_class = views.ScopedImageChooseView


image_chooser = ScopedImageChooserViewSet("wagtailimages_chooser", model=PortalImage)

urlpatterns = [
    admin_path("images/", views.ScopedImagesView.as_view(), "images"),
    admin_path("images/results/", views.ScopedImagesView.as_view(results_only=True), "images_results"),
    admin_path("images/usage/<int:image_id>/", views.ScopedImageUsageView.as_view(), "image_usage"),
    admin_path("images/chooser/", image_chooser.choose_view, "choose_image"),
    admin_path("documents/", views.ScopedDocumentsView.as_view(), "documents"),
    admin_path(
        "documents/results/", views.ScopedDocumentsView.as_view(results_only=True), "documents_results"
    ),
    admin_path(
        "documents/usage/<int:document_id>/", views.ScopedDocumentUsageView.as_view(), "document_usage"
    ),
    admin_path(
        "collections/<int:collection_id>/", views.GuardedCollectionEditView.as_view(), "edit_collection"
    ),
]
