"""Detectors of numbers with a check digit: CLABE, payment cards and the social security number."""

import re
from abc import abstractmethod
from collections.abc import Iterator

from stdnum import luhn

from ..context_words import RECORD, UNIT, compile_words, last_match
from ..findings import Finding, PersonalDataKind
from ..prepared_text import Candidate, PreparedText
from ..registry import Detector, register

LAST_WORD = re.compile(r"[a-z]+$")


class NumberDetector(Detector):
    """Judges numbers of certain lengths by their check digit and the words before them."""

    lengths: frozenset[int]
    context: re.Pattern[str]

    def find(self, prepared: PreparedText) -> Iterator[Finding]:
        is_named = self.context.search(prepared.folded) is not None
        for chain in prepared.number_chains:
            for candidate in chain.candidates(self.lengths):
                if (candidate.loose and not is_named) or self._is_part_of_word(prepared, candidate):
                    continue
                if UNIT.search(prepared.after(candidate.end)):
                    continue
                finding = self.judge(prepared, candidate, self._meaning(prepared, candidate))
                if finding is not None:
                    yield finding

    @abstractmethod
    def judge(self, prepared: PreparedText, number: Candidate, meaning: int) -> Finding | None:
        """Return the finding for a number, or None.

        ``meaning`` is 1 if the context names this kind of number, -1 if it names another kind, else 0.
        """

    def _is_part_of_word(self, prepared: PreparedText, number: Candidate) -> bool:
        text, before = prepared.text, prepared.text[number.start - 1 : number.start]
        return (
            (before.isalpha() and not self._follows_label(prepared, number.start))
            or before in ("/", "=", "_", "$")
            or text[number.end : number.end + 1].isalpha()
        )

    def _follows_label(self, prepared: PreparedText, start: int) -> bool:
        """Check for a label of this kind directly before the number, without a space."""
        word = LAST_WORD.search(prepared.before(start, 20))
        return word is not None and self.context.fullmatch(word[0]) is not None

    def _meaning(self, prepared: PreparedText, number: Candidate) -> int:
        near = f"{prepared.header(number.start)} {prepared.before(number.start)}"
        ours, record = last_match(self.context, near), last_match(RECORD, near)
        if ours == record == -1:
            return 1 if self.context.search(prepared.after(number.end)) else 0
        return 1 if ours >= record else -1


@register
class ClabeDetector(NumberDetector):
    """Finds CLABEs: 18 digits, the last of which is the check digit (Banxico, Circular 3/2012)."""

    kind = PersonalDataKind.CLABE
    lengths = frozenset({18})
    context = compile_words(
        r"""clabe interbancaria clave_bancaria cuenta transferencia spei deposit\w+ banco
        bbva banorte santander"""
    )
    weights = (3, 7, 1) * 6
    banks = re.compile(
        r"002|006|009|01[249]|02[1]|03[0267]|04[24]|05[89]|06[02]|07[2]|1\d\d|6\d\d|7[0-3]\d|90[123]"
    )

    def judge(self, prepared: PreparedText, number: Candidate, meaning: int) -> Finding | None:
        if meaning < 0 or (meaning == 0 and (number.loose or not self.banks.match(number.digits))):
            return None
        if self.has_check_digit(number.digits):
            return self.block(number.start, number.end)
        is_named = re.search(r"clabe|interbancaria|estandarizada", prepared.before(number.start)) is not None
        return self.warn(number.start, number.end) if is_named and not number.loose else None

    def has_check_digit(self, digits: str) -> bool:
        return (
            sum(int(digit) * weight % 10 for digit, weight in zip(digits, self.weights, strict=True)) % 10
            == 0
        )


@register
class CardDetector(NumberDetector):
    """Finds payment cards: 15 or 16 digits of a known network with a valid check digit (ISO/IEC 7812)."""

    kind = PersonalDataKind.CARD
    lengths = frozenset({15, 16})
    context = compile_words(r"tarjetas? tdc tdd debito visa mastercard amex american_express plastico")
    networks = re.compile(r"4\d{15}$|5[0-8]\d{14}$|2[2-7]\d{14}$|6[0-9]\d{14}$|3[47]\d{13}$")

    def judge(self, prepared: PreparedText, number: Candidate, meaning: int) -> Finding | None:
        if meaning < 0 or not self.networks.match(number.digits):
            return None
        if meaning == 0 and (number.loose or number.sizes not in ((15,), (16,), (4, 4, 4, 4), (4, 6, 5))):
            return None
        if luhn.is_valid(number.digits):
            return self.block(number.start, number.end)
        return self.warn(number.start, number.end) if meaning > 0 and not number.loose else None


@register
class NssDetector(NumberDetector):
    """Finds social security numbers: 11 digits, the last of which is the check digit (IMSS)."""

    kind = PersonalDataKind.NSS
    lengths = frozenset({11})
    context = compile_words(
        r"""nss n\.s\.s\.? seguridad_social seguro_social seguro_facultativo
        semanas_cotizadas afil\. afiliacion asegurad[oa]s? derechohabientes?
        (?<!credito\x20)(?<!cuota\x20)(?<!cuotas\x20)(?<!obra\x20)(?<!patronal\x20)imss(?!_patronal)"""
    )

    def judge(self, prepared: PreparedText, number: Candidate, meaning: int) -> Finding | None:
        if meaning < 0 or (meaning == 0 and (number.loose or not self._has_years(number))):
            return None
        if luhn.is_valid(number.digits):
            in_form = number.sizes in ((2, 2, 2, 4, 1), (4, 2, 4, 1))
            return (self.block if meaning > 0 or in_form else self.warn)(number.start, number.end)
        return self.warn(number.start, number.end) if meaning > 0 and not number.loose else None

    def _has_years(self, number: Candidate) -> bool:
        """Check that the years of birth and of registration are plausible together."""
        digits = number.digits
        return (
            digits[0] != "0"
            and number.sizes != (1, 10)
            and 14 <= (int(digits[2:4]) - int(digits[4:6])) % 100 <= 75
        )
