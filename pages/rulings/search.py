"""Build the search content of a ruling: the passages of its public parts and its filter values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from abierto.privacy.extraction.parts import FilePage
from abierto.text import rich_text_lines
from pages.core.search import Passage, SearchContent, join_distinct_texts, join_texts

from .case_numbers import list_spellings
from .part_queries import RulingParts, read_parts
from .parts import EasyReadPage, InfographicPage, PlainVersionPage
from .sections import PLAIN_SECTIONS, page_anchor

_ARTICLE = re.compile(r"art(?:ículo|iculo|\.)?\s+(\d+(?:[-\s][A-Za-z]\b)?)", re.IGNORECASE)


def build_search_content(ruling: Any) -> SearchContent:
    """Return the content of a ``RulingPage``, which imports this module: the plain version comes first."""
    parts = read_parts(ruling)
    tribunal = ruling.deciding_tribunal
    named = tribunal.name if tribunal is not None and tribunal.live else ""
    chamber = ruling.chamber.name if ruling.chamber is not None and ruling.chamber.live else ""
    plain = list(iter_plain_passages(parts.plain)) if parts.plain is not None else []
    return SearchContent(
        [*plain, _describe_record(ruling, chamber), *iter_other_passages(parts)],
        day=ruling.decided_on,
        plain="\n".join(passage.text for passage in plain),
        ref=(*list_spellings(ruling.case_number, ruling.case_key), *_article_references(ruling)),
        outcome=ruling.decision,
        tribunal=named,
        matter=str(ruling.get_matter_display()).lower(),
        gender="yes" if ruling.has_gender_perspective else "",
        audience=tuple(str(row.get_group_display()) for row in ruling.groups.all()),
        versions=tuple(_list_versions(parts)),
        finality=ruling.finality,
        ruling_outcome=ruling.outcome,
    )


def iter_plain_passages(plain: PlainVersionPage) -> Iterator[Passage]:
    """Yield the sections of the plain version."""
    for name, anchor, heading in PLAIN_SECTIONS:
        text = rich_text_lines(getattr(plain, name))
        if text:
            yield Passage(text, str(heading), anchor)


def iter_other_passages(parts: RulingParts) -> Iterator[Passage]:
    """Yield the passages of the other parts."""
    if parts.easy is not None:
        yield Passage(rich_text_lines(parts.easy.text), _("Lectura fácil"), EasyReadPage.anchor)
    if parts.infographic is not None:
        steps = (f"{step.value['title']}. {step.value['text']}" for step in parts.infographic.steps)
        text = join_texts(parts.infographic.intro, *steps).text
        yield Passage(text, _("Infografía"), InfographicPage.anchor)
    yield from map(make_page_passage, parts.text)


def make_page_passage(page: FilePage) -> Passage:
    """Return a page of the court's own text under its number; a text without pages under its name."""
    if page.number is None:
        return Passage(page.text, _("Texto completo"), page_anchor(None))
    return Passage(page.text, _("Página %(number)s") % {"number": page.number}, page_anchor(page.number))


def _describe_record(ruling: Any, chamber: str) -> Passage:
    """Return the passage of the record; its labels are searched and not shown."""
    shown = join_distinct_texts(ruling.summary, ruling.decision)
    searched = [*ruling.topic_list, *ruling.provision_list, ruling.proceeding, chamber, ruling.case_number]
    labels = "\n".join(filter(None, [*searched, str(ruling.get_matter_display())]))
    return Passage(shown.text, shown.heading, "ficha", labels)


def _article_references(ruling: Any) -> tuple[str, ...]:
    """Return the references to articles as visitors type them: «artículo 47»."""
    found = (_ARTICLE.match(line) for line in ruling.provision_list)
    return tuple(f"artículo {match[1]}" for match in found if match)


def _list_versions(parts: RulingParts) -> Iterator[str]:
    if parts.plain is not None:
        yield "plain"
    if parts.infographic is not None:
        yield "infographic"
    if parts.easy is not None:
        yield "easy"
