"""Find the mentions of persons in a text, also without accents, in capitals, or by surname only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..detectors.people import GIVEN_NAMES
from ..prepared_text import PreparedText

TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
PARTICLES = frozenset({"de", "del", "la", "las", "los", "y", "e", "van", "von", "da"})
SHORT_FORMS = {"ma": "maria", "mª": "maria", "gpe": "guadalupe", "fco": "francisco", "fca": "francisca"}
TITLES = frozenset(
    re.split(
        r"\s+",
        "lic licenciado licenciada sr sra srita senor senora c ciudadano ciudadana dr dra doctor doctora ing "
        "don dona profr profra mtro mtra el la los las al del de por contra",
    )
)
"""Capitalized words that may precede a single surname."""

FEWEST_FOR_TWO_GIVEN_NAMES = 4
GAP = re.compile(r"[ \t]*\n?[ \t]*")
GAP_OF_SHORT_FORM = re.compile(r"\.?[ \t]*")
INITIALS = re.compile(r"(?:[A-ZÁÉÍÓÚÑ]\.[ \t]?)+$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case without accents, with its offsets in the text."""

    word: str
    start: int
    end: int
    is_capital: bool


@dataclass(eq=False)
class NamedPerson:
    """The words of the name of a person, and which of them are surnames."""

    words: frozenset[str]
    surnames: frozenset[str] = field(default_factory=frozenset)

    def is_named_by(self, words: Iterable[str]) -> bool:
        return self.words.issuperset(words)


def read_tokens(prepared: PreparedText) -> list[Token]:
    """Return the words of a normalized text."""
    return [
        Token(prepared.folded[match.start() : match.end()], *match.span(), match[0][0].isupper())
        for match in TOKEN.finditer(prepared.text)
    ]


def name_words(name: str) -> list[str]:
    """Return the distinctive words of a name, without particles and initials."""
    words = [token.word for token in read_tokens(PreparedText(name))]
    long_forms = (SHORT_FORMS.get(word, word) for word in words)
    return [word for word in long_forms if len(word) > 1 and word not in PARTICLES]


def find_surnames(words: list[str]) -> frozenset[str]:
    """Return the surnames of a full name; a single word is its own surname."""
    given = 0
    while given < len(words) - 1 and words[given] in GIVEN_NAMES:
        given += 1
    if given == 0:
        given = 2 if len(words) >= FEWEST_FOR_TWO_GIVEN_NAMES else 1
    return frozenset(words[min(given, len(words) - 1) :])


def list_people(names: Iterable[str]) -> list[NamedPerson]:
    """Return the persons with these names; a name that is part of another one is the same person."""
    people: list[NamedPerson] = []
    for words in sorted(filter(None, map(name_words, names)), key=len, reverse=True):
        if not any(person.is_named_by(words) for person in people):
            people.append(NamedPerson(frozenset(words), find_surnames(words)))
    return people


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a text that names a person; several persons if it is ambiguous."""

    start: int
    end: int
    people: tuple[NamedPerson, ...]


def find_mentions(prepared: PreparedText, people: list[NamedPerson]) -> list[Mention]:
    """Return the mentions of ``people`` in a text."""
    known = frozenset().union(*(person.words for person in people)) if people else frozenset()
    tokens = read_tokens(prepared)
    mentions, index = [], 0
    while index < len(tokens):
        size, named = (
            match_longest(prepared, tokens, index, people) if is_known(tokens[index], known) else (0, ())
        )
        run = tokens[index : index + size]
        if named and is_mention(prepared, tokens, index, size, named):
            start = run[0].start - len(initials_before(prepared, run[0].start))
            mentions.append(Mention(start, run[-1].end, named))
        index += max(size, 1)
    return mentions


def is_known(token: Token, known: frozenset[str]) -> bool:
    return token.is_capital and SHORT_FORMS.get(token.word, token.word) in known


def match_longest(
    prepared: PreparedText, tokens: list[Token], index: int, people: list[NamedPerson]
) -> tuple[int, tuple[NamedPerson, ...]]:
    """Return the length of the longest name at ``index`` in words, and the persons with that name."""
    words, best = set(), (0, tuple[NamedPerson, ...]())
    for size, token in enumerate(tokens[index:], start=1):
        if size > 1 and not are_joined(prepared, tokens[index + size - 2], token):
            break
        if size > 1 and token.word in PARTICLES:
            continue
        words.add(SHORT_FORMS.get(token.word, token.word))
        named = tuple(person for person in people if person.is_named_by(words)) if token.is_capital else ()
        if not named:
            break
        best = (size, named)
    return best


def are_joined(prepared: PreparedText, left: Token, right: Token) -> bool:
    """Check that only white space, or the period of a short form, separates two words of a name."""
    gap = GAP_OF_SHORT_FORM if left.word in SHORT_FORMS or len(left.word) == 1 else GAP
    return gap.fullmatch(prepared.text, left.end, right.start) is not None


def is_mention(
    prepared: PreparedText, tokens: list[Token], index: int, size: int, named: tuple[NamedPerson, ...]
) -> bool:
    """Check that words are a mention: two or more are, a single one only if it is a separate surname."""
    if size > 1:
        return True
    token = tokens[index]
    if not any(token.word in person.surnames for person in named):
        return False
    is_in_capitals = prepared.text[token.start : token.end].isupper()
    before = tokens[index - 1] if index else None
    if before and prepared.text[before.end : token.start].isspace() and is_other_name(before, is_in_capitals):
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    follows = after is not None and prepared.text[token.end : after.start] == " "
    return not (follows and after is not None and after.is_capital and not is_in_capitals)


def is_other_name(before: Token, is_in_capitals: bool) -> bool:
    """Check whether the word before a surname shows that another person or thing is meant."""
    if before.word in TITLES or not before.is_capital:
        return False
    return before.word in GIVEN_NAMES or not is_in_capitals


def initials_before(prepared: PreparedText, start: int) -> str:
    found = INITIALS.search(prepared.text, max(0, start - 8), start)
    return found[0] if found and not prepared.text[: found.start()][-1:].isalnum() else ""
