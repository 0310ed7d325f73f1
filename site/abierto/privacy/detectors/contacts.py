"""Detectors of personal e-mail addresses and phone numbers."""

import re
from collections.abc import Iterator

import phonenumbers

from ..contacts import FREE_MAIL, FREE_NAME, NOT_DIGIT, OFFICIAL_DOMAIN, PLACEHOLDER, ROLE_MAILBOX
from ..context_words import OFFICE, PRIVATE, RECORD, UNIT, compile_words, index_words, last_match
from ..findings import Finding, PersonalDataKind
from ..prepared_text import PreparedText
from ..registry import Detector, register

DOT = r"\s?[(\[{<*_-]{0,2}\s?\b(?:punto|dot)\b\s?[)\]}>*_-]{0,2}\s?"
"""The dot of a domain written as a word."""

CALLS = r"(?:a|e|o|as|es|an|en|ar|aron|ando|amos|emos|are)(?:me|te|nos|l[aeo]s?)?"
"""Endings of verbs such as «llamar» with an attached pronoun: «llámenos», «márquenme»."""


def is_version(domain: str) -> bool:
    """Check for a number after the last dot, as in «paquete@1.2»."""
    return domain.rpartition(".")[2].isdigit()


@register
class EmailDetector(Detector):
    """Finds personal e-mail addresses, also with «arroba» or «punto» written as words."""

    kind = PersonalDataKind.EMAIL
    sign = re.compile(
        r"\s?@\s?|\s?[(\[{<*_-]{1,2}\s?(?:at|arroba|@)\s?[)\]}>*_-]{1,2}\s?|\s(?:arroba|at)\s|arroba"
    )
    sign_word = index_words("at")
    box = re.compile(r"[\w.+%'-]+")
    domain = re.compile(
        rf"(?:{FREE_NAME})\s?(?:[.,]|{DOT})\s?(?:com|net|es|me|mx)\b(?:\s?(?:[.,]|{DOT})\s?mx\b)?"
        rf"|[\w-]{{1,63}}(?:(?:\.|{DOT})[\w-]{{1,63}}){{1,4}}"
    )
    dot = re.compile(rf"\s?[.,]\s?|{DOT}")
    named = re.compile(r"(?:correos?|e-?\s?mails?|electronic[oa]s?)\W[^\n]{0,20}$")
    longest_box = 64

    def find(self, prepared: PreparedText) -> Iterator[Finding]:
        text = prepared.folded
        for place in self._find_signs(prepared):
            sign = self.sign.match(text, place)
            domain = self.domain.match(text, sign.end()) if sign else None
            if sign is None or domain is None:
                continue
            start = self._find_box(text, place)
            if start < place and self._is_personal(prepared, start, sign, domain[0]):
                yield self.block(start, domain.end())

    def _find_signs(self, prepared: PreparedText) -> list[int]:
        """Return possible offsets of the sign between mailbox and domain, including the space before it."""
        text = prepared.folded
        places = [match.start() for match in prepared.find_words(self.sign_word)]
        places += [match.start() for match in re.finditer("@|arroba", text)]
        return sorted({place - self._count_opening(text[max(0, place - 3) : place]) for place in places})

    def _count_opening(self, before: str) -> int:
        return len(before) - len(before.rstrip(" \t\n([{<*_-"))

    def _find_box(self, text: str, end: int) -> int:
        """Return the offset of the mailbox before ``end``; ``end`` if there is none."""
        start = end
        while start > max(0, end - self.longest_box) and self.box.match(text, start - 1, start):
            start -= 1
        return start

    def _is_personal(self, prepared: PreparedText, start: int, sign: re.Match[str], domain: str) -> bool:
        box, domain = prepared.folded[start : sign.start()].strip("."), self.dot.sub(".", domain)
        address = f"{box}@{domain}"
        if address in prepared.allowed or PLACEHOLDER.fullmatch(address) or is_version(domain):
            return False
        if FREE_MAIL.fullmatch(domain):
            return True
        if OFFICIAL_DOMAIN.fullmatch(domain) or ROLE_MAILBOX.fullmatch(box):
            return False
        return sign[0] == "@" or ("@" in sign[0] and self.named.search(prepared.before(start)) is not None)


