"""Record queries and feedback on their results.

A query is recorded when its results page is rendered. While the page is cached (`pages.core.cache`), repeated
queries are not recorded: the counts are lower bounds.
"""

from __future__ import annotations

import logging
import re

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from search.query.analysis import exact_tokens
from search.query.request import SearchRequest

from .buffer import query_buffer
from .models import MAX_CHARACTERS, QueryNote
from .sessions import hash_session

logger = logging.getLogger(__name__)


def record_query(request: HttpRequest, query: SearchRequest, language: str, total: int) -> None:
    """Record the first page of a query; later pages belong to the same query."""
    if request.method == "GET" and query.page == 1:
        _record(QueryNote.Kind.ASKED, request, query, language, total)


def record_feedback(request: HttpRequest, query: SearchRequest, language: str, useful: bool) -> None:
    """Record whether the results of a query were useful."""
    kind = QueryNote.Kind.USEFUL if useful else QueryNote.Kind.USELESS
    _record(kind, request, query, language)


def _record(
    kind: QueryNote.Kind, request: HttpRequest, query: SearchRequest, language: str, total: int = 0
) -> None:
    words = anonymize_words(query.text)
    if not words:
        return
    spaces = query.filters.get("space", ())
    day = timezone.localdate()
    try:
        visit = hash_session(request, day)
    except DatabaseError as error:
        logger.warning("A query could not be recorded: %s", error)
        return
    query_buffer.add(
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


# Visitors type personal data into a search box. E-mail addresses, telephone numbers (ten digits, with any
# spacing) and personal keys (CURP, RFC: letters, date of birth, letters) are removed.
_MAIL = re.compile(r"\S+@\S+")
_TELEPHONE = re.compile(r"(?<!\d)\d(?:[\s().-]{0,2}\d){9,}")
_PERSONAL_KEY = re.compile(r"\b[^\W\d_]{4}\d{6}\w{0,8}\b")


def anonymize_words(text: str) -> str:
    """Normalize a query for its record: «¿Fábrica de TABIQUES?» and «fabrica de tabiques» are equal."""
    for personal in (_MAIL, _TELEPHONE, _PERSONAL_KEY):
        text = personal.sub(" ", text)
    return " ".join(exact_tokens(text))[:MAX_CHARACTERS].strip()
