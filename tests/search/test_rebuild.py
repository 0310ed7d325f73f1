"""A rebuild in slices: resumed after a kill, and with the changes of the meantime in both indexes."""

import multiprocessing
import os
import signal

import pytest
from django.db import connections, transaction

from abierto.approval.ledger.imports import imported
from search.engines import get_engine
from search.engines.base import EngineBusy
from search.indexing import outbox, rebuild, reconcile
from search.models import IndexRebuild, OutboxEntry, RebuildSlice
from tests.factories import StandardPageFactory, published, republished
from tests.shared_rows import built_once

pytestmark = pytest.mark.slow

processes = multiprocessing.get_context("fork")


def publish_pages():
    pages = [published(StandardPageFactory(title=f"Puente {number}")) for number in range(6)]
    OutboxEntry.objects.all().delete()
    return pages


build_pages = built_once(publish_pages)


@pytest.fixture
def small_slices(monkeypatch):
    monkeypatch.setattr(rebuild, "PAGES_IN_SLICE", 2)


@pytest.fixture
def pages(engine, small_slices):
    """Return six public pages, indexed."""
    made = build_pages()
    reconcile.rebuild(engine)
    return made


def start(engine):
    """Start a rebuild and fill its first slice."""
    run = rebuild._start(engine)
    rebuild._fill(engine, run, rebuild._take_slice(run))
    return run


def test_the_new_index_holds_every_page_once(engine, pages):
    live = engine.groups()
    assert reconcile.rebuild(engine) == len(pages)
    assert engine.groups() == live
    assert not IndexRebuild.objects.exists()
    assert not reconcile.compare(engine, deep=True)


def test_publishing_meanwhile_writes_to_both_indexes(engine, pages, committed):
    start(engine)
    with committed():
        republished(pages[0], title="Túnel")
        pages[1].unpublish()
        new = published(StandardPageFactory(title="Vereda"))
    during = engine.groups()
    assert new.pk in during
    assert pages[1].pk not in during
    assert OutboxEntry.objects.count() == 0
    reconcile.rebuild(engine)
    assert engine.groups() == during
    assert not reconcile.compare(engine, deep=True)


def test_a_slice_that_read_an_older_state_is_corrected(engine, pages, committed, monkeypatch):
    run = rebuild._start(engine)
    fill = engine.fill

    def fill_late(name, documents):
        read_before = list(documents)
        with committed():
            republished(pages[0], title="Túnel")
            pages[1].unpublish()
        return fill(name, read_before)

    monkeypatch.setattr(engine, "fill", fill_late)
    rebuild._fill(engine, run, rebuild._take_slice(run))
    monkeypatch.undo()
    reconcile.rebuild(engine)
    assert pages[1].pk not in engine.groups()
    assert not reconcile.compare(engine, deep=True)


def test_no_lock_is_held_while_pages_are_described(engine, pages, monkeypatch):
    fill = engine.fill

    def fill_and_write(name, documents):
        with engine.batch():
            pass
        return fill(name, documents)

    monkeypatch.setattr(engine, "fill", fill_and_write)
    assert reconcile.rebuild(engine) == len(pages)


def test_the_switch_waits_for_a_writer(engine, pages, monkeypatch):
    monkeypatch.setattr(rebuild, "PATIENCE_SECONDS", 0)
    with engine.batch(), pytest.raises(EngineBusy):
        reconcile.rebuild(engine)
    assert IndexRebuild.objects.get().slices.filter(is_done=False).count() == 0
    assert reconcile.rebuild(engine) == len(pages)


def test_a_restart_discards_what_was_filled(engine, pages):
    run = start(engine)
    assert reconcile.rebuild(engine, restart=True) == len(pages)
    assert not engine.is_filling(run.index)


def test_a_page_that_fails_goes_to_the_outbox(engine, pages, monkeypatch):
    real = rebuild.iter_group_documents

    def describe(groups):
        if pages[0].pk in groups:
            raise ValueError("no se puede")
        return real(groups)

    monkeypatch.setattr(rebuild, "iter_group_documents", describe)
    monkeypatch.setattr(outbox, "iter_group_documents", describe)
    assert reconcile.rebuild(engine) == len(pages) - 1
    row = OutboxEntry.objects.get()
    assert (row.page_id, row.attempts) == (pages[0].pk, 1)


def fill_and_die(engine, filled):
    """Fill one slice, take another and be killed in it."""
    connections.close_all()
    run = rebuild._start(engine)
    rebuild._fill(engine, run, rebuild._take_slice(run))
    taken = rebuild._take_slice(run)
    engine.fill(run.index, [])
    filled.put(taken.pk)
    filled.close()
    filled.join_thread()
    signal.pause()


@pytest.mark.both_databases
def test_a_killed_rebuild_is_resumed(transactional_db, settings, tmp_path, small_slices, monkeypatch):
    settings.ABIERTO_INDEX_DIR = tmp_path / "index"
    engine = get_engine()
    reconcile.rebuild(engine)
    with transaction.atomic(), imported("Prueba"):
        pages = publish_pages()
    connections.close_all()
    filled = processes.Queue()
    process = processes.Process(target=fill_and_die, args=(engine, filled))
    process.start()
    taken = filled.get(timeout=60)
    os.kill(process.pid, signal.SIGKILL)
    process.join(20)
    assert RebuildSlice.objects.filter(is_done=True).count() == 1
    assert RebuildSlice.objects.get(pk=taken).held_until is not None

    filled_again = []
    real = rebuild._fill
    monkeypatch.setattr(rebuild, "_fill", lambda *given: (filled_again.append(given[2].pk), real(*given)))
    slices = RebuildSlice.objects.count()
    assert reconcile.rebuild(engine) == engine.count() >= len(pages)
    assert taken in filled_again
    assert len(filled_again) == slices - 1
    assert {page.pk for page in pages} <= engine.groups().keys()
    assert not reconcile.compare(engine, deep=True)


def test_several_processes_fill_one_index(transactional_db, settings, tmp_path, small_slices):
    settings.ABIERTO_INDEX_DIR = tmp_path / "index"
    with transaction.atomic(), imported("Prueba"):
        pages = publish_pages()
    assert reconcile.rebuild(get_engine(), processes=2) >= len(pages)
    assert not reconcile.compare(get_engine(), deep=True)
