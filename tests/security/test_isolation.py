"""No user sees private content of another space: every URL of the admin, with the other space's keys.

A view that a later version of Wagtail, or of the project, adds is included automatically. Prints a table for
each user and ends with ``leaks: N``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db.models import Q
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.tenancy import access, wagtail_hooks
from abierto.tenancy.admin import choosers, filters, reports, tags
from abierto.tenancy.isolation.middleware import IsolationMiddleware
from abierto.tenancy.isolation.policies import POLICIES, Reach
from pages.core import base as pages_base
from tests.security.addresses import BULK, Address, Gaps
from tests.security.isolation_spaces import TwoSpaces, create_two_spaces, work_on
from tests.security.isolation_walk import (
    ANY,
    CHANGES_BY_ITSELF,
    QUERIES,
    SNIPPETS,
    TERMS,
    Found,
    Walker,
    bulk_query,
    every,
    form_of,
    full_text,
    keys_of,
    missing_keys,
    mixed,
    names_read,
    one_at_a_time,
    with_several_keys,
)
from tests.security.side_channels import Pair, pair_up

# Every URL runs the same code on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOT_FOUND = 404
MANY = 1500
ENOUGH_LISTS = 40
ENOUGH_QUERIES = 50
ENOUGH_PAIRS = 150
#: Fields that lists and forms read from the query.
ASKED = (
    *("id", "page", "parent", "child_of", "descendant_of", "owner", "edited_by", "user", "locked_by"),
    *("requested_by", "collection_id", "workflow", "task", "space", "institution", "successor"),
)
LISTS = (Reach.SCOPED_LIST, Reach.OWN_VIEW)


@pytest.fixture
def two_spaces() -> TwoSpaces:
    return create_two_spaces()


def is_list(address: Address) -> bool:
    policy = POLICIES.get(address.name)
    return (policy is not None and policy.reach in LISTS) or "choose" in address.name


def is_the_states(address: Address) -> bool:
    policy = POLICIES.get(address.name)
    return policy is None or policy.reach is Reach.STATE_ONLY


def walk(place: TwoSpaces, user: User | None, thorough: bool) -> Found:
    """Request every URL with the keys of the other space, and the own URLs: thoroughly, or the listings."""
    walker = Walker(place, user)
    open_foreign_urls(walker, place, thorough)
    for address in urls_to_try(keys_of(place.own)) if user is not None else ():
        if thorough or is_list(address):
            probe_own_url(walker, place, address, thorough)
    return walker.found


def urls_to_try(gaps: Gaps) -> list[Address]:
    """Return the URLs, without the registry models that are served exactly as the first."""
    alike = tuple(f"registry_{name}" for name in SNIPPETS if name != "institution")
    found = {address.path: address for address in reversed(list(every(gaps)))}  # the first name is used
    return [address for address in found.values() if not address.name.split(":")[0].endswith(alike)]


def open_foreign_urls(walker: Walker, place: TwoSpaces, thorough: bool) -> None:
    """Open the URLs with the other space's keys; thoroughly, also with missing keys and with both."""
    own, theirs = keys_of(place.own), keys_of(place.theirs)
    without_keys = {address.path for address in urls_to_try(own)}
    for address in urls_to_try(theirs):
        if address.path in without_keys and walker.user is not None:
            continue  # also an own URL: tested by ``probe_own_url``
        walker.found.answers[address.path] = walker.get(address).status_code
        if thorough:
            walker.ask(address, "post", "", {"value": "x", "action": "approve"})
    if not thorough:
        return
    missing = missing_keys(theirs)
    for address in urls_to_try(missing):
        if address.path not in without_keys and not is_the_states(address):
            walker.found.answers[address.path] = walker.get(address).status_code
    walker.found.distinguished = distinguish(walker.found.answers, pair_up(theirs, missing))
    for address in urls_to_try(mixed(own, theirs)):
        if with_several_keys(address) and not is_the_states(address):
            walker.get(address)


