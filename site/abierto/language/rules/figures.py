"""Rules of form: numbers repeated in words, capitals, dates, amounts."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from ..texts import Text
from ..vocabulary import known_acronyms
from .base import Match, Severity, TextRule
from .wording import is_capitals

UNITS = {
    "cero": 0, "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
    "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14,
    "quince": 15, "dieciséis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20,
    "veintiún": 21, "veintiuno": 21, "veintiuna": 21, "veintidós": 22, "veintitrés": 23, "veinticuatro": 24,
    "veinticinco": 25, "veintiséis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29,
    "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80,
    "noventa": 90, "cien": 100, "ciento": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300,
    "trescientas": 300, "cuatrocientos": 400, "cuatrocientas": 400, "quinientos": 500, "quinientas": 500,
    "seiscientos": 600, "seiscientas": 600, "setecientos": 700, "setecientas": 700, "ochocientos": 800,
    "ochocientas": 800, "novecientos": 900, "novecientas": 900,
}  # fmt: skip
MILLIONS = ("millón", "millones")
WORDS = frozenset((*UNITS, "mil", *MILLIONS))
#: The words as a pattern, the longest first.
NUMBER_WORDS = "|".join(sorted(WORDS, key=len, reverse=True))


def value_of(words: str) -> int:
    """Return the whole number written as ``words``, from zero to the millions."""
    total = thousands = group = 0
    for word in words.lower().split():
        if word in UNITS:
            group += UNITS[word]
        elif word == "mil":
            thousands, group = (group or 1) * 1000, 0
        elif word in MILLIONS:
            total, thousands, group = (thousands + group or 1) * 1_000_000, 0, 0
    return total + thousands + group


MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
MONTH = "|".join(MONTHS)
SPELLED = rf"(?:{NUMBER_WORDS})(?:\s+(?:y\s+)?(?:{NUMBER_WORDS}))*"
AMOUNT_END = r"(?:\s+pesos(?:\s+\d\d/100)?(?:\s+(?:M\.\s?N\.|moneda nacional))?)?"
#: The number in words after a figure, in brackets or not.
WORDS_AFTER = re.compile(
    rf"(?:\s*M\.\s?N\.)?\s*(?:\(\s*({SPELLED}){AMOUNT_END}\s*\)|({SPELLED})\b)", re.IGNORECASE
)
CURRENCY_SIGN = re.compile(r"\$\s?$")
CLOSING_BRACKET = re.compile(r"\s*\)")
NUMERIC_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d\d)-(\d\d)")
NOTARY_DATE = re.compile(
    rf"\b(?:a los |el día )?(?:\d{{1,2}} )?(?:{SPELLED}|\d{{1,2}}) (?:días )?del mes de (?:{MONTH})"
    rf"(?:,? del? (?:año )?(?:{SPELLED}|\d{{4}}(?: {SPELLED})?))?",
    re.IGNORECASE,
)
CAPITAL_MONTH = re.compile(
    rf"\b(\d{{1,2}}) de ({'|'.join(month.capitalize() for month in MONTHS)})(?: del? (\d{{4}}))?\b"
)
ZERO_DAY = re.compile(rf"\b0(\d) de ({MONTH})(?: del? (\d{{4}}))?\b")
DAY_OF_MONTH = " del mes de "
#: Characters that a day in words takes before «del mes de», at most.
NOTARY_DAY = 40
MN = r"M\.\s?N\.|MXN|MN\b|\d\d/100"
CURRENCY = re.compile(
    rf"\$\s?\d{{1,3}}(?:\.\d{{3}})+,\d\d\b|\$\s?\d{{5,}}(?:\.\d+)?|\$\s?\d[\d,]*(?:\.\d+)?\s?\(?(?:{MN})\)?"
    r"|(?<![\d.,])\d{5,}(?= pesos)"
)


class NumberTwice(TextRule):
    code = "number-twice"
    severity = Severity.ADVICE
    source = "estilo-justicia"
    message = _("La cantidad está escrita dos veces. Deja solo la cifra: «%(figure)s».")

    def find(self, text: Text) -> Iterator[Match]:
        for index in text.figures:
            match = self._before_words(text, index) or self._after_words(text, index)
            if match:
                yield match

    def _before_words(self, text: Text, index: int) -> Match | None:
        """Match a figure with its words after it: «12 doce», «12 (doce)»."""
        following = text.words[index + 1 : index + 3]
        if following[:1] == ["m.n."]:
            del following[0]
        if not following or following[0] not in WORDS:
            return None
        start, end = text.spans[index]
        found = WORDS_AFTER.match(text.source, end)
        if not found or whole_number(text.tokens[index]) != value_of(found[1] or found[2]):
            return None
        if sign := CURRENCY_SIGN.search(text.source, max(0, start - 2), start):
            start = sign.start()
        return self._match(text, start, found.end(), end)

    def _after_words(self, text: Text, index: int) -> Match | None:
        """Match a figure in brackets after its words: «doce (12)»."""
        start, end = text.spans[index]
        closing = CLOSING_BRACKET.match(text.source, end)
        first = index
        while first and (text.words[first - 1] in WORDS or (text.words[first - 1] == "y" and first < index)):
            first -= 1
        if (
            first == index
            or not closing
            or text.source[text.spans[index - 1][1] : start].strip() not in ("(", "($")
        ):
            return None
        if whole_number(text.tokens[index]) != value_of(" ".join(text.words[first:index])):
            return None
        return Match(text.spans[first][0], closing.end(), text.tokens[index], {"figure": text.tokens[index]})

    @staticmethod
    def _match(text: Text, start: int, end: int, figure_end: int) -> Match:
        figure = text.source[start:figure_end]
        return Match(start, end, figure, {"figure": figure})


def whole_number(token: str) -> int | None:
    """Return the whole part of a figure with commas between its thousands; None for a code."""
    whole = token.replace(",", "").partition(".")[0]
    return int(whole) if whole.isdecimal() else None


class Capitals(TextRule):
    """Two or more words in capitals, at least one of which is no acronym."""

    code = "capitals"
    severity = Severity.ADVICE
    source = "ortografia"
    message = _(
        "Las mayúsculas seguidas se leen más despacio. Escribe en minúsculas y usa negritas si hace falta."
    )
    letters = 5

    def find(self, text: Text) -> Iterator[Match]:
        run: list[int] = []
        for index, token in enumerate(text.tokens):
            if not token.isupper():
                continue
            if run and index == run[-1] + 1 and text.are_adjacent(run[-1]):
                run.append(index)
                continue
            yield from self._match(text, run)
            run = [index]
        yield from self._match(text, run)

    def _match(self, text: Text, run: list[int]) -> Iterator[Match]:
        words = [text.tokens[index] for index in run if is_capitals(text.tokens[index])]
        long = [word for word in words if len(word) >= self.letters and word not in known_acronyms()]
        if len(words) > 1 and long:
            start, end = text.spans[run[0]][0], text.spans[run[-1]][1]
            yield Match(start, end, text.source[start:end].capitalize())


class DateForm(TextRule):
    code = "date-form"
    severity = Severity.ADVICE
    source = "ortografia"
    message = _("Escribe la fecha con el mes en letra y sin adornos%(example)s.")

    def find(self, text: Text) -> Iterator[Match]:
        for index in text.figures:
            yield from self._numeric(text, index)
            for pattern in (CAPITAL_MONTH, ZERO_DAY):
                if found := pattern.match(text.source, text.spans[index][0]):
                    year = f" de {found[3]}" if found[3] else ""
                    yield self._match(*found.span(), f"{int(found[1])} de {found[2].lower()}{year}")
        position = -1
        while (position := text.source.find(DAY_OF_MONTH, position + 1)) >= 0:
            if found := NOTARY_DATE.search(
                text.source, max(0, position - NOTARY_DAY), position + 2 * NOTARY_DAY
            ):
                yield self._match(*found.span(), "")

    def _numeric(self, text: Text, index: int) -> Iterator[Match]:
        found = NUMERIC_DATE.fullmatch(text.tokens[index])
        if not found:
            return
        day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            yield self._match(*text.spans[index], f"{int(day)} de {MONTHS[int(month) - 1]} de {year}")

    @staticmethod
    def _match(start: int, end: int, date: str) -> Match:
        return Match(start, end, date, {"example": f": «{date}»" if date else ""})


class CurrencyForm(TextRule):
    """Amounts in pesos: a comma between thousands, a period before cents, without «M.N.» or «00/100»."""

    code = "currency-form"
    severity = Severity.ADVICE
    source = "ortografia"
    message = _("Escribe la cantidad con comas en los miles y sin «M.N.»: «$1,500,000» o «2,000 pesos».")

    def find(self, text: Text) -> Iterator[Match]:
        if "$" in text.source or "pesos" in text.source:
            for found in CURRENCY.finditer(text.source):
                yield Match(*found.span())
