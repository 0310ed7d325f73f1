"""Translations in Wagtail's admin."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from . import isolation, urls  # noqa: F401 (registers the policies)
from .side_by_side import show_side_by_side


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of translations."""
    return [path("traducciones/", include(urls, namespace="translations"))]


hooks.register("review_components", show_side_by_side)
