"""The worker drains the outbox; without one, the process that publishes does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.indexing import outbox
from search.indexing.worker import IDLE_SECONDS, LONGEST_PAUSE, Worker
from search.models import Operation, OutboxEntry, WorkerBeat
from search.query.request import SearchRequest
from search.query.service import run_search
from tests.factories import StandardPageFactory, published

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def found(text):
    results, _pages = run_search(SearchRequest(text=text, locale="es-mx"))
    return [hit.group for hit in results.hits]


def beat(seconds_ago=0):
    WorkerBeat.objects.create(holder="otra:1", seen_at=timezone.now() - timedelta(seconds=seconds_ago))


def test_with_a_worker_alive_publishing_only_writes_the_row(engine, committed):
    beat()
    with committed():
        page = published(StandardPageFactory(title="Puentes"))
    assert found("puentes") == []
    assert Worker(engine).run_once() == 0
    assert found("puentes") == [page.pk]
    assert OutboxEntry.objects.count() == 0


def test_without_a_worker_for_a_while_publishing_drains(engine, committed):
    beat(seconds_ago=31)
    with committed():
        page = published(StandardPageFactory(title="Puentes"))
    assert found("puentes") == [page.pk]


@pytest.mark.parametrize("seconds", [1800, 7200], ids=["within the hour", "after it"])
def test_a_clock_that_is_set_back_holds_up_no_publication(engine, committed, seconds):
    later = timezone.now() + timedelta(seconds=seconds)
    beat(seconds_ago=-seconds)
    OutboxEntry.objects.create(page_id=1, next_at=later)
    OutboxEntry.objects.create(page_id=2, next_at=later, attempts=1)
    with committed():
        page = published(StandardPageFactory(title="Puentes"))

    assert found("puentes") == [page.pk]
    # What failed waits once more, for an hour at most.
    assert OutboxEntry.objects.count() == (1 if seconds < 3600 else 0)


def test_a_withdrawn_page_is_not_found_although_the_worker_is_dead(client, engine, committed):
    with committed():
        page = published(StandardPageFactory(title="Puentes de antes"))
        published(StandardPageFactory(title="Puentes de ahora"))
    beat()
    with committed():
        page.unpublish()
    assert page.pk in engine.groups()
    assert page.pk not in found("puentes")
    for url in ("/buscar/?q=puentes", "/buscar/resultados.json?q=puentes", "/buscar/sugerencias/?q=puen"):
        assert "Puentes de antes" not in client.get(url).content.decode()


def test_a_worker_with_nothing_to_do_waits_and_shows_that_it_is_alive(engine):
    worker = Worker(engine)
    assert worker.run_once() == IDLE_SECONDS
    assert outbox.is_worker_alive()


def test_a_worker_backs_off_while_another_process_writes(engine, monkeypatch):
    OutboxEntry.objects.create(page_id=1)
    worker = Worker(engine)
    with engine.batch():
        pauses = [worker.run_once() for _ in range(10)]
    assert pauses[:3] == [2 * IDLE_SECONDS, 4 * IDLE_SECONDS, 8 * IDLE_SECONDS]
    assert pauses[-1] == LONGEST_PAUSE
    assert worker.run_once() == 0
    assert worker.run_once() == IDLE_SECONDS


def test_two_workers_apply_every_row_once(engine):
    pages = [published(StandardPageFactory(title=f"Puente {number}")) for number in range(3)]
    first, second = Worker(engine), Worker(engine)
    while OutboxEntry.objects.exists():
        first.run_once()
        second.run_once()
    assert set(engine.groups()) == {page.pk for page in pages}


def test_a_stopped_worker_leaves_no_sign_of_life(engine):
    worker = Worker(engine)
    worker.stop()
    worker.run()
    assert not WorkerBeat.objects.exists()


def test_a_large_branch_is_split_into_rows_of_two_hundred(engine, monkeypatch):
    monkeypatch.setattr(outbox, "PAGES_IN_ROW", 2)
    top = published(StandardPageFactory(title="Obras"))
    below = [published(StandardPageFactory(parent=top, title=f"Puente {number}")) for number in range(4)]
    OutboxEntry.objects.all().delete()
    outbox.enqueue([top.pk], Operation.TREE)
    assert outbox.drain(engine, rounds=1).settled == 0
    assert [row.pages for row in OutboxEntry.objects.all()] == [
        [top.pk, below[0].pk],
        [below[1].pk, below[2].pk],
        [below[3].pk],
    ]
    assert outbox.drain(engine).settled == 3
    assert set(engine.groups()) == {top.pk, *(page.pk for page in below)}


def test_a_page_that_fails_in_a_row_of_many_holds_up_no_other(engine, monkeypatch):
    monkeypatch.setattr(outbox, "PAGES_IN_ROW", 2)
    pages = [published(StandardPageFactory(title=f"Puente {number}")) for number in range(3)]
    OutboxEntry.objects.all().delete()
    bad, real = pages[1].pk, outbox.iter_group_documents

    def describe(groups):
        if bad in groups:
            raise ValueError("no se puede")
        return real(groups)

    monkeypatch.setattr(outbox, "iter_group_documents", describe)
    outbox.enqueue([page.pk for page in pages])
    outbox.drain(engine)
    assert set(engine.groups()) == {pages[0].pk, pages[2].pk}
    assert [(row.page_id, row.operation) for row in OutboxEntry.objects.all()] == [(bad, Operation.PAGE)]
