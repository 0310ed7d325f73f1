"""Whether everything public was approved by somebody."""

from collections.abc import Iterator

from django.apps import apps
from wagtail.models import Page

from abierto.editorial.ledger.audit import unapproved_live
from abierto.editorial.mixins import FourEyesMixin
from abierto.editorial.triggers import installation

from .findings import Finding

FIX_TRIGGER = "Ejecuta: manage.py migrate"
FIX = "Retírala de lo público, revisa quién la cambió y pide su aprobación."


def unapproved() -> Iterator[Finding]:
    """Yield live content that nobody approved as it is now."""
    for found in unapproved_live():
        yield Finding(f"«{found.title}» ({found.model} {found.pk}) es pública sin aprobación.", FIX)


def unguarded() -> Iterator[Finding]:
    """Yield live pages of types that are not under four eyes, such as the one Wagtail itself brings."""
    guarded = [
        model
        for model in apps.get_models()
        if issubclass(model, Page) and issubclass(model, FourEyesMixin) and not model._meta.proxy
    ]
    pages = Page.objects.live().filter(depth__gt=1).not_type(*guarded)
    for page in pages.order_by("path"):
        yield Finding(f"«{page.title}» (página {page.pk}) es de un tipo que no pasa por revisión.", FIX)


def live_without_revision() -> Iterator[Finding]:
    """Yield live pages that no version accounts for: a publication that was cut short."""
    pages = Page.objects.live().filter(depth__gt=1, live_revision__isnull=True, alias_of__isnull=True)
    for page in pages.order_by("path"):
        yield Finding(f"«{page.title}» (página {page.pk}) es pública y no dice en qué versión.", FIX)


def aliases_of_drafts() -> Iterator[Finding]:
    """Yield live aliases of pages that are not public."""
    for page in Page.objects.live().filter(alias_of__live=False).order_by("path"):
        yield Finding(f"«{page.title}» (página {page.pk}) repite una página que no es pública.", FIX)


def missing_triggers() -> Iterator[Finding]:
    """Yield the triggers of the last net that the database lacks, or does not obey."""
    for name in installation.missing():
        yield Finding(f"La base de datos no tiene el disparador {name}: nada la detendría.", FIX_TRIGGER)
