"""Measure the review of plain Spanish: score and findings of 10,000 words of the demo content."""

import re
import statistics
import time
import tomllib
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

from abierto.language.review import review_text
from abierto.language.syllables import count_syllables, read_token

CONTENT = Path(__file__).resolve().parents[1] / "site" / "abierto" / "demo" / "content"
WORDS = 10_200  # by spaces; the tokens are some fewer
TEXT_WORDS = 8
LIMIT_MS = 100


def measure_readability(rounds: int) -> dict[str, Any]:
    """Return the processor time of a review with empty and filled caches, against finding the words."""
    text = sample_text()
    review = review_text(text)
    cold, warm, baseline = [], [], []
    for _ in range(rounds):
        baseline.append(milliseconds(lambda: [len(word) for word in re.findall(r"\w+", text)]))
        for cached in (read_token, count_syllables):
            cached.cache_clear()
        cold.append(milliseconds(lambda: review_text(text)))
        warm.append(milliseconds(lambda: review_text(text)))
    return {
        "words": review.score.words,
        "findings": len(review.findings),
        "cold_ms": round(statistics.median(cold), 1),
        "warm_ms": round(statistics.median(warm), 1),
        "limit_ms": LIMIT_MS,
        "times_finding_the_words": round(statistics.median(warm) / statistics.median(baseline), 1),
    }


def milliseconds(action: Callable[[], object]) -> float:
    """Return the processor time that an action takes: others on the machine do not lengthen it."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def sample_text() -> str:
    """Return the texts of the demo content, a paragraph each, until they have enough words."""
    texts = [text for path in sorted(CONTENT.glob("*.toml")) for text in find_texts(path)]
    lines, words = [], 0
    for text in cycle(texts):
        lines.append(text)
        words += len(text.split())
        if words >= WORDS:
            return "\n".join(lines)
    raise ValueError("The demo content has no text.")


def find_texts(path: Path) -> Iterator[str]:
    """Yield the texts of a content file that are long enough to be sentences."""
    pending: list[Any] = [tomllib.loads(path.read_text(encoding="utf-8"))]
    while pending:
        value = pending.pop()
        if isinstance(value, dict | list):
            pending += value.values() if isinstance(value, dict) else value
        elif isinstance(value, str) and len(value.split()) > TEXT_WORDS:
            yield value
