"""Link the terms of the glossary in HTML, each at its first use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import escape

from .queries import DefinedTerm

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
# Elements without links to terms: other links, headings, buttons, quotations and code.
_NOT_IN = frozenset(
    {"a", "blockquote", "button", "caption", "code", "h1", "h2", "h3", "h4", "pre", "script", "style"}
    | {"summary", "th"}
)


def link_terms(html: str, terms: tuple[DefinedTerm, ...]) -> str:
    """Return ``html`` with a link at the first use of each of ``terms`` as a whole word."""
    pattern, known = _compile(terms)
    if pattern is None:
        return html
    waiting = dict(known)

    def link(match: re.Match[str]) -> str:
        term = waiting.pop(match[0].casefold(), None)
        return match[0] if term is None else f'<a class="term" href="{escape(term.url)}">{match[0]}</a>'

    written, closed_in = [], 0
    for part in _TAG.split(html):
        if part.startswith("<"):
            name = _NAME.match(part)
            if name and name[1].lower() in _NOT_IN and not part.endswith("/>"):
                closed_in += -1 if part.startswith("</") else 1
            written.append(part)
        else:
            written.append(part if closed_in > 0 or not waiting else pattern.sub(link, part))
    return "".join(written)


def find_terms(texts: Iterable[str], terms: tuple[DefinedTerm, ...]) -> list[DefinedTerm]:
    """Return the terms that plain texts use as whole words, in the order of their first use."""
    pattern, known = _compile(terms)
    if pattern is None:
        return []
    used = (match.casefold() for text in texts for match in pattern.findall(escape(text)))
    return [known[name] for name in dict.fromkeys(used)]


@lru_cache(maxsize=4)
def _compile(terms: tuple[DefinedTerm, ...]) -> tuple[re.Pattern[str] | None, dict[str, DefinedTerm]]:
    """Return the pattern of all terms, the longest first, and the terms by their escaped lower-case text."""
    known = {escape(term.term).casefold(): term for term in terms}
    if not known:
        return None, known
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE), known
