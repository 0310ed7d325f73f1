"""What is lost, or shown after its withdrawal, when a part of the portal fails while pages are published.

Each fault begins, pages are published and one is withdrawn, the fault ends, and the worker has a minute.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from django.conf import settings
from django.core import mail
from django.db import connection
from django.utils import timezone

from abierto.jobs.models import JobRun, Outcome
from abierto.jobs.services import start_due_jobs, start_job
from abierto.operations.worker import work_once
from bench.environment import ROOT, create_database
from pages.standard.models import StandardPage
from search.engines import get_engine
from search.engines.base import EngineError
from search.indexing.outbox import is_worker_alive
from search.models import OutboxEntry
from search.query.request import SearchRequest
from search.query.service import run_search
from tests.factories import StandardPageFactory, published

PATIENCE_SECONDS = 60
CLOSED_PORT = 9


def measure_faults(pages: int) -> dict[str, dict[str, Any]]:
    """Return, for each fault: pages lost, withdrawn pages visible, work not done, seconds to recover."""
    create_database()
    get_engine().rebuild([])
    page_faults = {"worker killed -9": killed_worker, "index folder not writable": unwritable_index}
    found = {name: publish_during(fault, pages) for name, fault in page_faults.items()}
    return found | {
        "mail server refusing": measure_job("remind", refused_mail),
        "clock back an hour": measure_clock(),
    }


def publish_during(fault: Callable[[], Any], count: int) -> dict[str, Any]:
    """Publish pages and withdraw the first while a fault lasts; count what search then lacks or shows."""
    mark = f"falla{fault.__name__.replace('_', '')}"
    before = published(StandardPageFactory(title=f"{mark} retirada"))
    work_once(with_due_jobs=False)
    with fault():
        made = {published(StandardPageFactory(title=f"{mark} {number}")).pk for number in range(count)}
        before.unpublish()
        shown = before.pk in search_for(mark)
    began = time.monotonic()
    with running_worker():
        while OutboxEntry.objects.exists() and time.monotonic() - began < PATIENCE_SECONDS:
            time.sleep(0.1)
    seconds = time.monotonic() - began
    stored = StandardPage.objects.live().filter(pk__in=made).count()
    return {
        "lost": 2 * count - stored - len(made & search_for(mark)),
        "withdrawn_visible": int(shown) + int(before.pk in search_for(mark)),
        "not_done": OutboxEntry.objects.count(),
        "seconds": round(seconds, 1),
    }


def search_for(word: str) -> set[int]:
    """Return the pages that a visitor finds: titles of the database when the index cannot be read."""
    try:
        results, _pages = run_search(SearchRequest(text=word, locale="es-mx", per_page=100))
    except EngineError:
        return set(StandardPage.objects.live().filter(title__contains=word).values_list("pk", flat=True))
    return {int(hit.group) for hit in results.hits}


@contextmanager
def running_worker(number: int = signal.SIGTERM) -> Iterator[None]:
    """Run a worker, and end it with a signal."""
    command = [sys.executable, str(ROOT / "manage.py"), "work", "--skip-checks"]
    worker = subprocess.Popen(command, cwd=ROOT, env=os.environ, stderr=subprocess.DEVNULL)
    began = time.monotonic()
    while not is_worker_alive() and time.monotonic() - began < PATIENCE_SECONDS:
        time.sleep(0.1)
    try:
        yield
    finally:
        worker.send_signal(number)
        worker.wait()
        connection.close()


@contextmanager
def killed_worker() -> Iterator[None]:
    """A worker that is killed: the process that publishes believes for half a minute that it is alive."""
    with running_worker(signal.SIGKILL):
        pass
    yield


@contextmanager
def unwritable_index() -> Iterator[None]:
    """A file in the place of the index: root may write to any folder, whatever its permissions."""
    folder = Path(settings.ABIERTO_INDEX_DIR)
    aside = folder.with_name("index-aside")
    folder.rename(aside)
    folder.touch()
    try:
        yield
    finally:
        folder.unlink()
        aside.rename(folder)


def measure_job(command: str, fault: Callable[[], Any]) -> dict[str, Any]:
    """Run a job during a fault and after it; it must store the failure, and then succeed."""
    with fault():
        start_job(command)
        work_once(with_due_jobs=False)
    began = time.monotonic()
    has_stored_failure = JobRun.objects.get(command=command).outcome == Outcome.FAILED
    start_job(command)
    work_once(with_due_jobs=False)
    is_done = JobRun.objects.get(command=command).outcome == Outcome.DONE
    seconds = round(time.monotonic() - began, 1)
    return {
        "failures_not_stored": int(not has_stored_failure),
        "not_done": int(not is_done),
        "seconds": seconds,
    }


@contextmanager
def refused_mail() -> Iterator[None]:
    """A letter that is due, and a server that accepts no connection."""

    def send_one() -> Iterator[str]:
        mail.EmailMessage("Aviso", "Texto", to=["a@example.org"]).send()
        yield "enviado"

    refused = {"BACKEND": "abierto.approval.mail_backends.SmtpBackend", "OPTIONS": {"port": CLOSED_PORT}}
    place = "abierto.deadlines.management.commands.remind.send_reminders"
    with mock.patch.object(settings, "MAILERS", {"default": refused}), mock.patch(place, send_one):
        yield


def measure_clock() -> dict[str, Any]:
    """Set the clock back after the jobs ran: those of each minute must run within the next one."""
    start_due_jobs()
    work_once(with_due_jobs=False)
    JobRun.objects.update(next_at=timezone.now() + timedelta(hours=1))
    missed = {"publish_scheduled", "read_files"} - set(start_due_jobs())
    return {"not_done": len(missed)}
