"""The admin's interface for images: originals have no address to give away."""

from wagtail.images.api.admin.serializers import AdminImageSerializer
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet


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
