"""Evaluate the search on the judged questions about the demo content, with and without the glossary."""

from pathlib import Path

from wagtail.models import Locale

from search.engines import get_engine
from search.evaluation import evaluate, portal_target
from search.query.service import current_glossary


def measure_judged(folder: Path) -> dict[str, float]:
    """Return nDCG@10 with and without the glossary, over all the questions and over each half."""
    engine, glossary, locale = get_engine(), current_glossary(), Locale.get_default().language_code
    shown = evaluate(folder, portal_target(engine, glossary, locale))
    bare = evaluate(folder, portal_target(engine, glossary, locale, expand=False))
    return {
        "questions": shown.queries,
        "ndcg@10": shown.ndcg_10,
        "without_glossary": bare.ndcg_10,
        **{f"written_{half}": found for half, found in shown.parts.items()},
        "recall@10": shown.recall_10,
    }
