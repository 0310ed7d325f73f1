"""No tribunal sees what another has not published: rulings, their parts, batches and counts, on both sides.

Every URL of the admin is requested with the keys of the other tribunal's rulings; the public pages, feeds and
searches are read. Prints a table that ends with ``leaks: N``.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from abierto.ruling_desk import views
from abierto.ruling_desk.models import BatchPage, MonthlyCount, RulingBatch
from abierto.tenancy.enums import SpaceKind
from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests.abierto.approval.newsroom import newsroom, submit
from tests.factories import PlanPageFactory, published
from tests.ruling_factories import (
    InfographicPageFactory,
    PlainVersionPageFactory,
    PublicVersionPageFactory,
    RulingPageFactory,
)
from tests.security.isolation_spaces import (
    OWN_WORD,
    THEIR_WORD,
    SpaceContent,
    TwoSpaces,
    create_objects,
    open_space,
)
from tests.security.isolation_walk import NOWHERE, Found, Walker, full_text, keys_of, words_in
from tests.security.side_channels import Observer, admin_pairs
from tests.security.test_isolation import is_list, print_table, urls_to_try
from tests.shared_rows import built_once

# Every URL runs the same code on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: The views about rulings and their reviews; the walk of two spaces covers the others.
ROOMS = (
    "ruling_desk:",
    "wagtailadmin_pages:",
    "bundles:",
    "guest_links:",
    "wagtailadmin_explore",
    "dashboard:",
)
ENOUGH_URLS, ENOUGH_PAIRS = 60, 30


def make_rulings(content: SpaceContent) -> SpaceContent:
    """Add rulings with parts, changes and reviews to the desk of a space; the keys of pages are theirs."""
    word, rows, editor = content.word, content.rows, content.editor
    ruling = published(
        RulingPageFactory(
            parent=rows["ruling_list"], title=f"Abierta {content.space.slug}", case_number="70/2019"
        )
    )
    ruling.decision = f"{word}cambiada"
    ruling.save_revision(user=editor, log_action=True)
    draft = RulingPageFactory(
        parent=rows["ruling_list"], title=f"{word}reservada", case_number="80/2019", topics=f"{word}tema",
        decision=f"{word}fallo", owner=editor,
    )  # fmt: skip
    parts = [
        PublicVersionPageFactory(
            parent=draft, texts=(f"{word}texto",), anonymized_by=editor, names_reviewed_by=content.reviewer,
            owner=editor,
        ),
        InfographicPageFactory(parent=draft, intro=f"{word}dibujo", owner=editor),
    ]  # fmt: skip
    for page in (draft, *parts):
        page.save_revision(user=editor, log_action=True)
        BatchPage.objects.create(
            batch=rows["batch"], row=2, page=page, revision=page.latest_revision, document=rows["document"]
        )
    rows["batch"].bundles.add(rows["bundle"])
    sent = PlainVersionPageFactory(parent=ruling, what_happened=f"<p>{word}hechos</p>", owner=editor)
    state = submit(sent, editor)
    plan = PlanPageFactory(parent=rows["root"], title=f"{word}plan", slug=f"{word}plan")
    found = {"public": ruling, "borrador": draft, "enviada": sent, "revision": draft.latest_revision}
    found |= {"task_state": state, "workflow_state": state.workflow_state, "plan": plan}
    return replace(content, rows=rows | found)


@built_once
def create_two_tribunals() -> TwoSpaces:
    """Build two tribunals with the same kinds of content."""
    home = newsroom().home
    own, theirs = (
        make_rulings(create_objects(open_space(SpaceKind.INSTITUTION, name, slug), word, home))
        for name, slug, word in (
            ("Tribunal propio", "tribunal-propio", OWN_WORD),
            ("Tribunal de junto", "tribunal-de-junto", THEIR_WORD),
        )
    )
    return TwoSpaces(
        home,
        own,
        theirs,
        town_editor=own.editor,
        town_reviewer=own.reviewer,
        town_administrator=own.administrator,
        powerful=own.administrator,
        translator=own.editor,
        state_translator=own.editor,
    )


@pytest.fixture
def tribunals() -> TwoSpaces:
    return create_two_tribunals()


def is_about_rulings(name: str) -> bool:
    return name.startswith(ROOMS)


def walk(place: TwoSpaces, user: Any, rooms: tuple[str, ...] = ROOMS, thorough: bool = False) -> Found:
    """Open the views with the other tribunal's keys, and the own lists; thoroughly, also post and filter."""
    walker = Walker(place, user)
    index = place.theirs.key("ruling_list")
    for address in urls_to_try(keys_of(place.theirs)):
        if address.name.startswith(rooms):
            walker.get(address)
            if thorough:
                walker.ask(address, "post", "", {"value": "x", "action": "approve", "index": index})
    filters = (f"tribunal={index}", f"index={index}", f"q={THEIR_WORD}", "export=csv")
    for address in urls_to_try(keys_of(place.own)) if user is not None else ():
        if address.name.startswith(rooms) and is_list(address):
            for query in ("", *(filters if thorough else ())):
                walker.get(address, query)
    return walker.found


