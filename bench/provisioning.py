"""Measure the provisioning of all municipalities with one command. The limit is a minute, on SQLite."""

import io
import time

from django.core.management import call_command
from wagtail.models import Page

from abierto.approval.ledger.imports import imported
from abierto.demo.loader.registry import load_municipalities
from abierto.spaces.empty_portal import build_empty_portal
from abierto.spaces.models import MunicipalitySpace
from bench.environment import create_database

MAX_SECONDS = 60


def measure_provisioning() -> dict:
    """Provision all municipalities of an empty portal, then repeat it, which changes nothing."""
    create_database()
    build_empty_portal()
    with imported("El registro, para medir"):
        load_municipalities()
    (new, busy), (again, _busy) = time_command(), time_command()
    return {
        "municipalities": MunicipalitySpace.objects.count(),
        "pages": Page.objects.descendant_of(Page.objects.get(slug="municipios")).count(),
        "seconds, new": new,
        "seconds of the processor, new": busy,
        "seconds, again": again,
        "within the limit": new <= MAX_SECONDS,
    }


def time_command() -> tuple[float, float]:
    """Provision all; return the seconds by the clock and those of the processor."""
    start, busy = time.perf_counter(), time.process_time()
    call_command("provision", "--all", stdout=io.StringIO())
    return round(time.perf_counter() - start, 1), round(time.process_time() - busy, 1)
