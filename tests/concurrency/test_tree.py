"""Eight users change the page tree at the same time: it stays consistent and nothing is lost."""

import random
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.approval.conflicts.versions import load_current_version
from abierto.approval.ledger.audit import find_unapproved
from abierto.operations.integrity.content import find_tree_problems, find_wrong_url_paths
from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.approval.newsroom import Newsroom, newsroom
from tests.concurrency.people import Person
from tests.concurrency.processes import ROUNDS, run_in_parallel
from tests.factories import published

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

PEOPLE = 8
REQUESTS = 25


@dataclass(frozen=True)
class World:
    """The tree: draft sections, some of which are deleted, and a public section with a page of each user."""

    sections: list[int]
    doomed: list[int]
    public: list[int]
    writer: int
    reviewer: int


def build(room: Newsroom) -> World:
    page = factories.StandardPageFactory
    square = published(page(title="Plaza"))
    sections = [page(title=f"Sección {number}").pk for number in range(PEOPLE)]
    doomed = [page(title=f"Se va {number}").pk for number in range(PEOPLE)]
    public = [published(page(parent=square, title=f"Pública {number}")).pk for number in range(PEOPLE)]
    # The author may do all that stock Wagtail allows; another user approves.
    return World(sections, doomed, public, writer=room.superuser.pk, reviewer=room.reviewer.pk)


@dataclass
class Done:
    """The changes that were acknowledged to a user."""

    statuses: Counter = field(default_factory=Counter)
    drafts: dict[int, int] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    live_title: str = ""


class Worker:
    """One of the eight users, with her own order of actions."""

    def __init__(self, world: World, number: int, seed: int) -> None:
        self.world, self.number = world, number
        self.chance = random.Random(f"{seed}-{number}")
        self.writer = Person(User.objects.get(pk=world.writer))
        self.reviewer = Person(User.objects.get(pk=world.reviewer))
        self.done, self.made = Done(), 0

    def work(self) -> Done:
        steps = [self.add, self.add, self.add, self.move, self.move_section, self.publish, self.reorder]
        steps += [self.delete, self.delete_section]
        while self.done.statuses.total() < REQUESTS:
            self.chance.choice(steps)()
        return self.done

    def record(self, response: Any) -> bool:
        """Record a response; return whether it acknowledges the change."""
        self.done.statuses[response.status_code] += 1
        to_home = response.headers.get("Location") == "/admin/"
        return response.status_code in (200, 302) and not to_home

    def add(self) -> None:
        self.made += 1
        section = self.chance.choice(self.world.sections + self.world.doomed)
        title = f"Hoja {self.number}-{self.made}"
        if self.record(self.writer.add(section, title, f"hoja-{self.number}-{self.made}")):
            # No other user knows it before; but its section may be deleted by now.
            for page in StandardPage.objects.filter(title=title):
                self.done.drafts[page.pk] = section

    def own_draft(self) -> int:
        """Return one of her drafts; 0 if there is none."""
        return self.chance.choice(list(self.done.drafts) or [0])

    def move(self) -> None:
        page, section = self.own_draft(), self.chance.choice(self.world.sections)
        if page and self.done.drafts[page] != section and self.record(self.writer.move(page, section)):
            self.done.drafts[page] = section

    def move_section(self) -> None:
        """Move a whole section, to which other users are adding pages, below another."""
        section, other = self.world.sections[self.number], self.chance.choice(self.world.sections)
        self.record(self.writer.move(section, other))

    def publish(self) -> None:
        self.made += 1
        page = StandardPage.objects.get(pk=self.world.public[self.number])
        title = f"Pública {self.number}, vez {self.made}"
        if self.record(self.writer.submit(page, title)) and self.record_decision(page):
            self.done.live_title = title

    def record_decision(self, page: StandardPage) -> bool:
        response = self.reviewer.approve(page)
        self.done.statuses[response.status_code] += 1
        return response.status_code == 302

    def reorder(self) -> None:
        self.record(self.writer.place(self.world.public[self.number], self.chance.randrange(PEOPLE)))

    def delete(self) -> None:
        page = StandardPage.objects.filter(pk=self.own_draft()).first()
        if page and self.record(self.writer.delete(page, {page.pk})):
            del self.done.drafts[page.pk]
            self.done.deleted.add(page.pk)

    def delete_section(self) -> None:
        """Delete a section to which others are adding pages: only the pages shown are deleted."""
        section = StandardPage.objects.filter(pk=self.world.doomed[self.number]).first()
        if section is None:
            return
        below = set(section.get_descendants(inclusive=True).values_list("pk", flat=True))
        if self.record(self.writer.delete(section, below)):
            self.done.deleted |= below


def run_all_workers(world: World, seed: int) -> list[Done]:
    return run_in_parallel([partial(_work, world, number, seed) for number in range(PEOPLE)])


def _work(world: World, number: int, seed: int) -> Done:
    return Worker(world, number, seed).work()


def damage() -> list[str]:
    """Return the errors in the tree and its URLs."""
    return [finding.message for finding in (*find_tree_problems(), *find_wrong_url_paths())]


def lost(world: World, all_done: list[Done]) -> list[str]:
    """Return the acknowledged changes that are missing."""
    missing = []
    deleted = set().union(*(done.deleted for done in all_done))
    for number, done in enumerate(all_done):
        for pk, section in done.drafts.items():
            if pk in deleted:
                continue
            page = Page.objects.filter(pk=pk).first()
            if page is None or page.get_parent().pk != section:
                missing.append(f"page {pk} is not under {section}")
        missing += [f"page {pk} is still there" for pk in done.deleted if Page.objects.filter(pk=pk).exists()]
        page = StandardPage.objects.get(pk=world.public[number])
        if done.live_title and page.title != done.live_title:
            missing.append(f"«{done.live_title}» is not what the public reads")
    return missing


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_eight_concurrent_users_keep_the_tree_consistent_and_lose_nothing(transactional_db, seed, capsys):
    world = build(newsroom())

    all_done = run_all_workers(world, seed)

    answers = sum((done.statuses for done in all_done), Counter())
    with capsys.disabled():
        print(f"\n{PEOPLE} × {REQUESTS}: {dict(answers)}", end=" ")
    failures = [status for status in answers if status >= 500]
    assert (damage(), lost(world, all_done), failures) == ([], [], [])
    assert answers[302] > PEOPLE * REQUESTS / 2
    assert list(find_unapproved()) == []
    assert all(load_current_version(StandardPage.objects.get(pk=pk)).public for pk in world.public)
