"""System checks of the configured languages: own name, catalogue of the portal, ``Locale`` row."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Info, Warning
from django.db import DatabaseError
from wagtail.models import Locale, Page

from pages.core.routing import HOME_DEPTH


def check_languages(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """System check: report the languages without a name and those without a catalogue."""
    named: dict[str, Any] = dict(settings.LANGUAGES)
    unnamed: list[CheckMessage] = [
        Warning(
            f"La lengua «{code}» no tiene nombre: el portal la llama por su código.",
            hint=f"Escríbelo en ABIERTO_LANGUAGES, tras dos puntos: {code}:Nombre, o {code}:Nombre:rtl si se "
            "escribe de derecha a izquierda.",
            id="translations.W001",
        )
        for code, name in named.items()
        if str(name) == code
    ]
    untranslated: list[CheckMessage] = [
        Info(
            f"La lengua «{code}» no tiene catálogo: los textos de las pantallas se muestran en español.",
            hint=f"Cuando exista, ponlo en {settings.LOCALE_PATHS[-1]}/{code}/LC_MESSAGES/django.mo.",
            id="translations.I002",
        )
        for code in settings.ABIERTO_CONTENT_ONLY_LANGUAGES
    ]
    return unnamed + untranslated


def check_locales(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """System check: report the configured languages without a locale, once there are pages."""
    try:
        # Wagtail's migrations create a home page.
        has_pages = bool(databases) and Page.objects.filter(depth__gt=HOME_DEPTH).exists()
        missing = find_missing_locales() if has_pages else []
    except DatabaseError:
        return []
    return [
        Info(
            f"Falta dar de alta la lengua «{code}»: no puede haber páginas en ella.",
            hint="Administración → Ajustes → Lenguas",
            id="translations.I003",
        )
        for code in missing
    ]


def find_missing_locales() -> list[str]:
    """Return the codes of the configured languages without a locale, in their order."""
    known = set(Locale.objects.values_list("language_code", flat=True))
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES if code not in known]
