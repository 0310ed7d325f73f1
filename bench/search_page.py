"""Measure the whole results page with 100,000 passages in the index.

The passages belong to real pages of a large site, so that every result is compared with the database and
every hit has its URL; each query is sent once, so that no page comes from a cache.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from bench.corpus import PASSAGES_PER_PAGE, Corpus
from bench.load import measure
from bench.publishing import grow
from bench.server import running_gunicorn
from pages.standard.models import StandardPage
from search.engines import get_engine
from search.indexing.schema import Document

WORKERS, CLIENTS, WARM = 2, 1, 40


def measure_search_page(passages: int, questions: int) -> dict[str, float]:
    """Return the milliseconds of an uncached results page, and its queries."""
    keys = _pages(passages // PASSAGES_PER_PAGE)
    get_engine().rebuild(_documents(keys, passages))
    questions_asked = Corpus(seed=11).questions(WARM + questions)
    with running_gunicorn(WORKERS) as server:
        urls = iter([f"{server}/buscar/?q={quote(text)}" for text in questions_asked])
        warm = {"page": (next(urls) for _ in range(WARM))}
        measure(warm, rounds=1, requests=WARM - 4 * CLIENTS, clients=CLIENTS)
        timings = measure({"page": urls}, rounds=1, requests=questions - 4 * CLIENTS, clients=CLIENTS)["page"]
    return {
        "passages": passages,
        "p50_ms": round(timings.percentile_ms(50), 1),
        "p95_ms": round(timings.percentile_ms(95), 1),
        "queries": max(_queries(text) for text in questions_asked[-5:]),
    }


def _pages(count: int) -> Sequence[int]:
    """Fill the site with pages and return as many of their keys."""
    grow(count + Page.objects.count())
    return list(StandardPage.objects.live().order_by("-pk").values_list("pk", flat=True)[:count])


def _documents(keys: Sequence[int], passages: int) -> Iterator[Document]:
    """Return the passages of the corpus as documents of the pages with these keys."""
    for document in Corpus().documents(passages):
        key = keys[document.group - 1]
        yield replace(document, group=key, id=f"{key}.{document.part}")


def _queries(text: str) -> int:
    """Return the number of queries of a page in a warm process after a change."""
    client = Client()
    client.get("/buscar/", {"q": "antes"})
    with CaptureQueriesContext(connection) as captured:
        client.get("/buscar/", {"q": text})
    return len(captured)
