"""What is noted of a question, and of an answer to «¿te sirvió?».

A question is noted when its page of results is really made. Asked again within the minute for which a page is
kept as rendered (`pages.public_cache`), it is the same page and counts once: the numbers are a floor.
"""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from search.learning.models import QueryNote
from search.learning.notebook import notebook
from search.learning.visitors import hashed_visit
from search.learning.words import noted_words
from search.request import SearchRequest

logger = logging.getLogger(__name__)


def note_question(request: HttpRequest, asked: SearchRequest, language: str, total: int) -> None:
    """Note the first page of a question in words; the pages after it are the same question."""
    if request.method == "GET" and asked.page == 1:
        _note(QueryNote.Kind.ASKED, request, asked, language, total)


def note_answer(request: HttpRequest, asked: SearchRequest, language: str, useful: bool) -> None:
    """Note whether the results of a question were of use."""
    kind = QueryNote.Kind.USEFUL if useful else QueryNote.Kind.USELESS
    _note(kind, request, asked, language)


def _note(
    kind: QueryNote.Kind, request: HttpRequest, asked: SearchRequest, language: str, total: int = 0
) -> None:
    words = noted_words(asked.text)
    if not words:
        return
    spaces = asked.filters.get("space", ())
    day = timezone.localdate()
    try:
        visit = hashed_visit(request, day)
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
