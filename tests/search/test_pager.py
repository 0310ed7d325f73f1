"""The pages of results, without a portal."""

from search.query.request import SearchRequest
from search.query.results import SearchResults
from search.web.presentation import build_result_pager


def build_pager(page, total):
    return build_result_pager(SearchResults(SearchRequest(text="x", page=page), total=total))


def test_a_single_page_has_no_pager():
    assert build_pager(1, 10) is None


def test_the_pages_between_are_an_ellipsis():
    found = build_pager(10, 444)
    assert [link.text for link in found.links] == ["1", "…", "8", "9", "10", "11", "12", "…", "45"]
    assert [link.text for link in found.links if not link.url] == ["…", "…"]
    assert (found.previous, found.next) == ("?q=x&page=9", "?q=x&page=11")
    assert (found.first_shown, found.last_shown, found.total_text) == (91, 100, "444")


def test_the_last_page_may_be_short():
    found = build_pager(5, 44)
    assert (found.first_shown, found.last_shown, found.next) == (41, 44, "")
