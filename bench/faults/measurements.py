"""Measure each fault: what was lost, shown after its withdrawal or answered with an error."""

import itertools
import os
import shutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection
from django.urls import reverse

from abierto.accounts.models import User
from abierto.jobs.models import JobRun
from pages.standard.models import StandardPage
from search.models import OutboxEntry
from tests import elasticsearch

from .content import Public, StaffedTown, Waiting, build_towns, publish_page, submit_page
from .injection import (
    Fault,
    MailServer,
    clock_back,
    full_disk,
    killed_node,
    killed_worker,
    may_mount,
    nothing,
    read_only,
    restarted_postgresql,
)
from .portal_server import Portal, running_portal
from .traffic import NO_ANSWER, Visitors

PATIENCE_SECONDS = 60
READERS, READERS_IN_FAULTS, FEW_READERS = 500, 10, 3
JOB_OF_EVERY_MINUTE = "publish_scheduled"


class Bench:
    """A portal with municipalities, and the counts of each fault."""

    def __init__(self, portal: Portal, towns: list[StaffedTown], readers: int) -> None:
        self._portal, self._towns, self._readers = portal, towns, readers
        self._numbers = itertools.count(1)
        self._paths = ["/", "/buscar/?q=municipio", "/salud/listo/", "/datos/"]

    def measure(self, fault: Fault, *, readers: int = 0, extra: Any = None) -> dict[str, Any]:
        """Approve a page and withdraw one in each municipality while a fault lasts; count what went wrong."""
        mark = f"falla{next(self._numbers):02}"
        waiting = [submit_page(town, f"{mark} aprobada {n}") for n, town in enumerate(self._towns)]
        public = [publish_page(town, f"{mark} retirada {n}") for n, town in enumerate(self._towns)]
        wait_until(lambda: not OutboxEntry.objects.exists())
        connection.close()
        visitors = Visitors(self._portal.address)
        paths = [*self._paths, *(page.path for page in public)]
        with fault(), visitors.reading(paths, readers or self._readers):
            visitors.work(waiting, public, people=len(self._towns))
            if extra:
                extra(visitors)
        seconds = self._wait_until_recovered(visitors, waiting, public)
        return self._count(visitors, waiting, public, seconds)

    def _wait_until_recovered(
        self, visitors: Visitors, waiting: list[Waiting], public: list[Public]
    ) -> float:
        """Return the seconds until the refused requests are accepted and the portal is ready again."""

        def is_recovered() -> bool:
            left = [one for one in waiting if not is_live(one.page)]
            left_too = [one for one in public if is_live(one.page)]
            if left or left_too:
                visitors.work(left, left_too, people=4)
                return False
            is_ready = visitors.request("/salud/listo/")[0] == 200 and visitors.request("/")[0] == 200
            is_drained = is_ready and not OutboxEntry.objects.exists()
            return is_drained and not self._missing(visitors, waiting)

        return wait_until(is_recovered)

    def _missing(self, visitors: Visitors, waiting: list[Waiting]) -> list[Waiting]:
        """Return the approved pages that are not public or that the search does not find."""
        return [
            one
            for one in waiting
            if one.page in visitors.log.approved
            and not (is_live(one.page) and one.slug in visitors.search(one.title))
        ]

    def _count(
        self, visitors: Visitors, waiting: list[Waiting], public: list[Public], seconds: float
    ) -> dict[str, Any]:
        log = visitors.log
        for one in public:
            if one.page in log.withdrawn:
                visitors.look_for(one)
        refused = [one for one in waiting if not is_live(one.page)]
        refused_too = [one for one in public if is_live(one.page)]
        return {
            "acknowledged": len(log.approved) + len(log.withdrawn),
            "acknowledged lost": len(self._missing(visitors, waiting))
            + sum(is_live(page) for page in log.withdrawn),
            "withdrawn visible": len(log.visible),
            "500": log.statuses[500],
            "no answer": log.statuses[NO_ANSWER],
            "503": log.statuses[503],
            "requests": sum(log.statuses.values()),
            "not accepted afterwards": len(refused) + len(refused_too),
            "recovered in s": round(seconds, 1),
            **({"failures": sorted(set(log.failures))[:5]} if log.failures else {}),
        }


def wait_until(condition: Callable[[], bool]) -> float:
    """Wait until a condition holds, or ``PATIENCE_SECONDS``; return the seconds."""
    began = time.monotonic()
    while not condition() and time.monotonic() - began < PATIENCE_SECONDS:
        time.sleep(0.25)
    return time.monotonic() - began


def is_live(page: int) -> bool:
    return StandardPage.objects.filter(pk=page, live=True).exists()


def measure_one_machine(folder: Path, towns: int, quick: bool, mail: MailServer) -> Iterator[tuple[str, Any]]:
    """Yield the rows of SQLite and the embedded index."""
    data = Path(os.environ["ABIERTO_DATA"])
    people = build_towns(towns)
    with running_portal(folder) as portal:
        bench = Bench(portal, people, FEW_READERS if quick else READERS_IN_FAULTS)
        yield load_name(towns, quick), bench.measure(nothing, readers=0 if quick else READERS)
        yield "worker killed -9", bench.measure(partial(killed_worker, portal))
        yield "mail server refusing", bench.measure(mail.refusing, extra=ask_for_letters)
        if quick:
            return
        if may_mount():
            yield "disk full", bench.measure(partial(full_disk, data))
            yield "index folder read-only", bench.measure(partial(read_only, data / "index"))
        if shutil.which("cc"):
            yield "clock back an hour", measure_clock(bench, portal, folder)


def load_name(towns: int, quick: bool) -> str:
    return f"{FEW_READERS if quick else READERS} readers, {towns} municipalities"


def ask_for_letters(visitors: Visitors) -> None:
    """Request a new password, whose e-mail the web server sends itself."""
    page, cookies = reverse("account_reset_password"), {"csrftoken": "a" * 32}
    for number, user in enumerate(User.objects.exclude(email="")[:3]):
        visitors.request(page, cookies, {"email": user.email}, address=f"192.0.2.{number}")


def measure_clock(bench: Bench, portal: Portal, folder: Path) -> dict[str, Any]:
    """Set the clock back; the job of every minute must run again within the minute."""

    def last_run() -> object:
        return JobRun.objects.filter(command=JOB_OF_EVERY_MINUTE).values_list("started_at", flat=True).first()

    result = bench.measure(partial(clock_back, portal, folder))
    before = last_run()
    return result | {"next run of a job in s": round(wait_until(lambda: last_run() != before), 1)}


def measure_cluster(
    folder: Path, towns: int, quick: bool, nodes: list[elasticsearch.Node]
) -> Iterator[tuple[str, Any]]:
    """Yield the rows of PostgreSQL and three servers of Elasticsearch."""
    people = build_towns(towns)
    with running_portal(folder) as portal:
        bench = Bench(portal, people, FEW_READERS if quick else READERS_IN_FAULTS)
        yield load_name(towns, quick), bench.measure(nothing, readers=0 if quick else READERS)
        yield "PostgreSQL restarted", bench.measure(partial(restarted_postgresql, os.environ["DATABASE_URL"]))
        yield "Elasticsearch: one of three killed", bench.measure(partial(killed_node, nodes))
