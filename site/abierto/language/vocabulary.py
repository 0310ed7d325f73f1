"""Read the word lists of ``data/`` once per process, and conjugate their verbs."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
PART = re.compile(r"\{(\w+)\}|\(([^)]*)\)|(\S+)")


#: Key of phrases with a single word, which have no second one.
LAST = ""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """The reading of an abbreviation, whether its period may end a sentence, and whether to expand it."""

    reading: str
    may_end: bool
    to_expand: bool


@cache
def load(name: str) -> Mapping[str, Any]:
    """Return the parsed content of ``data/NAME.toml``."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def sources() -> Mapping[str, str]:
    """Return the titles of the sources that lists and rules cite, by key."""
    return load("sources")


@cache
def abbreviations() -> Mapping[str, Abbreviation]:
    """Return the abbreviations in lower case, with their period."""
    data = load("abbreviations")
    to_expand = frozenset(data["expand"]["words"])
    return {
        short: Abbreviation(reading, section == "may_end", short in to_expand)
        for section in ("before", "may_end")
        for short, reading in data[section].items()
    }


@cache
def known_acronyms() -> frozenset[str]:
    return frozenset(load("abbreviations")["known"]["words"])


@cache
def foreign_words() -> Mapping[str, int]:
    """Return the number of syllables of foreign words."""
    return load("readings")["foreign"]


@cache
def acronym_readings() -> Mapping[str, int]:
    return load("readings")["acronyms"]


@cache
def units() -> Mapping[str, str]:
    return load("readings")["units"]


@cache
def grammar_words(section: str, key: str) -> frozenset[str]:
    """Return the list ``key`` in a section of ``data/grammar.toml``."""
    return frozenset(load("grammar")[section][key])


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a phrase after its first, and what to write instead."""

    rest: tuple[frozenset[str], ...]
    plain: str


class PhraseIndex:
    """Phrases by first and second word, for searching a text for all of them in one pass."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self.by_first: dict[str, dict[str, list[Phrase]]] = {}
        for notation, plain in phrases.items():
            self._add(notation, plain)

    def _add(self, notation: str, plain: str) -> None:
        first, *rest = (frozenset(_forms(part)) for part in PART.finditer(notation))
        phrase = Phrase(tuple(rest), plain)
        for word in first:
            for second in rest[0] if rest else (LAST,):
                by_second = self.by_first.setdefault(word, {}).setdefault(second, [])
                by_second.append(phrase)
                by_second.sort(key=lambda phrase: -len(phrase.rest))

    def match(self, words: list[str], index: int) -> Phrase | None:
        """Return the longest phrase that begins at ``words[index]``."""
        by_second = self.by_first[words[index]]
        for second in (words[index + 1] if index + 1 < len(words) else LAST, LAST):
            for phrase in by_second.get(second, ()):
                following = words[index + 1 : index + 1 + len(phrase.rest)]
                if len(following) == len(phrase.rest) and all(map(_contains, phrase.rest, following)):
                    return phrase
        return None


def _contains(options: frozenset[str], word: str) -> bool:
    return word in options


def _forms(part: re.Match[str]) -> Iterable[str]:
    verb, options, word = part.groups()
    if verb:
        return conjugate(verb, load("verbs")["forms"].get(verb, ""))
    return options.split("|") if options else [word]


@cache
def phrase_index(name: str) -> PhraseIndex:
    """Return the index of the phrases of ``data/NAME.toml``."""
    return PhraseIndex(load(name)["phrases"])


# --- Forms of a verb -----------------------------------------------------------------------------------


ENDINGS = {
    "ar": (
        "ar o as a amos an é aste ó aron aba abas aban ábamos aré arás ará aremos arán aría arían e "
        "es emos en ara aran are aren ase asen ando ado ada ados adas arse ándose arlo arla arlos "
        "arlas"
    ),
    "er": (
        "er o es e emos en í iste ió imos ieron ía ían eré erá eremos erán ería erían a as amos an "
        "iera ieran iere ieren iendo ido ida idos idas erse iéndose erlo erla erlos erlas"
    ),
    "ir": (
        "ir o es e imos en í iste ió ieron ía ían iré irá iremos irán iría irían a as amos an iera "
        "ieran iere ieren iendo ido ida idos idas irse iéndose irlo irla irlos irlas"
    ),
}
#: Spelling before an ``e``: conculcar, conculque; irrogar, irrogue; realizar, realice.
SPELLING = (("gu", "gü"), ("c", "qu"), ("g", "gu"), ("z", "c"))
FRONT = re.compile(r"[eéií]")


def conjugate(infinitive: str, irregular: str = "") -> frozenset[str]:
    """Return the forms of a verb that a text may use, for searching: not a complete or exact conjugation.

    ``irregular`` lists them, with spaces, where they are not regular.
    """
    stem, ending = infinitive[:-2], infinitive[-2:]
    if irregular:
        forms = irregular.split()
        gerund = next((form for form in forms if form.endswith("ndo")), "")
        return frozenset([*forms, f"{infinitive}se", *_with_se(gerund)])
    return frozenset(_join(stem, part) if ending == "ar" else stem + part for part in _endings(ending))


def _endings(ending: str) -> list[str]:
    return ENDINGS[ending].split()


def _join(stem: str, ending: str) -> str:
    if FRONT.match(ending):
        for final, spelled in SPELLING:
            if stem.endswith(final):
                return stem[: -len(final)] + spelled + ending
    return stem + ending


def _with_se(gerund: str) -> list[str]:
    """Return a gerund with its pronoun: dando, dándose."""
    accented = re.sub(r"([ae])(ndo)$", lambda found: {"a": "á", "e": "é"}[found[1]] + found[2], gerund)
    return [f"{accented}se"] if gerund else []
