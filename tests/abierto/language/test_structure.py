"""The rules about a whole page: for each, three examples that break it and three that follow it."""

from __future__ import annotations

import pytest

from abierto.language.pages import ContentPart, PageContent, PartKind
from abierto.language.review import review_page

SENTENCE = "El municipio publica cada mes sus compras."


def headings(*levels: int) -> PageContent:
    parts = tuple(ContentPart(f"h{at}", "Título", PartKind.HEADING, level) for at, level in enumerate(levels))
    return PageContent(parts)


def found(page: PageContent, code: str) -> list[str]:
    return [finding.key for finding in review_page(page).findings if finding.rule.code == code]


@pytest.mark.parametrize(
    ("levels", "keys"), [((3,), ["h0"]), ((2, 4), ["h1"]), ((2, 3, 2, 4, 6), ["h3", "h4"])]
)
def test_heading_that_skips_a_level(levels, keys):
    assert found(headings(*levels), "heading-order") == keys


@pytest.mark.parametrize("levels", [(), (2, 3, 4), (2, 3, 2, 2)])
def test_headings_in_their_order(levels):
    assert found(headings(*levels), "heading-order") == []


@pytest.mark.parametrize("summary", ["", "  ", "\n"])
def test_missing_summary(summary):
    assert found(PageContent((ContentPart("body", SENTENCE),), summary), "missing-summary") == ["summary"]


@pytest.mark.parametrize("summary", [None, SENTENCE, "Hay agua."])
def test_summary_that_is_there_or_that_the_type_has_not(summary):
    assert found(PageContent((), summary), "missing-summary") == []


@pytest.mark.parametrize("words", [51, 60, 200])
def test_long_summary(words):
    assert found(PageContent((), "agua " * words), "long-summary") == ["summary"]


@pytest.mark.parametrize("summary", [None, SENTENCE, "agua " * 50])
def test_summary_of_fifty_words(summary):
    assert found(PageContent((), summary), "long-summary") == []


def test_page_has_one_score_and_the_findings_of_each_part():
    page = PageContent((ContentPart("a", SENTENCE), ContentPart("b", "El acta fue aprobada.")), SENTENCE)

    review = review_page(page)

    assert (review.score.sentences, review.score.words) == (3, 18)
    assert [(one.key, one.rule.code, one.start) for one in review.findings] == [("b", "passive", 8)]
