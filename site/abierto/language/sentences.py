"""Split Spanish text into sentences.

A period ends a sentence unless it belongs to an abbreviation, an initial, an ordinal, a figure, an address or
the label of a list. ``?``, ``!`` and ``…`` end one when a capital, a figure or an opening sign follows. A
line end always does.
"""

import re

from .vocabulary import abbreviations

LINE = re.compile(r"[^\n\r\u2028\u2029]+")
#: A possible end of a sentence: signs, closing quotes or brackets, then white space or the end of the line.
END = re.compile(r"(?<![.!?…])([.!?…]+)(?:[»”\"'’)\]]+[.!?…]*)?(?=\s|$)")
WORD_BEFORE = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}$|[^\W_]+$")
#: Labels such as «1.», «II.», «a.», «Art. 5.», «Primero.»: their period does not end a sentence.
LABEL = re.compile(
    r"(?:[(«\"“]?\s*)(?:\d{1,3}|[IVXLC]{1,6}|[a-z]|(?:art(?:ículo)?|fracc(?:ión)?|cap(?:ítulo)?)\.?\s+\w{1,6}"
    r"|primero|segundo|tercero|cuarto|quinto|sexto|séptimo|octavo|noveno|décimo|único)[.°º]+",
    re.IGNORECASE,
)
#: Characters before a period in which an item or a word is searched.
ITEM_LENGTH, WORD_LENGTH = 8, 40
NEXT_SIGN = re.compile(r"\s+(\S)")
OPENING = "¿¡«“\"'‘—–-"
#: The number or letter of an item of a list within a sentence: «; II.», «: 1.».
ITEM = re.compile(r"[;:(]\s*(?:\d{1,2}|[IVX]{1,5}|[a-z])$")

Span = tuple[int, int]


def split_sentences(text: str) -> list[Span]:
    """Return the start and end of each sentence of ``text``, spaces around it left out."""
    spans = []
    for line in LINE.finditer(text):
        spans += split_line(text, line.start(), line.end())
    return spans


def split_line(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of one line of ``text``, those with a letter or a figure."""
    spans = []
    for found in END.finditer(text, start, end):
        if found.end() < end and not _is_end(text, start, end, found):
            continue
        spans.append((start, found.end()))
        start = found.end()
    spans.append((start, end))
    return [span for span in (_trim(text, *span) for span in spans) if span[0] < span[1]]


def _trim(text: str, start: int, end: int) -> Span:
    """Return the span without surrounding white space; empty if it has no letter or digit."""
    part = text[start:end]
    if not any(character.isalnum() for character in part):
        return start, start
    return end - len(part.lstrip()), start + len(part.rstrip())


def _is_end(text: str, start: int, end: int, found: re.Match[str]) -> bool:
    following = NEXT_SIGN.match(text, found.end(), end)
    if following is None:
        return True
    sign = following[1]
    if found[1] != ".":
        return not sign.islower()
    if found[0] != ".":  # a quote or a bracket closes after the period
        return not (sign.islower() and found[0].endswith(")"))
    if LABEL.fullmatch(text[start : found.end()].lstrip()):
        return False
    if ITEM.search(text, max(start, found.start() - ITEM_LENGTH), found.start()):
        return False
    word = WORD_BEFORE.search(text, max(start, found.start() - WORD_LENGTH), found.start())
    return word is None or _word_ends(word[0], sign)


def _word_ends(word: str, sign: str) -> bool:
    """Check whether a period after ``word`` and before ``sign`` ends the sentence."""
    known = abbreviations().get(f"{word.lower()}.")
    if known is not None:
        return known.may_end and (sign.isupper() or sign in OPENING)
    if "." in word:  # letters with periods that no list knows
        return sign.isupper() and len(word) > 3
    if len(word) == 1 and word.isalpha():  # an initial, or the last letter of «a. m.»
        return word.islower() and sign.isupper()
    return True
