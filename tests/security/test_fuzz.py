"""No input to any URL, by any user and method, causes a server error.

``ABIERTO_FUZZ_SEED`` repeats a round; ``run.py test --long`` sends many times as much.
"""

from __future__ import annotations

import logging
import os
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection

from abierto.approval import middleware as editorial
from abierto.bad_requests import middleware as bad_requests
from abierto.operations.logs import PrivateFormatter
from tests.abierto.approval.newsroom import newsroom
from tests.factories import MicrositePageFactory, published
from tests.ruling_factories import RulingIndexPageFactory, RulingPageFactory
from tests.security.addresses import Address
from tests.security.fuzzing.engine import Browser, Report, send, show
from tests.security.fuzzing.examples import examples
from tests.security.fuzzing.places import (
    CASE_NUMBER,
    TOWN,
    TRIBUNAL,
    admin_addresses,
    one_of_each,
    public_addresses,
)
from tests.security.fuzzing.requests import (
    SHAPES,
    Pairs,
    Probe,
    broken_forms,
    broken_queries,
    encode,
    shape_of,
)
from tests.security.newsdesk import Desk, stage
from tests.security.test_walk import NOT_WALKED, gaps_for, user_with_all_rights

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
ROUNDS = int(os.environ.get("ABIERTO_TEST_ROUNDS", "1"))
PROBES = 8 if IS_LONG else 1
SEED = int(os.environ.get("ABIERTO_FUZZ_SEED", random.randrange(10**6) if IS_LONG else 2026))
ONLY = os.environ.get("ABIERTO_FUZZ_ONLY", "")
#: A value that no line of the log may have.
PERSONAL = "GOMC800101MGTRRS09"
#: URLs outside the admin with arguments without values.
NOT_FUZZED: set[str] = set()


@dataclass
class World:
    """The pages, the users and the form that every view is sent."""

    desk: Desk
    admin: list[Address]
    public: list[Address]
    unfilled: set[str]
    form: Pairs
    people: dict[str, Browser]


@pytest.fixture
def quiet() -> Iterator[None]:
    """Keep thousands of refusals out of the report of a failed test."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(quiet) -> World:
    room = newsroom()
    published(MicrositePageFactory(slug=TOWN))
    rulings = published(RulingIndexPageFactory(slug=TRIBUNAL))
    published(RulingPageFactory(parent=rulings, case_number=CASE_NUMBER))
    desk = stage(room).desk(user_with_all_rights(room))
    gaps, everywhere = gaps_for(desk)
    admin = list(admin_addresses(desk, gaps))
    public, unfilled = public_addresses(desk)
    people = {
        name: Browser(name, getattr(room, name))
        for name in ("editor", "reviewer", "administrator", "superuser")
    }
    people |= {"keeper": Browser("keeper", desk.user), "anonymous": Browser("anonymous")}
    return World(
        desk, admin, public, (gaps.unfilled - NOT_WALKED.keys()) | unfilled, shape_of(everywhere), people
    )


def probe_url(world: World, address: Address, chance: random.Random, report: Report) -> None:
    """Send a URL its own form and query as a superuser, each time with one fault."""
    keeper = world.people["keeper"]
    target = show(keeper, address.name, address.path, world.form, report)
    probes = [
        *broken_queries(target, chance, PROBES),
        *broken_forms(target, chance, PROBES),
        *(chance.choice(SHAPES)(target, chance) for _ in range(PROBES)),
    ]
    for probe in probes:
        person = keeper if chance.random() < 0.7 else world.people[chance.choice(list(world.people))]
        send(person, probe, report)


def is_probed_here(view: str) -> bool:
    """Check whether this database has the view's turn: each has half of them, and all in the long run."""
    return IS_LONG or bool(ONLY) or zlib.crc32(view.encode()) % 2 == (connection.vendor == "sqlite")


def fuzz(world: World, seed: int) -> Report:
    """Send the examples, and the probes to every view."""
    report = Report()
    for probe in examples(world.desk, world.form):
        send(world.people["keeper"], probe, report)
    for number in range(ROUNDS):
        chance = random.Random(seed + number)
        for address in one_of_each([*world.admin, *world.public], chance):
            if ONLY in address.name and is_probed_here(address.name):
                probe_url(world, address, chance, report)
    return report


def log_of_a_personal_value(world: World) -> list[str]:
    """Send a personal value in every field to every view; return the lines that production would log."""
    lines: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler, root = Collect(), logging.getLogger()
    handler.setFormatter(PrivateFormatter())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.disable(logging.NOTSET)
    names = sorted({name for name, _value in world.form})
    form = encode([(name, PERSONAL.encode()) for name in names]).encode()
    try:
        for address in one_of_each([*world.admin, *world.public], random.Random(SEED)):
            probe = Probe(address.name, address.path, "personal value", method="POST", body=form)
            world.people["keeper"].send(probe)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        logging.disable(logging.CRITICAL)
    return lines


@pytest.mark.both_databases
def test_no_input_causes_a_server_error(world, capsys):
    report = fuzz(world, SEED)

    with capsys.disabled():
        print(f"\nseed {SEED} on {connection.vendor}: {report.table()}")
    assert world.unfilled <= NOT_FUZZED
    views = {address.name for address in (*world.admin, *world.public)}
    assert len(views) > 400
    assert ONLY or {view for view in views if is_probed_here(view)} <= report.views
    assert report.faults == []
    if connection.vendor == "sqlite" and not ONLY:
        lines = log_of_a_personal_value(world)
        assert len(lines) > 400
        assert [line for line in lines if PERSONAL in line] == []


def test_the_fuzzer_sees_errors_without_the_mechanism(world, monkeypatch):
    """Without the checks before and after the view, the examples cause server errors."""
    monkeypatch.setattr(bad_requests, "find_refusal", lambda request, view: None)
    monkeypatch.setattr(bad_requests, "answer_to_exception", lambda request, error: None)
    monkeypatch.setattr(editorial, "answer_to_exception", lambda request, error: None)
    report = Report()

    for probe in examples(world.desk, world.form):
        send(world.people["keeper"], probe, report)

    kinds = {fault.error.partition(":")[0] for fault in report.faults}
    assert {"MultiValueDictKeyError", "ValueError"} <= kinds, kinds
    # A number too large: SQLite refuses it at once, PostgreSQL aborts the transaction.
    assert {"OverflowError", "InternalError"} & kinds, kinds
    assert len(report.faults) > 10
