"""Editable lists of phrases: additions to the shipped lists of ``data/``, and removals from them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from .vocabulary import PhraseIndex, load, phrase_index

EDITABLE = ("legal_words", "empty_verbs", "latin")
MAX_LINES = 1_000
MAX_LENGTH = 120
LETTERS = r"[^\W\d_]+(?:-[^\W\d_]+)*"
PART = rf"(?:{LETTERS}|\{{{LETTERS}(?:ar|er|ir)\}}|\({LETTERS}(?:\|{LETTERS})+\))"
PHRASE = re.compile(rf"{PART}(?: {PART})*")
PLAIN = re.compile(rf"{LETTERS}(?:,? {LETTERS})*")
SIGN = re.compile(r"\s*(?:=|→|\t|;)\s*")


class LineProblem(Enum):
    """The reasons why a line is refused."""

    NO_SIGN = "no sign"
    PHRASE = "phrase"
    PLAIN = "plain"
    TOO_LONG = "too long"
    TWO_MEANINGS = "two meanings"
    KNOWN = "known"
    UNKNOWN = "unknown"
    TOO_MANY = "too many"


@dataclass(frozen=True, slots=True)
class LineError:
    """A line that is refused, by its number."""

    number: int
    problem: LineProblem
    line: str


@dataclass(frozen=True, slots=True)
class ListEdit:
    """Phrases added to a list, with their plain words, and phrases removed from it."""

    additions: Mapping[str, str] = field(default_factory=dict)
    removals: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists for the phrase rules; a list that is not given is the shipped one."""

    indexes: Mapping[str, PhraseIndex] = field(default_factory=dict)

    def index(self, name: str) -> PhraseIndex:
        return self.indexes.get(name) or phrase_index(name)


SHIPPED = WordLists()


def shipped_phrases(name: str) -> Mapping[str, str]:
    """Return the phrases of a shipped list, with their plain words."""
    phrases: Mapping[str, str] = load(name)["phrases"]
    return phrases


def apply_edits(name: str, edits: Iterable[ListEdit]) -> dict[str, str]:
    """Return the phrases of a list after its edits, in their order."""
    phrases = dict(shipped_phrases(name))
    for edit in edits:
        phrases = {phrase: plain for phrase, plain in phrases.items() if phrase not in edit.removals}
        phrases |= edit.additions
    return phrases


def build_lists(edits: Mapping[str, Iterable[ListEdit]]) -> WordLists:
    """Return the lists after the edits of each."""
    return WordLists({name: PhraseIndex(apply_edits(name, some)) for name, some in edits.items()})


def read_additions(
    source: str, known: Mapping[str, str] | None = None
) -> tuple[dict[str, str], list[LineError]]:
    """Parse lines of «phrase = plain words»; return the phrases and the errors.

    Args:
        known: phrases that may not be added again, for a list that may only be extended.
    """
    found: dict[str, str] = {}
    errors: list[LineError] = []
    for number, line in iter_lines(source):
        if len(found) + len(errors) >= MAX_LINES:
            errors.append(LineError(number, LineProblem.TOO_MANY, ""))
            break
        phrase, sign, plain = split_line(line)
        problem = find_problem(phrase, sign, plain)
        if problem is None and known is not None and phrase in known:
            problem = LineProblem.KNOWN
        if problem is None and found.get(phrase, plain) != plain:
            problem = LineProblem.TWO_MEANINGS
        if problem is None:
            found[phrase] = plain
        else:
            errors.append(LineError(number, problem, line))
    return found, errors


def read_removals(source: str, known: Mapping[str, str]) -> tuple[frozenset[str], list[LineError]]:
    """Parse phrases, one per line; a phrase that is not in the list is an error."""
    lines = [(number, normalize_phrase(line)) for number, line in iter_lines(source)]
    errors = [
        LineError(number, LineProblem.UNKNOWN, phrase) for number, phrase in lines if phrase not in known
    ]
    return frozenset(phrase for _number, phrase in lines), errors


def iter_lines(source: str) -> Iterable[tuple[int, str]]:
    """Yield the lines that are not empty, with their number from 1."""
    for number, line in enumerate(source.splitlines(), start=1):
        if line.strip():
            yield number, line.strip()


def split_line(line: str) -> tuple[str, str, str]:
    sign = SIGN.search(line)
    if sign is None:
        return normalize_phrase(line), "", ""
    return normalize_phrase(line[: sign.start()]), sign[0], " ".join(line[sign.end() :].split())


def normalize_phrase(phrase: str) -> str:
    return " ".join(phrase.lower().split())


def find_problem(phrase: str, sign: str, plain: str) -> LineProblem | None:
    """Return what is wrong with one line, if anything."""
    if not sign:
        return LineProblem.NO_SIGN
    if max(len(phrase), len(plain)) > MAX_LENGTH:
        return LineProblem.TOO_LONG
    if not PHRASE.fullmatch(phrase):
        return LineProblem.PHRASE
    return None if PLAIN.fullmatch(plain) else LineProblem.PLAIN


def write_additions(additions: Mapping[str, str]) -> str:
    """Return additions in the syntax of the form."""
    return "\n".join(f"{phrase} = {plain}" for phrase, plain in additions.items())
