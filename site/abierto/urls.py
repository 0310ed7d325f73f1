"""The portal's addresses.

``abierto.tenancy.slugs`` lists the first words taken here: no page may sit under them.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from abierto.accounts.admin.account import own_account
from abierto.accounts.views import to_the_door
from abierto.media.views import document, rendition
from abierto.operations.health import health
from abierto.reviewing.views.guests import guest_reading

urlpatterns = [
    # One door: every other place that takes a password leads to it, unread.
    path("admin/login/", to_the_door, name="wagtailadmin_login"),
    path("django-admin/login/", to_the_door),
    path("admin/account/", own_account, name="wagtailadmin_account"),
    path("admin/", include("abierto.tenancy.reports")),
    path("admin/", include("abierto.editorial.collisions.translations")),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(?P<document_id>\d+)/(?P<document_filename>.*)$", document),
    path("documents/", include(wagtaildocs_urls)),
    re_path(r"^media/images/(?P<name>[\w.-]+)$", rendition, name="rendition"),
    path("salud/", health, name="health"),
    path("borrador/<str:token>/", guest_reading, name="guest_reading"),
    *i18n_patterns(
        path("cuenta/", include("abierto.accounts.urls")),
        path("_util/login/", to_the_door, name="wagtailcore_login"),
        path("buscar/", include("search.urls")),
        path("", include("pages.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
