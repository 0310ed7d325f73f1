"""No answer tells whether another space has something: every address with a key, lists, files and errors.

The addresses come from the URL configuration, so that new ones are included. Prints a table that ends with
``leaks: N``.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Q
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import streamfield

from abierto.media import views as media_views
from abierto.media import wagtail_hooks as media_hooks
from abierto.media.models import PortalImage
from abierto.registry.models.reviewed import ReviewedQuerySet
from abierto.tenancy import access
from abierto.tenancy.isolation.middleware import IsolationMiddleware
from abierto.tenancy.provisioning import assign_root
from pages.core import base as pages_base
from pages.history import views as history_views
from pages.sharing import sitemaps
from pages.sharing import views as sharing_views
from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests import factories
from tests.abierto.media.uploads import picture, upload
from tests.concurrency.people import form
from tests.ruling_factories import RulingIndexPageFactory, RulingPageFactory
from tests.security.isolation_spaces import THEIR_WORD, TwoSpaces, create_two_spaces, make_files, work_on
from tests.security.isolation_walk import NOWHERE, full_text, keys_of, words_in
from tests.security.side_channels import (
    CHANGES,
    Channel,
    Observer,
    Pair,
    admin_pairs,
    public_lists,
    public_pairs,
    query_pairs,
    unpaired_addresses,
    without,
)
from tests.security.test_isolation import ENOUGH_LISTS, is_list, urls_to_try

# Every URL runs the same code on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ENOUGH_PAIRS, ENOUGH_PUBLIC = 200, 12
#: Below public pages all users may look for a page to link to.
OPEN_TO_ALL = ("tenancy:choose_page_child", "wagtailadmin_choose_page_child")


@pytest.fixture
def place() -> TwoSpaces:
    """Two spaces; the other one has also the draft of a plan, and files in the folder of this test."""
    place = create_two_spaces()
    place.theirs.rows |= make_files(place.theirs.space, f"{THEIR_WORD}otra", place.theirs.editor)
    root = Page.objects.get(pk=place.theirs.key("root"))
    plan = factories.PlanPageFactory(parent=root, title=f"{THEIR_WORD}plan", slug=f"{THEIR_WORD}plan")
    place.theirs.rows["plan"] = plan
    rulings = RulingIndexPageFactory(title="Sentencias de junto", slug=f"{THEIR_WORD}sentencias")
    assign_root(place.theirs.space, rulings)
    RulingPageFactory(parent=rulings, title=f"{THEIR_WORD}sentencia", case_number="12-2023")
    return place


def closed_pairs(place: TwoSpaces) -> list[Pair]:
    return [pair for pair in admin_pairs(place) if pair.name not in OPEN_TO_ALL]


def own_lists(place: TwoSpaces) -> list[Any]:
    return [one for one in urls_to_try(keys_of(place.own)) if is_list(one) and "chosen" not in one.name]


def print_channels(channels: dict[str, Channel], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{'Canal':<52}{'pares':>8}{'fugas':>8}")
        for name, channel in channels.items():
            print(f"{name:<52}{channel.pairs:>8}{len(channel.leaks):>8}")
            for leak in channel.leaks:
                print(f"    {leak}")
        print(f"leaks: {sum(len(channel.leaks) for channel in channels.values())}")


def test_no_answer_tells_that_another_space_has_something(place, short_404, capsys):
    pairs = closed_pairs(place)
    powerful, nobody = Observer(place.powerful), Observer(None)
    channels = {
        "GET de claves, puede todo": powerful.compare(pairs),
        "POST de claves, puede todo": powerful.compare(pairs, "post"),
        "GET de claves, administra el ayuntamiento": Observer(place.town_administrator).compare(pairs),
        "GET de claves, nadie": nobody.compare(pairs),
    }

    print_channels(channels, capsys)
    assert {name: channel.leaks for name, channel in channels.items() if channel.leaks} == {}
    assert all(channel.pairs > ENOUGH_PAIRS for channel in channels.values())


def test_no_filter_of_a_list_tells_that_another_space_has_something(place, short_404, capsys):
    observer = Observer(place.own.editor, compares_text=True)

    filters = observer.compare(query_pairs(place, own_lists(place)))

    print_channels({"filtros de listas, edita": filters}, capsys)
    assert filters.leaks == []
    assert filters.pairs > ENOUGH_LISTS


def compare_public(place: TwoSpaces) -> dict[str, Channel]:
    """Compare the public addresses of drafts and files with missing ones, as a visitor and as an editor."""
    pairs = list(public_pairs(place))
    return {
        "direcciones públicas, nadie": Observer(None, compares_text=True).compare(pairs),
        "direcciones públicas, edita": Observer(place.own.editor, compares_text=True).compare(pairs),
        "direcciones públicas, POST": Observer(None).compare(pairs, "post"),
    }


def test_no_public_address_tells_that_a_draft_exists(place, capsys):
    channels = compare_public(place)

    print_channels(channels, capsys)
    assert {name: channel.leaks for name, channel in channels.items() if channel.leaks} == {}
    assert all(channel.pairs >= ENOUGH_PUBLIC for channel in channels.values())
    assert unpaired_addresses(place) == set()


def read_public_lists(client: Client) -> dict[str, str]:
    return {
        address: CHANGES.sub("", full_text(client.get(address)))
        for address in public_lists()
        if not address.startswith(("/salud/", "/cuenta/"))
    }


def find_words(lists: dict[str, str]) -> dict[str, set[str]]:
    """Return the words of the other space that the lists show without being asked for them."""
    found = {address: words_in(text, THEIR_WORD, sent=address) for address, text in lists.items()}
    return {address: words for address, words in found.items() if words}


def test_no_public_list_changes_with_the_drafts_of_a_space(place, client):
    rebuild(get_engine())
    before = read_public_lists(client)

    work_on(place)
    rebuild(get_engine())

    after = read_public_lists(client)
    assert find_words(after) == {}
    assert {
        address: (text, after[address]) for address, text in before.items() if after[address] != text
    } == {}


# --- What errors say ------------------------------------------------------------------------------------


def submit_twice(user: Any, address: str, forms: list[dict[str, Any]], words: list[Any]) -> list[str]:
    """Submit both forms and return the answers, without the words in which the forms differ."""
    client = Client()
    if user is not None:
        client.force_login(user)
    answers = []
    for data in forms:
        response: HttpResponse = client.post(address, data)
        text = f"{response.status_code} {CHANGES.sub('', full_text(response))}"
        answers.append(without([str(word) for word in words], text))
    return answers


def test_a_lost_password_does_not_tell_who_has_an_account(place):
    addresses = [place.theirs.editor.email, "nadie@example.org"]

    theirs, missing = submit_twice(
        None, reverse("account_reset_password"), [{"email": one} for one in addresses], addresses
    )

    assert theirs == missing


def test_the_comparison_detects_a_portal_that_tells_who_has_an_account(place, settings):
    settings.ACCOUNT_PREVENT_ENUMERATION = False
    addresses = [place.theirs.editor.email, "nadie@example.org"]

    theirs, missing = submit_twice(
        None, reverse("account_reset_password"), [{"email": one} for one in addresses], addresses
    )

    assert theirs != missing


def test_a_wrong_password_does_not_tell_who_has_an_account(place):
    names = [place.theirs.editor.username, "nadie-de-ese-nombre"]

    theirs, missing = submit_twice(
        None, reverse("account_login"), [{"login": one, "password": "otra"} for one in names], names
    )

    assert theirs == missing
    assert theirs.startswith("200 ")


@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_form_refuses_an_object_of_another_space_as_a_missing_one(place, kind):
    own = Page.objects.get(pk=place.own.key("borrador"))
    keys = [place.theirs.key(kind), NOWHERE]
    blocks = {
        "image": lambda key: {"image": {"image": key, "alt_text": "Una plaza"}, "caption": "", "credit": ""},
        "document": lambda key: {"document": key, "title": "x", "text": ""},
    }
    address = reverse("wagtailadmin_pages:add", args=["pages", "standardpage", own.get_parent().pk])

    theirs, missing = submit_twice(
        place.own.editor,
        address,
        [form("Una hoja", "una-hoja", body=streamfield([(kind, blocks[kind](key))])) for key in keys],
        keys,
    )

    assert theirs == missing


def test_the_picture_of_another_space_is_no_duplicate(place):
    theirs, new = picture(size=(43, 20)), picture(size=(44, 20))
    image = PortalImage(title="x", file=upload("x.png", theirs), collection=place.theirs.space.collection)
    image.save()
    fields = {"title": "Una foto", "collection": place.own.space.collection_id}
    forms = [
        {f"image-chooser-upload-{name}": value for name, value in (fields | {"file": file}).items()}
        for file in (upload("foto.png", theirs), upload("foto.png", new))
    ]

    answers = submit_twice(place.own.editor, reverse("wagtailimages_chooser:create"), forms, [])

    assert [("chosen" in answer, "duplic" in answer) for answer in answers] == [(True, False)] * 2


def test_a_page_may_have_the_address_and_the_title_of_another_space(place):
    theirs = Page.objects.get(pk=place.theirs.key("borrador"))
    parent = Page.objects.get(pk=place.own.key("borrador")).get_parent()
    client = Client()
    client.force_login(place.own.editor)

    client.post(
        reverse("wagtailadmin_pages:add", args=["pages", "standardpage", parent.pk]),
        form(theirs.title, theirs.slug),
    )

    assert parent.get_children().filter(slug=theirs.slug).exists()


# --- Detection without the guards -----------------------------------------------------------------------


def every_row(rows: Any, *args: Any) -> Any:
    return rows


def everybody(*args: Any) -> bool:
    return True


def seen_in_admin(place: TwoSpaces, *names: str) -> set[str]:
    """Return which of these addresses of the admin tell an editor that a key exists."""
    pairs = [pair for pair in closed_pairs(place) if pair.name.startswith(names)]
    assert pairs
    return {leak.split()[0] for leak in Observer(place.own.editor).compare(pairs).leaks}


def seen_in_public(place: TwoSpaces, *names: str) -> set[str]:
    """Return which of these public addresses tell a visitor that a draft exists."""
    pairs = [pair for pair in public_pairs(place) if pair.name.startswith(names)]
    assert pairs
    return {leak.split()[0] for leak in Observer(None, compares_text=True).compare(pairs).leaks}


def seen_in_lists(place: TwoSpaces, *names: str) -> set[str]:
    """Return which public lists name what another space keeps to itself."""
    rebuild(get_engine())
    words = find_words(read_public_lists(Client()))
    return {name for name in names if any(name in address for address in words)}


#: What is taken away, how it is seen, and the addresses that must tell of it.
GUARDS = {
    "the middleware of keys": (
        lambda patch: patch.setattr(IsolationMiddleware, "process_view", lambda *args: None),
        seen_in_admin,
        ("wagtailadmin_pages:move", "wagtailimages:edit"),
    ),
    "the branch of pages": (
        lambda patch: patch.setitem(access.BRANCHES, Page, lambda spaces: Q()),
        seen_in_admin,
        ("wagtailadmin_pages:history",),
    ),
    "the documents": (
        lambda patch: patch.setattr(media_hooks, "may_download", everybody),
        seen_in_public,
        ("wagtaildocs_serve",),
    ),
    "the renditions": (
        lambda patch: patch.setattr(media_views, "may_view", everybody),
        seen_in_public,
        ("rendition",),
    ),
    "the public history": (
        lambda patch: patch.setattr(history_views, "filter_public", every_row),
        seen_in_public,
        ("pages:history",),
    ),
    "the shared pictures": (
        lambda patch: patch.setattr(sharing_views, "filter_public", every_row),
        seen_in_public,
        ("share_image",),
    ),
    "the institutions": (
        lambda patch: patch.setattr(ReviewedQuerySet, "public", every_row),
        seen_in_public,
        ("pages:institution",),
    ),
    "the proofs of a plan": (
        lambda patch: patch.setattr(pages_base.BasePageQuerySet, "public", every_row),
        seen_in_public,
        ("pages:proofs",),
    ),
    "the sitemap": (
        lambda patch: patch.setattr(sitemaps, "filter_public", every_row),
        seen_in_lists,
        ("/sitemap.xml",),
    ),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_the_comparison_detects_each_disabled_guard(place, short_404, monkeypatch, guard):
    take_away, see, names = GUARDS[guard]
    assert see(place, *names) == set()

    take_away(monkeypatch)

    assert see(place, *names) >= set(names)
