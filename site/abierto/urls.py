"""Root URL configuration.

``pages.core.slugs`` lists the first path segments used here; no page may have one as its slug.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from abierto.accounts.views import collection_password, page_password, redirect_to_login
from abierto.bad_requests.responses import raise_not_found
from abierto.media.views import document, rendition
from abierto.operations.health import alive_view, ready_view
from abierto.operations.metrics import metrics_view
from pages.core.views import serve

from .accounts.admin.views import own_account
from .guest_links.views import view_draft

handler400 = "abierto.bad_requests.responses.bad_request"
handler500 = "abierto.bad_requests.outages.respond_error"

urlpatterns = [
    # There is one login form: these URLs redirect to it and ignore submitted passwords.
    path("admin/login/", redirect_to_login, name="wagtailadmin_login"),
    path("django-admin/login/", redirect_to_login),
    path("admin/account/", own_account, name="wagtailadmin_account"),
    # Replaces Wagtail's page that raises an error on purpose.
    path("admin/failwhale/", raise_not_found),
    path("admin/", include("abierto.tenancy.admin.urls")),
    path("admin/", include("abierto.media.admin.urls")),
    path("admin/", include("abierto.approval.conflicts.translations")),
    path("admin/", include("abierto.translations.overridden_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/authenticate_with_password/<int:restriction>/", collection_password),
    re_path(r"^documents/(?P<document_id>\d+)/(?P<document_filename>.*)$", document),
    path("documents/", include(wagtaildocs_urls)),
    re_path(r"^media/images/(?P<name>[\w.-]+)$", rendition, name="rendition"),
    path("salud/", alive_view, name="health"),
    path("salud/listo/", ready_view, name="ready"),
    path("salud/metricas", metrics_view, name="metrics"),
    path("borrador/<str:token>/", view_draft, name="view_draft"),
    path("api/v1/", include("abierto.opendata.api.urls")),
    path("datos/", include("abierto.opendata.urls")),
    path("", include("pages.sharing.urls")),
    *i18n_patterns(
        path("cuenta/", include("abierto.accounts.urls")),
        path("_util/login/", redirect_to_login, name="wagtailcore_login"),
        path("_util/authenticate_with_password/<int:restriction>/<int:page>/", page_password),
        path("datos/", include("abierto.opendata.page_urls")),
        path("buscar/", include("search.web.urls")),
        path("", include("pages.urls")),
        re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
