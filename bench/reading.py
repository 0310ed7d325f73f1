"""How fast the public pages are, against a bare Wagtail page of the same server."""

from wagtail.models import Page

from abierto.editorial.imports import imported
from bench.bareapp.models import BarePage
from bench.load import Timings, measure, slowdown
from bench.server import running_gunicorn
from pages.home import HomePage
from pages.plans.commitment import CommitmentPage

BARE = "bare"
WORKERS = 2
CLIENTS = 2
PROSE = "<p>" + "Un párrafo corriente, de los que tiene cualquier página. " * 8 + "</p>"


def add_bare_page(home: Page) -> BarePage:
    """Put the yardstick beside the pages it measures."""
    with imported("La página con la que se compara"):
        return home.add_child(instance=BarePage(title="Página simple", slug="pagina-simple", body=PROSE * 4))


def paths() -> dict[str, str]:
    """Return the addresses to measure; the yardstick first."""
    home = HomePage.objects.live().select_related("current_plan").get()
    commitment = CommitmentPage.objects.live().descendant_of(home.current_plan).order_by("path").first()
    return {
        BARE: add_bare_page(home).get_url(),
        "home": home.get_url(),
        "plan": home.current_plan.get_url(),
        "commitment": commitment.get_url(),
        "search": "/buscar/?q=transparencia",
    }


def count_queries(path: str) -> int:
    """Return how many queries a page makes once the caches of a running process are warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def facts(timings: Timings, baseline: Timings, queries: int) -> dict[str, float]:
    """Return what is reported of one page."""
    return {
        "requests_per_second": round(timings.rate, 1),
        "p50_ms": round(timings.percentile_ms(50), 1),
        "p95_ms": round(timings.percentile_ms(95), 1),
        "queries": queries,
        "times_slower_than_bare": round(slowdown(timings, baseline), 2),
    }


def measure_pages(rounds: int, requests: int) -> dict[str, dict[str, float]]:
    """Measure every page in turns and return the facts of each."""
    addresses = paths()
    queries = {name: count_queries(path) for name, path in addresses.items()}
    with running_gunicorn(WORKERS) as server:
        urls = {name: server + path for name, path in addresses.items()}
        timings = measure(urls, rounds=rounds, requests=requests, clients=CLIENTS)
    return {name: facts(timings[name], timings[BARE], queries[name]) for name in addresses}
