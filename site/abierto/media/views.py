"""Views that serve files; each request is checked, so shared caches must revalidate."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils._os import safe_join
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.documents.views.serve import serve as serve_document

from .access import is_public_file, may_view
from .models import PortalRendition

ONE_MINUTE = 60
PUBLIC_CACHING = f"public, max-age={ONE_MINUTE}, must-revalidate"
NO_CACHING = "private, no-store"
REVALIDATE = "private, no-cache"


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a rendition while its image is public, or to its editors."""
    found = PortalRendition.objects.filter(file=f"images/{name}").select_related("image").first()
    if found is None:
        raise Http404
    is_public = is_public_file(found.image)
    if not is_public and not may_view(found.image, request):
        raise Http404
    response = serve_rendition(request, found)
    response["Cache-Control"] = PUBLIC_CACHING if is_public else NO_CACHING
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def serve_rendition(request: HttpRequest, found: PortalRendition) -> HttpResponseBase:
    """Respond with the file from a folder, or from a bucket with its SHA-256 as its tag."""
    storage, name = found.file.storage, found.file.name
    if isinstance(storage, FileSystemStorage):
        folder, _slash, file_name = name.rpartition("/")
        return serve(request, file_name, document_root=safe_join(settings.MEDIA_ROOT, folder))
    known = get_conditional_response(request, etag=f'"{found.sha256}"')
    if known is not None:
        return known
    try:
        response = FileResponse(storage.open(name))
    except FileNotFoundError as error:
        raise Http404 from error
    response.headers["ETag"] = f'"{found.sha256}"'
    return response


def document(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponseBase:
    """Serve a document through Wagtail's view; caches must revalidate.

    Wagtail's ``sendfile`` sets ``Content-Encoding: None`` for types without an encoding.
    """
    response: HttpResponseBase = serve_document(request, document_id, document_filename)
    if response.get("Content-Encoding") == "None":
        del response["Content-Encoding"]
    response["Cache-Control"] = REVALIDATE
    return response
