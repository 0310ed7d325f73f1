"""A large archive of generated pages, equal in every process: documents from words that are analysed once.

The words and their frequencies are those of `Corpus`. `build_documents` analyses every passage anew, which
takes 1.4 ms of processor time; here a passage takes a fifth of that, and `find_difference` checks that the
documents are the same.
"""

import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from abierto.registry.enums import PriorityGroup
from bench.corpus import LOCALE, WORDS, Corpus
from pages.core.search import Passage, SearchContent, SearchKind
from pages.rulings.enums import Finality, Matter, RulingOutcome
from search.indexing.schema import PAGE_STEMS, Document, build_documents, page_token
from search.query.analysis import exact_tokens, grams, stems

PASSAGES_OF_A_PAGE = 5  # on average
TITLE_WORDS = 6
SPACES, PLANS, AXES, TRIBUNALS, INSTITUTIONS, GOALS = 46, 12, 7, 9, 3_000, 17
MATTERS = [str(label).lower() for label in Matter.labels]
GROUPS = [str(label) for label in PriorityGroup.labels]
VERSIONS: tuple[tuple[str, ...], ...] = (("plain",), (), ("plain", "infographic"), ("plain", "easy"))
FIRST_DAY, DAYS = date(2011, 1, 1), 15 * 365
COMPARED = ("text", "name", "plain", "ng", "exact", "page", "src", "title", "url", "year", "date")
KINDS = (
    SearchKind.RULING,
    SearchKind.RULING,
    SearchKind.RULING,
    SearchKind.COMMITMENT,
    SearchKind.UPDATE,
    SearchKind.REPORT,
    SearchKind.SESSION,
)
STATUSES = ("in_progress", "ended", "concluded", "proposal")


@dataclass(frozen=True, slots=True)
class AnalysedWord:
    """One word of the vocabulary with its tokens in the fields of a document."""

    written: str
    exact: tuple[str, ...]
    stems: tuple[str, ...]
    grams: tuple[str, ...]


type Words = list[AnalysedWord]


def analyse_word(written: str) -> AnalysedWord:
    """Return the tokens of one word."""
    exact = exact_tokens(written)
    return AnalysedWord(written, tuple(exact), tuple(stems(exact)), tuple(grams(exact)))


class SyntheticArchive:
    """Pages with one to nine passages, a day in fifteen years, and a value of every facet.

    Most pages are rulings; few institutions are common and many are rare.
    """

    def __init__(self) -> None:
        corpus = Corpus()
        self.words = [analyse_word(word) for word in corpus.vocabulary]
        self.cumulative = corpus.cumulative

    def documents(self, first: int, last: int) -> Iterator[Document]:
        """Yield the documents of pages ``first`` to ``last``, excluding it."""
        for page in range(first, last):
            yield from self._documents_of(page)

    def find_difference(self, page: int) -> str:
        """Return the first field that differs from the portal's own document; empty if none does."""
        for ours, theirs in zip(
            self._documents_of(page), build_documents(self._describe(page)[0]), strict=True
        ):
            for name in COMPARED:
                if getattr(ours, name) != getattr(theirs, name):
                    return f"{name}: {getattr(ours, name)!r} is not {getattr(theirs, name)!r}"
        return ""

    def _describe(self, page: int) -> tuple[SearchContent, Words, list[Words]]:
        """Return the content of a page, the words of its title and those of each passage."""
        chance = random.Random(page)
        title, *parts = (
            chance.choices(self.words, cum_weights=self.cumulative, k=words)
            for words in (TITLE_WORDS, *[WORDS] * (1 + page % 9))
        )
        rare = int(chance.paretovariate(0.8))
        content = SearchContent(
            [Passage(_written(words), anchor=f"p{part}") for part, words in enumerate(parts)],
            group=page,
            kind=KINDS[page % len(KINDS)],
            locale=LOCALE,
            title=_written(title),
            url=f"/p/{page}/",
            day=FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
            space=f"espacio-{page % SPACES}",
            municipality=f"Municipio {page % SPACES}",
            plan=f"plan-{page % PLANS}",
            axis=f"plan-{page % PLANS}.{page % AXES}",
            status=STATUSES[page % len(STATUSES)],
            institution=(f"Institución {rare % INSTITUTIONS}",),
            tribunal=f"Tribunal {page % TRIBUNALS}",
            matter=MATTERS[rare % len(MATTERS)],
            gender="yes" if page % 5 == 0 else "",
            audience=(GROUPS[rare % len(GROUPS)],) if page % 4 == 0 else (),
            finality=Finality.values[rare % len(Finality.values)],
            ruling_outcome=RulingOutcome.values[page % len(RulingOutcome.values)],
            sdg=(str(1 + page % GOALS),),
            versions=VERSIONS[page % len(VERSIONS)],
        )
        return content, title, parts

    def _documents_of(self, page: int) -> list[Document]:
        content, title, parts = self._describe(page)
        # The values of the page come from the portal itself, from a page without text.
        (empty,) = build_documents(replace(content, passages=[Passage("")], title="x"))
        documents = []
        for part, words in enumerate(parts):
            whole = [*title, *words]
            documents.append(
                replace(
                    empty,
                    id=f"{page}.{part}",
                    part=part,
                    parts=len(parts),
                    text=" ".join(one for word in whole for one in word.stems),
                    name=" ".join(one for word in title for one in word.stems),
                    ng=" ".join(one for word in whole for one in word.grams),
                    exact=" ".join(one for word in whole for one in word.exact),
                    src=_written(words),
                    title=content.title,
                    url=f"{content.url}#p{part}",
                    page="",
                )
            )
        documents[0] = replace(documents[0], page=_page_field(documents))
        return [replace(one, mark=zlib.crc32(one.text.encode())) for one in documents]


def _written(words: Words) -> str:
    return " ".join(word.written for word in words) + "."


def _page_field(documents: list[Document]) -> str:
    return " ".join(
        sorted(
            {
                page_token(name, stem)
                for one in documents
                for name in PAGE_STEMS
                for stem in getattr(one, name).split()
            }
        )
    )
