"""Measure the public pages against a bare Wagtail page of the same server."""

from wagtail.models import Page

from abierto.approval.ledger.imports import imported
from bench.bareapp.models import BarePage
from bench.load import Timings, always, measure, never_twice, slowdown
from bench.server import running_gunicorn
from pages.home.models import HomePage
from pages.plans.commitments import CommitmentPage
from pages.reports.models import ReportPage

BARE = "bare"
WORKERS = 2
CLIENTS = 2
PROSE = "<p>" + "Un párrafo corriente, de los que tiene cualquier página. " * 8 + "</p>"


def add_bare_page(home: Page) -> BarePage:
    """Add the baseline page beside the measured pages."""
    with imported("La página con la que se compara"):
        return home.add_child(instance=BarePage(title="Página simple", slug="pagina-simple", body=PROSE * 4))


def paths() -> dict[str, str]:
    """Return the addresses to measure; the baseline first."""
    home = HomePage.objects.source_language().live().select_related("current_plan").get()
    english = home.current_plan.get_translations().live().get().specific
    commitment = CommitmentPage.objects.live().descendant_of(home.current_plan).order_by("path").first()
    return {
        BARE: add_bare_page(home).get_url(),
        "home": home.get_url(),
        "plan": home.current_plan.get_url(),
        "plan in English": english.get_url(),
        "commitment": commitment.get_url(),
        "report": ReportPage.objects.live().child_of(home.current_plan).first().get_url(),
        "search": "/buscar/?q=transparencia",
    }


def count_queries(path: str) -> int:
    """Return the number of queries to render a page with all other caches warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    client = Client()
    with override_settings(ABIERTO_PAGE_CACHE_SECONDS=0):
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
    return len(captured)


def facts(timings: Timings, baseline: Timings) -> dict[str, float]:
    """Return the reported values of one URL."""
    slower = slowdown(timings, baseline)
    return {
        "requests_per_second": round(timings.rate, 1),
        "p50_ms": round(timings.percentile_ms(50), 1),
        "p95_ms": round(timings.percentile_ms(95), 1),
        "times_slower_than_bare": round(slower, 2),
        "times_faster_than_bare": round(1 / slower, 1),
    }


def measure_pages(rounds: int, requests: int) -> dict[str, dict[str, float]]:
    """Measure every page in turns: from the cache, and rendered for each request (``… first``).

    Cached pages serve most visitors; the first visitor after each change waits for the rendering.
    """
    addresses = paths()
    queries = {name: count_queries(path) for name, path in addresses.items()}
    with running_gunicorn(WORKERS) as server:
        urls = {name: always(server + path) for name, path in addresses.items()}
        urls |= {f"{name} first": never_twice(server + addresses[name]) for name in addresses if name != BARE}
        timings = measure(urls, rounds=rounds, requests=requests, clients=CLIENTS)
    results = {name: facts(timings[name], timings[BARE]) for name in sorted(timings)}
    for name, count in queries.items():
        results[name if name == BARE else f"{name} first"]["queries"] = count
    return results