def probe_own_url(walker: Walker, place: TwoSpaces, address: Address, thorough: bool) -> None:
    """Use an own URL normally, and with the other space's keys in its query and its form."""
    query = bulk_query(place.own) if address.name.startswith(BULK) else ""
    shown = walker.get(address, query)
    if shown.status_code == NOT_FOUND and not query:
        return
    form = form_of(shown)
    if thorough:
        walker.ask(address, "post", query, form)
    found = [shown, *(walker.get(address, asked) for asked in queries_for(address, place, thorough))]
    for asked in foreign_queries(address, place) if thorough else ():
        # A view that does not ask for a name answers as without it.
        if {ANY, asked.partition("=")[0]} & names_read(*found):
            walker.found.foreign_queries += 1
            walker.get(address, asked)
    for name, value in one_at_a_time(place.theirs) if thorough else ():
        if name in form:
            walker.ask(address, "post", query, form | {name: value})


def queries_for(address: Address, place: TwoSpaces, thorough: bool) -> Iterator[str]:
    """Yield the query strings to try for a URL."""
    if address.name.startswith(BULK):
        yield from ("id=all", f"id=all&childOf={place.home.pk}", bulk_query(place.theirs))
    if is_list(address):
        asked = TERMS if "tag" in address.name else QUERIES
        yield from asked if thorough else asked[:1]


def foreign_queries(address: Address, place: TwoSpaces) -> Iterator[str]:
    """Yield the query strings that name an object of the other space, for the lists and forms."""
    whole = not address.name.endswith("_results")
    if whole and (is_list(address) or address.name.endswith(":add")):
        yield from (f"{name}={value}" for name, value in one_at_a_time(place.theirs) if name in ASKED)


def distinguish(answers: dict[str, int], pairs: Iterable[Pair]) -> list[str]:
    """Return the URLs that respond differently to the other space's key than to a missing one.

    Below public pages all users may look for a page to link to.
    """
    asked = [pair for pair in pairs if pair.theirs in answers and pair.missing in answers]
    assert len(asked) > ENOUGH_PAIRS
    return [
        f"{pair.name}: {answers[pair.theirs]} / {answers[pair.missing]}"
        for pair in asked
        if answers[pair.theirs] != answers[pair.missing] and "choose_page_child" not in pair.name
    ]


def print_table(table: dict[str, Found], capsys: pytest.CaptureFixture[str]) -> None:
    heads = ("peticiones", "fugas", "escrituras", "distingue", "500")
    with capsys.disabled():
        print(f"\n{'Quién':<34}" + "".join(f"{head:>12}" for head in heads))
        for who, found in table.items():
            sizes = [len(one) for one in (found.leaks, found.writes, found.distinguished, found.faults)]
            print(f"{who:<34}" + "".join(f"{number:>12}" for number in (found.asked, *sizes)))
            for name, words in sorted(found.leaks.items()):
                print(f"    {name}: {', '.join(sorted(words)[:3])}")
            for line in sorted(found.writes) + found.distinguished:
                print(f"    {line}")
        print(f"leaks: {sum(len(found.leaks) + len(found.writes) for found in table.values())}")


def test_no_user_sees_private_content_of_another_space(two_spaces, short_404, capsys):
    mine = two_spaces.own
    people = {
        "edita": (mine.editor, False),
        "revisa": (mine.reviewer, False),
        "administra": (mine.administrator, False),
        "traduce": (two_spaces.translator, False),
        "traduce el Estado": (two_spaces.state_translator, False),
        "puede todo": (two_spaces.powerful, True),
        "edita el ayuntamiento": (two_spaces.town_editor, False),
        "revisa el ayuntamiento": (two_spaces.town_reviewer, False),
        "lo administra": (two_spaces.town_administrator, False),
        "nadie": (None, False),
    }

    table = {who: walk(two_spaces, user, thorough) for who, (user, thorough) in people.items()}
    table["lo administra, a la institución"] = walk(
        two_spaces.swapped(), two_spaces.town_administrator, thorough=False
    )

    print_table(table, capsys)
    assert {who: dict(found.leaks) for who, found in table.items() if found.leaks} == {}
    assert {who: found.writes for who, found in table.items() if found.writes} == {}
    assert {who: found.distinguished for who, found in table.items() if found.distinguished} == {}
    assert table["puede todo"].asked > MANY
    assert table["puede todo"].foreign_queries > ENOUGH_QUERIES


