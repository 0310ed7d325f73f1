"""A page type that nobody can find is a mistake, unless it was decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error
from wagtail.models import Page, get_page_models

from .indexing.documents import EXCLUDED, REGISTRY


def every_page_type_is_declared(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each concrete page type of ours that is neither described nor excluded by name."""
    return undeclared(model for model in get_page_models() if model is not Page)


def undeclared(models: Iterable[type[Page]]) -> list[CheckMessage]:
    """The errors for these page types."""
    return [
        Error(
            f"{model._meta.label} says neither how it is searched nor that it is not.",
            hint="Describe it in search.indexing.descriptions or name it in search.indexing.documents.",
            obj=model,
            id="search.E001",
        )
        for model in models
        if model not in REGISTRY and model._meta.label not in EXCLUDED
    ]
