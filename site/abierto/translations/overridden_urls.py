"""URL patterns that replace those of wagtail-localize with the same paths, and so must precede them."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from .views import stop, upload_po

urlpatterns = [
    path(
        "localize/translate/<int:translation_id>/pofile/upload/",
        require_admin_access(upload_po),
        name="translations_upload_po",
    ),
    path(
        "localize/translate/<int:translation_id>/disable/",
        require_admin_access(stop),
        name="translations_stop",
    ),
]
