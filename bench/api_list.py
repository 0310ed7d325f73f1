"""Measure the list of 100 commitments in the open-data API against the same list as a page, in turns."""

import statistics
import time
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.environment import create_database
from pages.core.cache import clear_cached_values
from pages.core.page_cache import CACHE
from tests.factories import AxisPageFactory, CommitmentPageFactory, PlanPageFactory, published

MAX_TIMES_THE_PAGE = 1.5
AXES = 10


def measure_api_list(commitments: int, turns: int) -> dict[str, Any]:
    """Return processor milliseconds and queries of both lists, made anew each time, and their ratio."""
    create_database()
    plan = published(PlanPageFactory())
    for number in range(AXES):
        axis = published(AxisPageFactory(parent=plan, code=str(number + 1)))
        for at in range(commitments // AXES):
            published(CommitmentPageFactory(parent=axis, code=f"{number + 1}.{at + 1}"))
    addresses = {"page": plan.get_url(), "api": f"/api/v1/compromisos/?limite={commitments}"}
    times: dict[str, list[float]] = {name: [] for name in addresses}
    client = Client()
    for _turn in range(turns):
        for name, address in addresses.items():
            times[name].append(ask(client, address))
    with CaptureQueriesContext(connection) as queries:
        rows = client.get(addresses["api"]).json()["data"]
    ratio = statistics.median(times["api"]) / statistics.median(times["page"])
    return {
        "commitments": len(rows),
        **{f"{name}_ms": round(statistics.median(times[name]), 1) for name in times},
        "api_queries": len(queries),
        "times the page": round(ratio, 2),
        "within the limit": ratio <= MAX_TIMES_THE_PAGE,
    }


def ask(client: Client, address: str) -> float:
    """Return the processor milliseconds of a request that finds nothing in a cache."""
    caches[CACHE].clear()
    clear_cached_values()
    began = time.process_time()
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.content
    return 1000 * (time.process_time() - began)
