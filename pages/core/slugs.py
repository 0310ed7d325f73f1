"""Slugs reserved for the portal's own URLs."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: What ``abierto.urls`` answers before Wagtail's pages, the languages' prefixes and habitual file names.
RESERVED_SLUGS = frozenset(
    {
        "_util",
        "admin",
        "api",
        "borrador",
        "buscar",
        "compromiso",
        "cuenta",
        "django-admin",
        "documents",
        "en",
        "es",
        "es-mx",
        "favicon.ico",
        "historial",
        "media",
        "oto",
        "pei",
        "robots.txt",
        "salud",
        "sesiones",
        "search",
        "sitemap.xml",
        "static",
    }
)


def validate_free_slug(slug: str) -> None:
    """Refuse a reserved slug; for pages directly under the root of a site.

    Raises:
        ValidationError: when the portal has a view at that address.
    """
    if slug.lower() in RESERVED_SLUGS:
        raise ValidationError(
            _("La dirección «%(slug)s» la usa el propio portal. Escribe otra."),
            code="reserved_slug",
            params={"slug": slug},
        )