def test_no_tribunal_sees_or_changes_what_another_has_not_published(tribunals, short_404, capsys):
    swapped = tribunals.swapped()
    table = {
        "edita": walk(tribunals, tribunals.own.editor, thorough=True),
        "revisa": walk(tribunals, tribunals.own.reviewer),
        "administra": walk(tribunals, tribunals.own.administrator),
        "edita el de junto": walk(swapped, swapped.own.editor),
        "nadie": walk(tribunals, None),
    }

    print_table(table, capsys)
    assert {who: dict(found.leaks) for who, found in table.items() if found.leaks} == {}
    assert {who: found.writes for who, found in table.items() if found.writes} == {}
    assert all(found.asked > ENOUGH_URLS for found in table.values())


def test_walk_detects_batches_of_every_tribunal(tribunals, short_404, monkeypatch):
    monkeypatch.setattr(views, "own_batches", lambda user: RulingBatch.objects.all())

    leaks = walk(tribunals, tribunals.own.editor, rooms=("ruling_desk:",)).leaks

    assert "ruling_desk:batches" in {label.split()[0] for label in leaks}


def test_no_answer_tells_that_another_tribunal_has_a_ruling_a_batch_or_a_count(tribunals, short_404):
    pairs = [pair for pair in admin_pairs(tribunals) if is_about_rulings(pair.name)]

    channels = [Observer(tribunals.own.editor).compare(pairs, method) for method in ("get", "post")]

    assert [channel.leaks for channel in channels] == [[], []]
    assert len(pairs) > ENOUGH_PAIRS


def test_desk_and_its_counts_stay_while_another_tribunal_works(tribunals, short_404):
    lists = [one for one in urls_to_try(keys_of(tribunals.own)) if one.name.startswith("ruling_desk:")]
    lists = [one for one in lists if is_list(one)]

    def read() -> list[tuple[Any, ...]]:
        observer = Observer(tribunals.own.editor, compares_text=True)
        return [observer.answer(one.path, (), "get", None) for one in lists]

    before = read()
    theirs = tribunals.theirs
    RulingPageFactory(parent=theirs.rows["ruling_list"], title=f"{THEIR_WORD}nueva", owner=theirs.editor)
    MonthlyCount.objects.create(
        space=theirs.space, index=theirs.rows["ruling_list"], month=datetime.date(2024, 3, 1), decided=7,
        source=f"{THEIR_WORD}fuente", declared_by=theirs.editor,
    )  # fmt: skip

    assert read() == before
    assert len(lists) > 3


def test_public_pages_and_feeds_hold_no_draft_of_a_tribunal(tribunals):
    rebuild(get_engine())
    index, ruling, draft = (tribunals.theirs.rows[name] for name in ("ruling_list", "public", "borrador"))
    slug, client = index.slug, Client()
    shown = [
        *(index.url, ruling.url, f"/en{ruling.url}", "/sitemap.xml"),
        reverse("pages:rulings_feed", args=[slug]),
        reverse("pages:rulings_of_matter_feed", args=[slug, "administrativa"]),
        *(f"{reverse(name)}?q={THEIR_WORD}" for name in ("search:results", "search:suggestions")),
    ]
    closed = [draft.url, *(part.url for part in draft.get_children().specific())]
    closed = [address.partition("#")[0] for address in closed]
    permanent = [reverse("pages:ruling", args=[slug, number]) for number in ("80-2019", str(NOWHERE))]

    texts = {address: full_text(client.get(address)) for address in (*shown, *closed)}

    assert {
        address: words for address, text in texts.items() if (words := words_in(text, THEIR_WORD, address))
    } == {}
    assert {client.get(address).status_code for address in (*closed, *permanent)} == {404}
    assert client.get(ruling.url).status_code == 200
