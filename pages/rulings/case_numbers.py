"""Normalize case numbers: all usual spellings of a number have one key."""

from __future__ import annotations

import re

from wagtail.coreutils import string_to_ascii

KEY_LENGTH = 80
#: Words before a number that do not tell cases apart.
_FILLERS = frozenset({"exp", "expediente", "num", "numero", "no", "n", "nro", "toca", "juicio"})
_TOKEN = re.compile(r"[a-z]+|\d+")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
#: A two-digit year below this one is of the present century.
_CENTURY_BREAK = 50


def make_case_key(case_number: str, acronym: str = "") -> str:
    """Return the key of a case number in its tribunal: «Exp. TJA-012/23» and «12/2023» are both «12.2023».

    ``acronym`` is that of the tribunal, which some documents write before the number.
    """
    left_out = {*_FILLERS, "".join(_split(acronym))}
    tokens = [token for token in _split(case_number) if token not in left_out]
    if len(tokens) > 1 and len(tokens[-1]) == 2 and tokens[-1].isdigit() and tokens[-2].isdigit():
        year = int(tokens[-1])
        tokens[-1] = str(year + (2000 if year < _CENTURY_BREAK else 1900))
    return ".".join(token.lstrip("0") or "0" for token in tokens)[:KEY_LENGTH]


def list_spellings(case_number: str, key: str) -> tuple[str, ...]:
    """Return the usual spellings of a case number: as given, without its tribunal, with a short year."""
    numbers = [part for part in key.split(".") if part.isdigit()]
    spellings = [case_number, key.replace(".", "/")]
    if len(numbers) > 1 and len(numbers[-1]) == 4:
        spellings += ["/".join(numbers[-2:]), f"{numbers[-2]}/{numbers[-1][2:]}"]
    return tuple(dict.fromkeys(spellings))


def _split(text: str) -> list[str]:
    """Return the runs of letters and of digits, in lower case and without accents."""
    plain = _DOTTED.sub(lambda found: found[0].replace(".", ""), string_to_ascii(text).lower())
    return _TOKEN.findall(plain)
