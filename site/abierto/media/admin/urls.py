"""Our own lists of files at the addresses of Wagtail's, which stay behind them."""

from wagtail.images.views.chooser import ImageChooserViewSet

from abierto.media.models import PortalImage
from abierto.tenancy.admin.urls import guarded

from . import views

app_name = "media"


class OwnImageChooserViewSet(ImageChooserViewSet):
    """Wagtail's chooser with our first screen; the others are narrowed by the hook and by their ids."""

    choose_view_class = views.OwnImageChooseView


image_chooser = OwnImageChooserViewSet("wagtailimages_chooser", model=PortalImage)

urlpatterns = [
    guarded("images/", views.OwnImagesView.as_view(), "images"),
    guarded("images/results/", views.OwnImagesView.as_view(results_only=True), "images_results"),
    guarded("images/usage/<int:image_id>/", views.OwnImageUsageView.as_view(), "image_usage"),
    guarded("images/chooser/", image_chooser.choose_view, "choose_image"),
    guarded("documents/", views.OwnDocumentsView.as_view(), "documents"),
    guarded("documents/results/", views.OwnDocumentsView.as_view(results_only=True), "documents_results"),
    guarded("documents/usage/<int:document_id>/", views.OwnDocumentUsageView.as_view(), "document_usage"),
]
