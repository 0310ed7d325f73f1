"""Slugs of pages: proposed from a title, and those reserved for the portal's own URLs."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import find_available_slug, string_to_ascii
from wagtail.models import Page

#: The length to which a proposed slug is cut, at a word; what an editor types may be longer.
MAX_LENGTH = 60
# Articles, prepositions and conjunctions. The search's list has words that tell pages apart («quiénes
# somos», «estado»). One letter is a stop word in lower case only: «Estrategia A».
STOP_WORDS = (
    re.compile(
        r"(?<!\S)(?:al|ante|bajo|con|de|del|desde|el|en|entre|hacia|hasta|la|las|lo|los|ni|para|por|que|se|"
        r"según|sobre|su|sus|tras|un|una|unas|uno|unos)(?!\S)\s*",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\S)[aeouy](?!\S)\s*"),
)
# Without these, «2027–2029» would become «20272029», and an accent typed into the field would take its
# letter with it.
SEPARATORS = (re.compile('[–—‒―/·.,:;…|()«»"“”¿?¡!]+'), " ")
ACCENTS = tuple(
    (re.compile(f"[{accented}]", re.IGNORECASE), plain)
    for plain, accented in {"a": "áàäâ", "e": "éèëê", "i": "íìïî", "o": "óòöô", "u": "úùüû", "n": "ñ"}.items()
)
LONG_TEXT = re.compile(rf"^(?=.{{{MAX_LENGTH + 1}}})(.{{1,{MAX_LENGTH}}})(?=\s).*$")

#: The same rules for Wagtail's slug field, which proposes while the title is typed.
SLUG_FORMATTERS = [SEPARATORS, *((pattern, "") for pattern in STOP_WORDS), *ACCENTS, (LONG_TEXT, "$1")]

#: The depth of a home page in the tree; the first part of an address is the slug of a page under one.
HOME_DEPTH = 2
#: What ``abierto.urls`` answers before Wagtail's pages, the languages' prefixes and habitual file names.
RESERVED_SLUGS = frozenset(
    {
        *("es", "en", "oto"),
        *(code for code, _name in settings.LANGUAGES),
        ".well-known",
        "_util",
        "admin",
        "api",
        "borrador",
        "buscar",
        "cambios",
        "colores",
        "compartir",
        "compromiso",
        "cuenta",
        "datos",
        "django-admin",
        "documents",
        "favicon.ico",
        "glosario",
        "historial",
        "instituciones",
        "manifest.webmanifest",
        "media",
        "pei",
        "pruebas",
        "robots.txt",
        "salud",
        "search",
        "sentencia",
        "sesiones",
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


def make_slug(text: str) -> str:
    """Return a slug in ASCII, without stop words, cut after a word; empty if ``text`` has no letters."""
    separator, space = SEPARATORS
    separated = meaningful = separator.sub(space, text).strip()
    for pattern in STOP_WORDS:
        meaningful = pattern.sub("", meaningful)
    plain = string_to_ascii(meaningful.strip() or separated)
    return slugify(LONG_TEXT.sub(r"\1", plain))[:MAX_LENGTH].strip("-_")


def propose_slug(page: Page, title: str, parent: Page) -> str:
    """Return a slug for ``page`` under ``parent``: from ``title``, free among its siblings."""
    type_name = make_slug(str(page._meta.verbose_name))
    slug = make_slug(title) or type_name
    if parent.depth <= HOME_DEPTH and slug in RESERVED_SLUGS:
        slug = f"{type_name}-{slug}"
    return str(find_available_slug(parent, slug, ignore_page_id=page.pk))
