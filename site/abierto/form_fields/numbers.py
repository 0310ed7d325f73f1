"""Numbers as people type them in Mexico and in Spain: «45», «45 %», «45,5», «45.5», «1,234.5», «1 234»."""

import re
from decimal import Decimal

#: Fewer digits than ``Decimal`` computes with exactly.
MAX_LENGTH = 24
#: Word, PDF files and spreadsheets leave these around a number.
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
_ALIKE = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2212": "-"})
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)"
    r"(?P<whole>[1-9]\d{0,2}(?P<separator>[., ])\d{3}(?:(?P=separator)\d{3})*|\d*)"
    r"(?:(?P<mark>[.,])(?P<decimals>\d+))?",
    re.ASCII,
)


class UnreadableNumberError(ValueError):
    """A text that is no number."""


class AmbiguousNumberError(UnreadableNumberError):
    """A text that may be thousands or decimals: «1,234», «1.234»."""


def read_number(text: str, *, unit: str = "", is_whole: bool = False) -> Decimal:
    """Read a number, which ``unit`` may follow; ``is_whole`` says that it cannot have decimals.

    A unit that is translated lazily is read in the language of the request.

    Raises:
        UnreadableNumberError: when it is no number.
        AmbiguousNumberError: when it may be thousands or decimals.
    """
    text, unit = text.translate(_INVISIBLE).translate(_ALIKE).strip(), str(unit)
    if unit and text.endswith(unit):
        text = text.removesuffix(unit).rstrip()
    found = _NUMBER.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if found is None:
        raise UnreadableNumberError(text)
    whole, separator, decimals = found["whole"], found["separator"], found["decimals"] or ""
    if not (whole or decimals) or (separator and separator == found["mark"]):
        raise UnreadableNumberError(text)
    if separator and not decimals and _is_ambiguous(whole, separator, is_whole):
        raise AmbiguousNumberError(text)
    digits = whole.replace(separator, "") if separator else whole
    point = "." if decimals else ""
    return Decimal(f"{found['sign']}{digits or '0'}{point}{decimals}")


def _is_ambiguous(whole: str, separator: str, is_whole: bool) -> bool:
    """Check whether a single separator before three digits could be a decimal mark."""
    if separator == " " or whole.count(separator) > 1:
        return False
    # A comma separates thousands in Mexico, and a whole number has no decimals.
    return not (is_whole and separator == ",")


def write_number(value: Decimal) -> str:
    """Write a number without the zeros that its column adds: 60, not 60.00."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