# --- Counts without the other space --------------------------------------------------------------------


def seen(walker: Walker, place: TwoSpaces) -> dict[str, str]:
    """Return the text of each listing and own page, without what is new at each visit."""
    shown = {}
    for address in urls_to_try(keys_of(place.own)):
        response = walker.get(address) if is_list(address) and "chosen" not in address.name else None
        if response is not None and response.status_code != NOT_FOUND:
            shown[address.path] = CHANGES_BY_ITSELF.sub("", full_text(response))
    return shown


def test_no_count_includes_another_space(two_spaces, short_404):
    walker = Walker(two_spaces, two_spaces.powerful)
    before = seen(walker, two_spaces)

    work_on(two_spaces)

    after = seen(walker, two_spaces)
    assert [path for path, text in before.items() if after[path] != text] == []
    assert len(before) > ENOUGH_LISTS


# --- Detection without the guards ----------------------------------------------------------------------


def found_at(place: TwoSpaces, user: User, *names: str) -> set[str]:
    """Request some URLs; return the names of those that show content of the other space."""
    walker = Walker(place, user)
    own, theirs = keys_of(place.own), keys_of(place.theirs)
    tried = {
        address.path: address
        for gaps in (own, theirs, mixed(own, theirs))
        for address in urls_to_try(gaps)
        if address.name.startswith(names)
    }
    for address in tried.values():
        probe_own_url(walker, place, address, thorough=False)
    return {label.split()[0] for label in walker.found.leaks}


def visible_to_all(rows: Any, *args: Any, **options: Any) -> Any:
    return rows


GUARDS = {
    "the middleware": (
        lambda patch: patch.setattr(IsolationMiddleware, "process_view", lambda *args: None),
        ("wagtailadmin_pages:move_confirm", BULK),
        {"wagtailadmin_pages:move_confirm", BULK},
    ),
    "the branch of pages": (
        lambda patch: patch.setitem(access.BRANCHES, Page, lambda spaces: Q()),
        ("wagtailadmin_pages:move_confirm",),
        {"wagtailadmin_pages:move_confirm"},
    ),
    "the hook of the page chooser": (
        lambda patch: patch.setattr(wagtail_hooks, "filter_linkable", visible_to_all),
        ("tenancy:choose_page_child",),
        {"tenancy:choose_page_child"},
    ),
    "the public titles": (
        lambda patch: (
            patch.setattr(pages_base, "hides_draft", lambda page: False),
            patch.setattr(choosers, "hides_draft", lambda page: False),
        ),
        ("tenancy:choose_page_child",),
        {"tenancy:choose_page_child"},
    ),
    "the tags": (
        lambda patch: patch.setattr(tags, "scope", visible_to_all),
        ("tenancy:tag_autocomplete", "media:images"),
        {"tenancy:tag_autocomplete", "media:images"},
    ),
    "the history": (
        lambda patch: patch.setattr(filters, "scope", visible_to_all),
        ("tenancy:site_history",),
        {"tenancy:site_history", "tenancy:site_history_results"},
    ),
    "the reports": (
        lambda patch: patch.setattr(reports, "scope", visible_to_all),
        ("tenancy:translations",),
        {"tenancy:translations", "tenancy:translations_results"},
    ),
    "the first screen": (
        lambda patch: patch.setattr(wagtail_hooks, "replace_panels", lambda panels: None),
        ("wagtailadmin_home",),
        {"wagtailadmin_home"},
    ),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_the_walk_detects_each_disabled_guard(two_spaces, short_404, monkeypatch, guard):
    take_away, names, expected = GUARDS[guard]
    user = two_spaces.powerful if guard == "the history" else two_spaces.own.editor
    assert found_at(two_spaces, user, *names) == set()

    take_away(monkeypatch)

    assert expected <= found_at(two_spaces, user, *names)
