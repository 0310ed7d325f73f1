"""Exact references in a query: codes of commitments, axes and goals, articles and case numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .analysis import ACRONYM, clean, exact_tokens, strip_marks

_CODE = re.compile(r"[^\W_]*\d[^\W_]*(?:[./\-][^\W_]+)+|[^\W_]+(?:[./\-][^\W_]+)*[./\-]\d[^\W_]*")
_NAMED = re.compile(
    r"(?<!\w)(?:(compromiso|articulo|art|expediente|sesion|informe|meta|ods|objetivo)\.?\s+(\d+)"
    r"|(eje|estrategia)\.?\s+(\d+|[a-z]))(?![\w/-]|\.\w)"
)
_NAMED_TARGET = re.compile(r"(?<!\w)(?:meta|ods|objetivo)\.?\s+(\d{1,2}\.(?:\d{1,2}|[a-d]))(?![\w./-])")
_COMMITMENT = re.compile(r"(?<!\w)compromisos?(?!\w)")
_TARGET = re.compile(r"(?:1[0-7]|[1-9])\.(?:\d{1,2}|[a-d])")
_YEAR = r"(?:19|20)\d\d"
_PLAN_YEARS = re.compile(
    rf"(?<!\w)(?:plan(?: de accion)?(?: local)?(?: de estado abierto)?|pal) (?:de |del )?"
    rf"({_YEAR}(?:\s?-\s?{_YEAR})?)(?![\w./-])"
)
_CASE = re.compile(r"(?<!\w)([a-z]{2,8})[\s./-]+(\d+[./-]\d+)(?![\w/-]|\.\w)")
_CASE_KEY = re.compile(r"[a-z]{2,8}\.(\d+\.\d{4})")
_SEPARATORS = re.compile(r"[./\-\s]+")
_LEADING_ZEROS = re.compile(r"(?<![^.])0+(?=\d)")
_LONE_NUMBER = re.compile(r"\d{1,6}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_ACRONYM = re.compile(ACRONYM)
_KINDS = {"objetivo": "ods", "estrategia": "eje"}


def reference_key(code: str) -> str:
    """Normalize a code, case number or article: «39-A» and «39 a» are «39.a», «012/2023» is «12.2023»."""
    return _LEADING_ZEROS.sub("", _SEPARATORS.sub(".", _plain(code))).strip(".")


def indexed_keys(code: str) -> list[str]:
    """Return the keys of a code; a case number is also found without its court: «TJA-12/2023», «12/2023»."""
    key = reference_key(code)
    case = _CASE_KEY.fullmatch(key)
    return [key, case[1]] if case else [key] * bool(key)


def references(text: str) -> list[str]:
    """Return the keys of exact references in a query: «3.1», «TJA 12/2023», «eje C» or a lone number."""
    plain = _plain(text).strip()
    targets = _NAMED_TARGET.findall(plain)
    keys = [f"meta.{target}" for target in targets]
    keys += [key for found in _CODE.findall(plain) if (key := reference_key(found)) not in targets]
    keys += [reference_key(f"{court} {number}") for court, number in _CASE.findall(plain)]
    for name, number in _names(plain):
        keys += [f"{_KINDS.get(name, name)}.{number}"] + ([number] if name == "compromiso" else [])
    if _LONE_NUMBER.fullmatch(plain):
        keys.append(plain)
    return list(dict.fromkeys(key for key in keys if key))


def target_references(text: str) -> list[str]:
    """Return the keys of what may be targets of the SDG besides codes of commitments: «16.7», «16.b»."""
    plain = _plain(text)
    if _COMMITMENT.search(plain):
        return []
    return [f"meta.{found}" for found in _CODE.findall(plain) if _TARGET.fullmatch(found)]


def plan_references(text: str) -> list[str]:
    """Return the keys of the plans that a query names by a year: «plan 2019», «PAL 2022–2024»."""
    named = _PLAN_YEARS.findall(_plain(text))
    return [f"plan.{year}" for years in named for year in re.findall(_YEAR, years)]


def title_references(title: str) -> tuple[str, ...]:
    """Return the references of a plan, by the years in its title."""
    return tuple(f"plan {year}" for year in dict.fromkeys(re.findall(rf"\b{_YEAR}\b", title)))


def reference_phrases(text: str) -> list[list[str]]:
    """Return the words of each code in a query, to be matched as a phrase: «3.1» is «3 1»."""
    return [tokens for found in _CODE.findall(_plain(text)) if len(tokens := exact_tokens(found)) > 1]


def _names(plain: str) -> Iterator[tuple[str, str]]:
    for thing, number, part, code in _NAMED.findall(plain):
        yield thing or part, number or code


def _plain(text: str) -> str:
    """Return the text in lower case, without marks, with one kind of dash and acronyms without dots."""
    plain = strip_marks(clean(text).lower()).translate(_DASHES)
    return _ACRONYM.sub(lambda found: found[0].replace(".", ""), plain)
