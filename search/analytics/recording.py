"""What is noted of a question, and of an answer to «¿te sirvió?».

A question is noted when its page of results is really made. Asked again within the minute for which a page is
kept as rendered (`pages.core.cache`), it is the same page and counts once: the numbers are a floor.
"""

from __future__ import annotations

import logging
import re

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from search.query.analysis import exact_tokens
from search.query.request import SearchRequest

from .buffer import notebook
from .models import MOST_CHARACTERS, QueryNote
from .sessions import hash_session

logger = logging.getLogger(__name__)


def record_query(request: HttpRequest, asked: SearchRequest, language: str, total: int) -> None:
    """Note the first page of a question in words; the pages after it are the same question."""
    if request.method == "GET" and asked.page == 1:
        _note(QueryNote.Kind.ASKED, request, asked, language, total)


def record_feedback(request: HttpRequest, asked: SearchRequest, language: str, useful: bool) -> None:
    """Note whether the results of a question were of use."""
    kind = QueryNote.Kind.USEFUL if useful else QueryNote.Kind.USELESS
    _note(kind, request, asked, language)


def _note(
    kind: QueryNote.Kind, request: HttpRequest, asked: SearchRequest, language: str, total: int = 0
) -> None:
    words = anonymize_words(asked.text)
    if not words:
        return
    spaces = asked.filters.get("space", ())
    day = timezone.localdate()
    try:
        visit = hash_session(request, day)
    except DatabaseError as error:
        logger.warning("A question could not be noted: %s", error)
        return
    notebook.note(
        QueryNote(
            kind=kind,
            words=words,
            locale=language[:20],
            space=spaces[0][:80] if len(spaces) == 1 else "",
            total=total,
            day=day,
            session=visit,
        )
    )


# People type into a search box what they would never publish. An address of mail, a telephone number (ten
# digits, however spaced) and the keys of a person (CURP, RFC: letters, date of birth, letters) are left out.
_MAIL = re.compile(r"\S+@\S+")
_TELEPHONE = re.compile(r"(?<!\d)\d(?:[\s().-]{0,2}\d){9,}")
_PERSONAL_KEY = re.compile(r"\b[^\W\d_]{4}\d{6}\w{0,8}\b")


def anonymize_words(text: str) -> str:
    """The question as it is noted: «¿Fábrica de TABIQUES?» and «fabrica de tabiques» are the same one."""
    for personal in (_MAIL, _TELEPHONE, _PERSONAL_KEY):
        text = personal.sub(" ", text)
    return " ".join(exact_tokens(text))[:MOST_CHARACTERS].strip()
