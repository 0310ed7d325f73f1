"""The words of a question as they are noted: folded, bounded, without what may name a person."""

from __future__ import annotations

import re

from search.analysis import exact_tokens
from search.learning.models import MOST_CHARACTERS

# People type into a search box what they would never publish. An address of mail, a telephone number (ten
# digits, however spaced) and the keys of a person (CURP, RFC: letters, date of birth, letters) are left out.
_MAIL = re.compile(r"\S+@\S+")
_TELEPHONE = re.compile(r"(?<!\d)\d(?:[\s().-]{0,2}\d){9,}")
_PERSONAL_KEY = re.compile(r"\b[^\W\d_]{4}\d{6}\w{0,8}\b")


def noted_words(text: str) -> str:
    """The question as it is noted: «¿Fábrica de TABIQUES?» and «fabrica de tabiques» are the same one."""
    for personal in (_MAIL, _TELEPHONE, _PERSONAL_KEY):
        text = personal.sub(" ", text)
    return " ".join(exact_tokens(text))[:MOST_CHARACTERS].strip()
