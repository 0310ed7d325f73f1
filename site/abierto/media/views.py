"""Pictures as pages show them. A production proxy may serve ``/media/images/`` itself, and nothing else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils._os import safe_join
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.documents.views.serve import serve as serve_through_wagtail

ONE_DAY = 86_400


def serve_document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """Answer with a document, without the ``Content-Encoding: None`` that Wagtail writes (``sendfile``)."""
    response = serve_through_wagtail(request, document_id, filename)
    if response.get("Content-Encoding") == "None":
        del response["Content-Encoding"]
    return response


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with one rendition; originals and documents lie elsewhere and have no address."""
    response = serve(request, name, document_root=safe_join(settings.MEDIA_ROOT, "images"))
    response["Cache-Control"] = f"public, max-age={ONE_DAY}"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
