"""Generated passages, equal on every run: the words of the demo content with the word frequencies of prose.

Real passages are not available by the hundred thousand, and repeated ones would flatter every engine. Word
frequencies follow Zipf's law over ``VOCABULARY`` words: those of the content first, then made-up words of its
syllables, so that stems, 4-grams and postings have the numbers and lengths of a real archive.
"""

import itertools
import random
import re
from bisect import bisect
from collections.abc import Iterator
from pathlib import Path

from pages.core.search import Passage, SearchContent, SearchKind
from search.indexing.schema import Document, build_documents

CONTENT = Path(__file__).resolve().parents[1] / "site/abierto/demo/content"
VOCABULARY, WORDS, PASSAGES_PER_PAGE, SPACES = 60_000, 90, 5, 46
LOCALE = "es-mx"
KINDS = (SearchKind.COMMITMENT, SearchKind.UPDATE, SearchKind.REPORT, SearchKind.SESSION, SearchKind.STANDARD)
WORD = re.compile(r"[^\W\d_]{3,}")


class Corpus:
    """A vocabulary that is the same for every seed, and passages and questions built from it."""

    def __init__(self, seed: int = 2026) -> None:
        self.random = random.Random(2026)
        self.vocabulary = self._vocabulary()
        self.random.seed(seed)
        weights = (1 / rank for rank in range(2, len(self.vocabulary) + 2))
        self.cumulative = list(itertools.accumulate(weights))

    def documents(self, passages: int) -> Iterator[Document]:
        """Yield ``passages`` documents, a few to a page, each page in one of the spaces."""
        for page in range(1, passages // PASSAGES_PER_PAGE + 1):
            body = [Passage(self.text(WORDS), anchor=f"p{part}") for part in range(PASSAGES_PER_PAGE)]
            yield from build_documents(
                SearchContent(
                    group=page,
                    kind=KINDS[page % len(KINDS)],
                    locale=LOCALE,
                    title=self.text(6),
                    url=f"/p/{page}/",
                    passages=body,
                    space=f"espacio-{page % SPACES}",
                    plan=f"plan-{page % 12}",
                    axis=f"plan-{page % 12}.{page % 7}",
                )
            )

    def questions(self, count: int) -> list[str]:
        """Return questions of one to eight words, with the word frequencies of the passages."""
        return [self.text(1 + number % 8) for number in range(count)]

    def text(self, words: int) -> str:
        """Return a text of that many words by their frequency."""
        last = self.cumulative[-1]
        ranks = (bisect(self.cumulative, self.random.random() * last) for _ in range(words))
        return " ".join(self.vocabulary[rank] for rank in ranks) + "."

    def _vocabulary(self) -> list[str]:
        texts = (path.read_text(encoding="utf-8").lower() for path in sorted(CONTENT.glob("*.toml")))
        known = list(dict.fromkeys(word for text in texts for word in WORD.findall(text)))
        self.random.shuffle(known)
        made: dict[str, None] = dict.fromkeys(known)
        while len(made) < VOCABULARY:
            first, second = self.random.choice(known), self.random.choice(known)
            made[first[: self.random.randint(2, 5)] + second[-self.random.randint(3, 6) :]] = None
        return list(made)
