"""Files as readers get them. Every one is asked about each time: no proxy may hand them out on its own."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils._os import safe_join
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.documents.views.serve import serve as serve_document

from .access import is_public_file, may_see
from .models import PortalRendition

ONE_MINUTE = 60
FOR_EVERYBODY = f"public, max-age={ONE_MINUTE}, must-revalidate"
FOR_THIS_VISITOR = "private, no-store"
ASKED_EACH_TIME = "private, no-cache"


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with a rendition while public content shows its image, or to people who may work with it."""
    found = PortalRendition.objects.filter(file=f"images/{name}").select_related("image").first()
    if found is None:
        raise Http404
    is_public = is_public_file(found.image)
    if not is_public and not may_see(found.image, request):
        raise Http404
    response = serve(request, name, document_root=safe_join(settings.MEDIA_ROOT, "images"))
    response["Cache-Control"] = FOR_EVERYBODY if is_public else FOR_THIS_VISITOR
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def document(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponseBase:
    """Answer with a document as Wagtail does; no cache keeps it without asking again.

    Wagtail's ``sendfile`` writes ``Content-Encoding: None`` where the type of a file names no encoding.
    """
    response: HttpResponseBase = serve_document(request, document_id, document_filename)
    if response.get("Content-Encoding") == "None":
        del response["Content-Encoding"]
    response["Cache-Control"] = ASKED_EACH_TIME
    return response