@register
class PhoneDetector(Detector):
    """Finds phone numbers: ``BLOCK`` near a contact word, else ``WARN``; those of offices are allowed."""

    kind = PersonalDataKind.PHONE
    pattern = re.compile(
        r"(?:(?<![\w$.,/=_@:-])|(?<=[a-z][.:])|(?<=\b[ct]el)|(?<=tsapp))"
        r"(?:\+|\(\+)?\(?\d(?: ?[().–-]{0,2} ?\d){6,13}"
        r"(?![\w/@]|[.,]\d|-\d)"
    )
    context = compile_words(
        rf"""
        tels?\.? telf?s?\.? tfnos?\.? telefon(?:os?|ic[oa]s?|azos?|emas?) cels?\.? celu
        celular(?:es)? movil(?:es)? mov\. w?h?ats\w* wh?at?s?app?\w* wapp?\w* wpp? wsp guasap\w*
        wasap\w* sms telegram signal mensaj\w+ recados?_al? (?:mi|su)_numero
        llam{CALLS} marc{CALLS}_al? marqu{CALLS}_al? habl{CALLS}_al? contact\w+
        comunic(?:ar|ate|arte|o|ado|ada|arme|ame|arlo|ese|uese|arse|arnos|aba|aran|ando)(?!\w)
        comuniq\w+ localiz\w+ ubicable linea fax lada numero_de_linea informes_con radio nextel
        (?:avis|report|busc|dirig|escrib)\w{{1,6}}_al(?:_numero)?
        """
    )
    relative = re.compile(
        r"\b(?:mama|papa|madre|padre|hij[oa]|espos[oa]|herman[oa]|vecin[oa]|particular|casa)\W{1,3}$"
    )
    tel = re.compile(
        r"\b(?:tels?|telefonos?|telefonic[oa]s?|fax)\W{1,5}(?:(?:de\s+)?casa\W{1,3}|particular\W{1,3})?$"
    )
    owner = re.compile(r"\W{0,3}(?:(?:(?:del?|en|con|para)\s+)?(?:el|la|las|los)\s+|del\s+|de\s+|\()?")
    extension = re.compile(
        r"^\W{0,4}(?:(?:y\s+)?(?:\w{3,9}\s+)?(?:la\s+)?(?:exts?|extension(?:es)?)\b|x\s?\d)"
    )
    prefixes = ("044", "045", "01", "521", "52", "001", "00521", "0052")
    local = re.compile(
        r"^(?:\d\W{1,3})?(?:\d{2}[ -]?\d\d[ -]?\d{3}|\d{3}[ -]?\d\d[ -]?\d\d|\d\d(?:[ -]\d\d){3})$"
    )
    """A number without area code, as it was dialled until 2019; it only counts right after «tel.»."""
    free_numbers = ("800", "900")
    groups = frozenset(
        {
            (10,),
            (3, 2, 1, 2, 2),
            (3, 2, 3, 2),
            (3, 1, 2, 2, 2),
            (3, 3, 4),
            (2, 4, 4),
            (3, 3, 2, 2),
            (2, 2, 2, 2, 2),
            (3, 7),
            (2, 8),
            (1, 2, 1, 2, 2, 2),
        }
    )

    def find(self, prepared: PreparedText) -> Iterator[Finding]:
        for match in self._find_written(prepared):
            number = self._national_number(match[0])
            if number is None or number in prepared.allowed or number.startswith(self.free_numbers):
                continue
            finding = self._judge(prepared, match, number)
            if finding is not None:
                yield finding

    def _find_written(self, prepared: PreparedText) -> Iterator[re.Match[str]]:
        end = 0
        for start, stop in prepared.number_areas:
            for match in self.pattern.finditer(prepared.folded, max(end, start - 3), stop + 3):
                end = match.end()
                yield match

    def _national_number(self, written: str) -> str | None:
        """Return the ten digits of a Mexican phone number or all of a foreign one; None for other numbers."""
        digits = NOT_DIGIT.sub("", written)
        is_foreign = "+" in written and not digits.startswith("52")
        if not is_foreign and len(digits) > 10:
            prefix = digits[:-10]
            if prefix not in self.prefixes:
                return None
        region = None if is_foreign else "MX"
        national = digits if is_foreign else digits[-10:]
        if len(digits) < 10:
            return digits if self.local.search(written) else None
        try:
            number = phonenumbers.parse(f"+{national}" if is_foreign else national, region)
        except phonenumbers.NumberParseException:
            return None
        return national if phonenumbers.is_possible_number(number) else None

    def _judge(self, prepared: PreparedText, match: re.Match[str], number: str) -> Finding | None:
        start, end = match.span()
        before = f"{prepared.header(start)} {prepared.before(start, 70)}"
        after = prepared.after(end)
        if self.extension.search(after) or UNIT.search(after):
            return None
        contact, record = last_match(self.context, before), last_match(RECORD, before)
        if contact == -1 and record == -1 and self.context.search(re.split(r"[.;,]", after)[0]):
            contact = 0
        if len(number) < 10 and not self.tel.search(before):
            return None
        private, office = last_match(PRIVATE, before), last_match(OFFICE, before)
        follows = self.owner.match(after)
        if private == -1 and follows and OFFICE.match(after, follows.end()):
            return None
        if max(contact, private) > record:
            if office >= max(private, 0):
                return None
            is_named = contact >= 0 or "+" in match[0] or self.relative.search(before) is not None
            return self.block(start, end) if is_named else self.warn(start, end)
        is_bare = record == -1 and office == -1 and len(number) >= 10
        return self.warn(start, end) if is_bare and self._looks_like_phone(match[0], number) else None

    def _looks_like_phone(self, written: str, number: str) -> bool:
        if "+" in written:
            return True
        sizes = tuple(map(len, re.findall(r"\d+", written)))
        known = sizes in self.groups or sizes[1:] in self.groups
        return known and phonenumbers.is_valid_number(phonenumbers.parse(number, "MX"))
