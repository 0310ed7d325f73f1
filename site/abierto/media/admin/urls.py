"""Our own lists of files at the addresses of Wagtail's, which stay behind them."""

from wagtail.images.views.chooser import ImageChooserViewSet

from abierto.media.models import PortalImage
from abierto.tenancy.admin.urls import admin_path

from . import views

app_name = "media"


class OwnImageChooserViewSet(ImageChooserViewSet):
    """Wagtail's chooser with our first screen; the others are narrowed by the hook and by their ids."""

    choose_view_class = views.OwnImageChooseView


image_chooser = OwnImageChooserViewSet("wagtailimages_chooser", model=PortalImage)

urlpatterns = [
    admin_path("images/", views.OwnImagesView.as_view(), "images"),
    admin_path("images/results/", views.OwnImagesView.as_view(results_only=True), "images_results"),
    admin_path("images/usage/<int:image_id>/", views.OwnImageUsageView.as_view(), "image_usage"),
    admin_path("images/chooser/", image_chooser.choose_view, "choose_image"),
    admin_path("documents/", views.OwnDocumentsView.as_view(), "documents"),
    admin_path("documents/results/", views.OwnDocumentsView.as_view(results_only=True), "documents_results"),
    admin_path("documents/usage/<int:document_id>/", views.OwnDocumentUsageView.as_view(), "document_usage"),
]
