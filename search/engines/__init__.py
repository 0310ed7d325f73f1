"""The configured search engine. No module outside this package imports a search library."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import SearchEngine
from search.engines.embedded import EmbeddedEngine

from .fallback import FallbackEngine

if TYPE_CHECKING:
    from search.engines.elasticsearch import ElasticsearchEngine

EMBEDDED, ELASTICSEARCH = ENGINES = (EmbeddedEngine.name, "elasticsearch")


def elasticsearch_class() -> type[ElasticsearchEngine]:
    """Import the engine for clusters on first use: the import of its client takes half a second."""
    engine: type[ElasticsearchEngine] = import_module("search.engines.elasticsearch").ElasticsearchEngine
    return engine


def get_engine(name: str = "") -> SearchEngine:
    """Return the configured engine, or the one with this name; one object per process, opened lazily.

    With Elasticsearch, queries fall back to the embedded index of this machine.
    """
    name = name or settings.ABIERTO_SEARCH_ENGINE
    if name not in ENGINES:
        raise ImproperlyConfigured(f"ABIERTO_SEARCH_ENGINE must be one of {ENGINES}, not {name!r}.")
    if name == EMBEDDED:
        return _embedded(str(settings.ABIERTO_INDEX_DIR))
    return _elasticsearch(
        tuple(settings.ABIERTO_ELASTICSEARCH_URLS),
        settings.ABIERTO_ELASTICSEARCH_INDEX,
        str(settings.ABIERTO_INDEX_DIR),
    )


@contextmanager
def scratch_engine(name: str = "") -> Iterator[SearchEngine]:
    """Yield a temporary engine for measurements, and delete its index at the end."""
    if (name or settings.ABIERTO_SEARCH_ENGINE) == EMBEDDED:
        with tempfile.TemporaryDirectory(prefix="abierto-scratch-") as folder:
            yield EmbeddedEngine(Path(folder))
        return
    prefix = f"{settings.ABIERTO_ELASTICSEARCH_INDEX}-scratch-{secrets.token_hex(4)}"
    engine = elasticsearch_class()(settings.ABIERTO_ELASTICSEARCH_URLS, prefix)
    try:
        yield engine
    finally:
        engine.drop()


@lru_cache(maxsize=8)
def _embedded(folder: str) -> SearchEngine:
    return EmbeddedEngine(Path(folder))


@lru_cache(maxsize=8)
def _elasticsearch(urls: tuple[str, ...], prefix: str, folder: str) -> SearchEngine:
    if not urls:
        raise ImproperlyConfigured("ELASTICSEARCH_URL names no server.")
    return FallbackEngine(elasticsearch_class()(urls, prefix), _embedded(folder))
