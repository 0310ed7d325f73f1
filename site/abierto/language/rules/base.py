"""Base classes of the rules of clear writing, and their matches."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import ClassVar

from ..texts import Text
from ..vocabulary import PhraseIndex
from ..word_lists import SHIPPED, WordLists


class Severity(Enum):
    """How much a finding matters: advice may be left, a warning should be read."""

    ADVICE = "consejo"
    WARNING = "aviso"


@dataclass(frozen=True, slots=True)
class Match:
    """A place that breaks a rule: offsets in code points, end exclusive."""

    start: int
    end: int
    suggestion: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)


class Rule(ABC):
    """A rule of clear writing.

    ``message`` is Spanish and says what to do; its ``%(name)s`` are filled with the values of a
    match. ``source`` is a key of ``data/sources.toml``.
    """

    code: ClassVar[str]
    severity: ClassVar[Severity]
    source: ClassVar[str]
    message: ClassVar[str]
    #: Whether the editor marks a match in the text; matches of a whole text or paragraph are only listed.
    is_marked: ClassVar[bool] = True


class TextRule(Rule):
    """A rule that reads running text."""

    @abstractmethod
    def find(self, text: Text) -> Iterator[Match]:
        """Yield the places that break the rule, in their order."""


class PhraseRule(TextRule):
    """A rule with a list of phrases and what to write instead."""

    phrases: ClassVar[str]

    def find(self, text: Text) -> Iterator[Match]:
        return self.find_listed(text, SHIPPED)

    def find_listed(self, text: Text, lists: WordLists) -> Iterator[Match]:
        """Yield the phrases of the edited list of the rule."""
        return find_phrases(lists.index(self.phrases), text)


def find_phrases(index: PhraseIndex, text: Text) -> Iterator[Match]:
    """Yield the phrases of ``index`` in a text, without overlaps."""
    words, spans, first_words, position = text.words, text.spans, index.by_first, 0
    for i, word in enumerate(words):
        if i < position or word not in first_words:
            continue
        phrase = index.match(words, i)
        last = i + len(phrase.rest) if phrase else i
        if phrase and all(text.are_adjacent(between) for between in range(i, last)):
            yield Match(spans[i][0], spans[last][1], phrase.plain, {"plain": phrase.plain})
            position = last + 1
