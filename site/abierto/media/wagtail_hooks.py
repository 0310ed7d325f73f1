"""Wagtail hooks and isolation policies of the media app."""

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter

from abierto.tenancy.isolation.default_policies import SCOPED, policies_for
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies

from .access import may_download
from .admin.views import PortalImagesAPIViewSet
from .models import PortalDocument

register_policies(
    policies_for(
        (
            "media:choose_image",
            "media:document_usage",
            "media:documents",
            "media:documents_results",
            "media:image_usage",
            "media:images",
            "media:images_results",
        ),
        SCOPED,
    )
)
register_policies(policies_for(("media:edit_collection",), AddressPolicy(Reach.STATE_ONLY)))


@hooks.register("construct_admin_api", order=100)
def replace_image_endpoint(router: WagtailAPIRouter) -> None:
    """Replace Wagtail's image endpoint, which fails on files without an address."""
    router.register_endpoint("images", PortalImagesAPIViewSet)


@hooks.register("before_serve_document")
def check_document_access(document: PortalDocument, request: HttpRequest) -> None:
    """Answer 404 unless public content refers to the document or the visitor may edit it."""
    if not may_download(document, request):
        raise Http404("Este documento no es público.")
