"""The engine that the settings name. Nothing above this package imports a search library."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import SearchEngine
from search.engines.embedded import EmbeddedEngine


def get_engine() -> SearchEngine:
    """The portal's engine: one object per process and folder, opened at its first question."""
    return _engine(settings.ABIERTO_SEARCH_ENGINE, str(settings.ABIERTO_INDEX_DIR))


@lru_cache(maxsize=8)
def _engine(name: str, folder: str) -> SearchEngine:
    if name != "embedded":
        raise ImproperlyConfigured(f'ABIERTO_SEARCH_ENGINE must be "embedded", not {name!r}.')
    return EmbeddedEngine(Path(folder))
