"""System check search.E001: every page type states whether and how the search finds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from wagtail.models import Page, get_page_models

from pages.core.base import BasePage
from pages.core.search import SearchKind


def check_page_types(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Check the search declaration of every concrete page type."""
    return list(declaration_errors(model for model in get_page_models() if model is not Page))


def declaration_errors(models: Iterable[type[Page]]) -> Iterator[CheckMessage]:
    """Yield an error for each page type whose own class does not declare how it is searched."""
    for model in models:
        own, label = vars(model), model._meta.label
        if "search_kind" not in own:
            yield _error(model, f"{label} does not set search_kind; it is not inherited.")
        elif own["search_kind"] is None:
            continue
        elif not isinstance(own["search_kind"], SearchKind):
            yield _error(model, f"{label}.search_kind is not a SearchKind of pages.core.search.")
        elif not issubclass(model, BasePage) or model.search_document is BasePage.search_document:
            yield _error(model, f"{label} sets search_kind without search_document().")


def _error(model: type[Page], message: str) -> CheckMessage:
    hint = "Set search_kind on the class: a SearchKind with search_document(), or None to leave the type out."
    return Error(message, hint=hint, obj=model, id="search.E001")
