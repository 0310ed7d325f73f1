"""Optional reranking of the first results by a model that scores texts against the query.

Off by default (decision 26 has its gain and cost). A deployment installs the model and names a class in
``ABIERTO_SEARCH_RERANKER``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from search.engines.base import EngineHit, SearchEngine

MAX_RERANKED = 20


class Reranker(Protocol):
    """Scores passages by how well they answer a question. One object for each process."""

    def score(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """Return one score for each passage, higher for better; at most `MAX_RERANKED` are given."""


def rerank(
    reranker: Reranker, question: str, groups: Sequence[EngineHit], engine: SearchEngine
) -> list[EngineHit]:
    """Return the groups, the first `MAX_RERANKED` in the order of their scores."""
    first, rest = groups[:MAX_RERANKED], groups[MAX_RERANKED:]
    texts = [f"{fields.get('title', '')}. {fields.get('src', '')}" for fields in engine.stored(first)]
    scores = reranker.score(question, texts) if texts else ()
    ranked = sorted(zip(scores, first, strict=True), key=lambda pair: -pair[0])  # stable: ties stay in order
    return [*(hit for _score, hit in ranked), *rest]


def configured_reranker() -> Reranker | None:
    """Return the reranker of the portal; None if there is none."""
    return _load(settings.ABIERTO_SEARCH_RERANKER) if settings.ABIERTO_SEARCH_RERANKER else None


@lru_cache(maxsize=1)
def _load(path: str) -> Reranker:
    try:
        reranker: Reranker = import_string(path)()
    except ImportError as error:
        raise ImproperlyConfigured(f"ABIERTO_SEARCH_RERANKER cannot be loaded: {error}") from error
    return reranker
