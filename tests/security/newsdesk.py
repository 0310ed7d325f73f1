"""One person at the admin, alone, and what the public can see."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, streamfield

from abierto.accounts.models import User
from abierto.editorial.hashing import digest
from pages.base import BasePage
from pages.standard import StandardPage
from tests import factories
from tests.abierto.editorial.newsroom import Newsroom
from tests.factories import published

OWN_WORDS = "Palabras de una sola persona"
PAGES = ("live", "draft", "hidden", "other")
SHOWS_THE_SOURCE = "the same content under another language"


def public_state() -> dict[Any, Any]:
    """Return everything that the public can read or reach.

    What is approved in one language also shows, as an alias, under the others: that is the same content.
    """
    restricted = frozenset(PageViewRestriction.objects.values_list("page_id", "restriction_type"))
    pages = [page for page in Page.objects.live().specific() if isinstance(page, BasePage)]
    words = {page.pk: digest(type(page), {**page.serializable_data(), "slug": ""}) for page in pages}
    keys = {page.pk: page.translation_key for page in pages}
    state: dict[Any, Any] = {"restricted": restricted}
    for page in pages:
        same = (words[page.pk], keys[page.pk]) == (words.get(page.alias_of_id), keys.get(page.alias_of_id))
        state[page.pk] = SHOWS_THE_SOURCE if same else (words[page.pk], page.slug, page.url_path)
    return state


def came_out(before: dict[Any, Any], after: dict[Any, Any]) -> bool:
    """Say whether something is public that was not: taking down or hiding is another right."""
    appeared = {key for key, value in after.items() if before.get(key) != value} - {"restricted"}
    new_aliases = {key for key in appeared if key not in before and after[key] == SHOWS_THE_SOURCE}
    return bool(appeared - new_aliases or before["restricted"] - after["restricted"])


@dataclass
class Desk:
    """Somebody signed in, with a public page, a draft and a folder to work on."""

    room: Newsroom
    user: User
    live: StandardPage
    draft: StandardPage
    hidden: StandardPage
    other: StandardPage
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def post(self, name: str, *args: Any, headers: dict[str, str] | None = None, **data: Any) -> Any:
        """Send a form of the admin."""
        self.client.force_login(self.user)
        return self.client.post(reverse(name, args=args), data, headers=headers)

    def form(self, page: StandardPage | None = None, **changed: Any) -> dict[str, Any]:
        """Return what the editing form of a page of text sends."""
        data = {
            "title": OWN_WORDS,
            "slug": page.slug if page else "de-una-sola",
            "summary": OWN_WORDS,
            "seo_title": "",
            "search_description": "",
            "go_live_at": "",
            "expire_at": "",
            "body": streamfield([]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0},
        }
        return nested_form_data({**data, **changed})

    def edit(self, page: StandardPage, **changed: Any) -> Any:
        """Send the editing form of ``page``."""
        return self.post("wagtailadmin_pages:edit", page.pk, **self.form(page, **changed))

    def submit(self, page: StandardPage) -> Any:
        """Write own words and hand them in for review; return the task's state."""
        mine = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
        mine.title = mine.summary = OWN_WORDS
        mine.save_revision(user=self.user)
        mine.get_workflow().start(mine, self.user)
        return type(page).objects.get(pk=page.pk).current_workflow_task_state


@dataclass(frozen=True)
class Stage:
    """The pages that everybody tries their hand at, prepared once."""

    room: Newsroom
    live: StandardPage
    draft: StandardPage
    hidden: StandardPage
    other: StandardPage

    def desk(self, user: User) -> Desk:
        """Seat ``user``: the draft is hers, and everything is as the database has it."""
        StandardPage.objects.filter(pk=self.draft.pk).update(owner=user)
        pages = {name: StandardPage.objects.get(pk=getattr(self, name).pk) for name in PAGES}
        return Desk(room=self.room, user=User.objects.get(pk=user.pk), **pages)


def stage(room: Newsroom) -> Stage:
    """Prepare the pages."""
    page = factories.StandardPageFactory
    hidden = published(page(title="Reservada"))
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    return Stage(
        room=room,
        live=published(page(title="Pública")),
        draft=page(title="Borrador"),
        hidden=hidden,
        other=page(title="De otra", owner=room.editor),
    )
