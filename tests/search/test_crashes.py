"""A process killed while it publishes loses and invents no index entry."""

import itertools
import multiprocessing
import os
import signal
import time
from contextlib import suppress

import pytest
from django.db import connections, transaction
from wagtail.models import Page

from search.engines import get_engine
from search.engines.embedded import EmbeddedEngine
from search.indexing import outbox, reconcile
from tests.factories import StandardPageFactory, published

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

KILLS = 25
processes = multiprocessing.get_context("fork")


class ChangeOfMind(Exception):
    pass


def write(done, number):
    """Publish, withdraw and roll back pages until the process is killed."""
    connections.close_all()
    for turn in itertools.count():
        with suppress(ChangeOfMind), transaction.atomic():
            page = published(StandardPageFactory(title=f"Obra {number} {turn}", slug=f"obra-{number}-{turn}"))
            if turn % 3 == 2:
                raise ChangeOfMind
        if turn % 3 == 1:
            page.unpublish()
        done.release()


def kill_a_writer(number):
    """Start a writer, let it make some changes and begin another, and kill it."""
    connections.close_all()
    done = processes.Semaphore(0)
    writer = processes.Process(target=write, args=(done, number))
    writer.start()
    for _ in range(1 + number % 4):
        assert done.acquire(timeout=60)
    time.sleep(0.007 * number)
    os.kill(writer.pid, signal.SIGKILL)
    writer.join(20)


def test_twenty_five_kills_lose_and_invent_nothing(transactional_db, settings):
    reconcile.rebuild(get_engine())

    for number in range(KILLS):
        kill_a_writer(number)
        opened = EmbeddedEngine(settings.ABIERTO_INDEX_DIR)
        assert opened.health().ok
        assert outbox.drain().error == ""
        assert reconcile.compare(opened) == reconcile.Drift(), f"fingerprints after {number + 1} kills"
        assert reconcile.compare(opened, deep=True) == reconcile.Drift(), f"after {number + 1} kills"

    works = Page.objects.filter(title__startswith="Obra")
    assert set(get_engine().groups()) == set(works.live().values_list("pk", flat=True))
    assert KILLS <= works.live().count() < works.count()
