"""A single user at the admin, and the public content that she could change."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Q, QuerySet
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from abierto.accounts.models import User
from abierto.approval.conflicts.versions import OPENED, load_current_version
from abierto.approval.ledger.hashing import content_hash, digest
from abierto.approval.models import Approval, TraceSettings
from abierto.approval.models.task import create_review_workflow
from abierto.approval.roles.grants import reviewer_groups
from abierto.media.models import PortalDocument, PortalImage
from abierto.media.usage import is_in_public_use
from abierto.registry.models import OWN_MODELS, STATE_MODELS
from abierto.registry.models.reviewed import ReviewedRow
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import create_space, get_or_create_groups
from pages.core.base import BasePage
from pages.standard.models import StandardPage
from search.promotions.models import PromotedResult
from tests import factories
from tests.abierto.approval.newsroom import Newsroom, newsroom
from tests.abierto.media.uploads import PDF, picture, upload
from tests.factories import published
from tests.shared_rows import built_once

OWN_WORDS = "Palabras de una sola persona"
PAGES = ("live", "draft", "hidden", "other")
FILES = ("document", "image")
SHOWS_THE_SOURCE = "the same content under another language"


def public_state() -> dict[Any, Any]:
    """Return all content that the public can read.

    Content approved in one language is also shown, as an alias, under the others: that is the same content.
    """
    restricted = frozenset(PageViewRestriction.objects.values_list("page_id", "restriction_type"))
    pages = [page for page in Page.objects.live().specific() if isinstance(page, BasePage)]
    words = {page.pk: digest(type(page), {**page.serializable_data(), "slug": ""}) for page in pages}
    keys = {page.pk: page.translation_key for page in pages}
    state: dict[Any, Any] = {"restricted": restricted}
    for page in pages:
        same = (words[page.pk], keys[page.pk]) == (words.get(page.alias_of_id), keys.get(page.alias_of_id))
        state[page.pk] = SHOWS_THE_SOURCE if same else (words[page.pk], page.slug, page.url_path)
    return state | public_around()


def public_rows() -> Iterator[ReviewedRow]:
    """Yield the public rows of the registry."""
    for model in (*STATE_MODELS, *OWN_MODELS):
        yield from model.objects.public()


def public_around() -> dict[Any, Any]:
    """Return the public content beside the pages, and the reviewers."""
    promoted = PromotedResult.objects.filter(live=True)
    return {
        "files": {
            (model, file.pk, tuple(str(getattr(file, name)) for name in file.public_fields))
            for model in (PortalDocument, PortalImage)
            for file in model.objects.all()
            if is_in_public_use(file)
        },
        "open": {
            document.pk
            for document in PortalDocument.objects.all()
            if is_in_public_use(document) and not document.collection.get_view_restrictions().exists()
        },
        "redirects": set(Redirect.objects.values_list("old_path", "redirect_link", "redirect_page")),
        "registry": {(row._meta.model_name, row.pk, content_hash(row)) for row in public_rows()},
        "sites": set(Site.objects.values_list("hostname", "site_name", "root_page")),
        "promoted": {(row.pk, row.words, row.page_id) for row in promoted},
        "named": set(TraceSettings.objects.filter(by_post=False).values_list("site", "by_post")),
        **{("person", person.pk): person.public_name for person in named_in_public()},
        "reviewers": set(reviewer_groups().values_list("pk", "user")),
    }


def named_in_public() -> QuerySet[User]:
    """Return the people named in public as reporters or approvers."""
    rows = Approval.objects.values("reporter", "approver")
    return User.objects.filter(Q(pk__in=rows.values("reporter")) | Q(pk__in=rows.values("approver")))


def became_public(before: dict[Any, Any], after: dict[Any, Any]) -> bool:
    """Check whether content became public; withdrawing and restricting are other rights."""
    if any(value - before[key] for key, value in after.items() if isinstance(value, set)):
        return True
    if any(before.get(key, value) != value for key, value in after.items() if isinstance(key, tuple)):
        return True  # a person named in public has another name now
    appeared = {key for key, value in after.items() if isinstance(key, int) and before.get(key) != value}
    new_aliases = {key for key in appeared if key not in before and after[key] == SHOWS_THE_SOURCE}
    return bool(appeared - new_aliases or before["restricted"] - after["restricted"])


@dataclass
class Desk:
    """A signed-in user, with a public page, a draft and a folder to work on."""

    room: Newsroom
    user: User
    live: StandardPage
    draft: StandardPage
    hidden: StandardPage
    other: StandardPage
    document: PortalDocument
    image: PortalImage
    town: Space
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def post(self, name: str, /, *args: Any, headers: dict[str, str] | None = None, **data: Any) -> Any:
        """Post a form of the admin."""
        self.client.force_login(self.user)
        return self.client.post(reverse(name, args=args), data, headers=headers)

    def form(self, page: StandardPage | None = None, **changed: Any) -> dict[str, Any]:
        """Return the fields of the editing form of a standard page."""
        data = {
            OPENED: str(load_current_version(page)) if page else "",
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
        if page is not None:
            data["opened_version"] = str(load_current_version(type(page).objects.get(pk=page.pk)))
        return nested_form_data({**data, **changed})

    def body_with(self, document: PortalDocument, image: PortalImage) -> str:
        """Return a body that shows both files."""
        return body_with(document, image)

    def edit(self, page: StandardPage, **changed: Any) -> Any:
        """Post the editing form of ``page``."""
        return self.post("wagtailadmin_pages:edit", page.pk, **self.form(page, **changed))

    def submit(self, page: StandardPage) -> Any:
        """Save a draft and submit it for review; return the task state."""
        mine = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
        mine.title = mine.summary = OWN_WORDS
        mine.save_revision(user=self.user)
        mine.get_workflow().start(mine, self.user)
        return type(page).objects.get(pk=page.pk).current_workflow_task_state


@dataclass(frozen=True)
class Stage:
    """The pages for all users, prepared once."""

    room: Newsroom
    live: StandardPage
    draft: StandardPage
    hidden: StandardPage
    other: StandardPage
    document: PortalDocument
    image: PortalImage
    town: Space
    contents: dict[str, bytes]
    """What is in the files: to undo a transaction does not bring back a file that was deleted."""

    def desk(self, user: User) -> Desk:
        """Return a desk for ``user``: the draft is hers, and all objects are read from the database."""
        StandardPage.objects.filter(pk=self.draft.pk).update(owner=user)
        pages = {name: StandardPage.objects.get(pk=getattr(self, name).pk) for name in PAGES}
        files = {name: getattr(self, name) for name in FILES}
        for name, content in self.contents.items():
            if not files[name].file.storage.exists(files[name].file.name):
                files[name].file.storage.save(files[name].file.name, ContentFile(content))
        files = {name: type(file).objects.get(pk=file.pk) for name, file in files.items()}
        return Desk(room=self.room, user=User.objects.get(pk=user.pk), town=self.town, **pages, **files)


def body_with(document: PortalDocument, image: PortalImage) -> str:
    """Return a body that shows both files."""
    offered = {"document": document.pk, "title": "Acta", "text": ""}
    shown_image = {"image": image.pk, "alt_text": "La mesa de trabajo", "decorative": False}
    shown = {"image": shown_image, "caption": "", "credit": ""}
    return json.dumps([{"type": "document", "value": offered}, {"type": "image", "value": shown}])


def town_hall() -> Space:
    """Return a municipality, whose users have every right below the state level."""
    groups = get_or_create_groups("Ayuntamiento")
    workflow = create_review_workflow("Ayuntamiento", groups.reviewers)
    return create_space(SpaceKind.MUNICIPALITY, "Ayuntamiento", "ayuntamiento", workflow)


def stage(room: Newsroom) -> Stage:
    """Prepare the pages and files."""
    page = factories.StandardPageFactory
    hidden = published(page(title="Reservada"))
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    town = Space.objects.filter(slug="ayuntamiento").first() or town_hall()
    collection = room.space.collection
    document = PortalDocument(title="Acta", file=upload("acta.pdf", PDF), collection=collection)
    document.save()
    image = PortalImage(
        title="Foto", description="Mesa", file=upload("f.png", picture()), collection=collection
    )
    image.save()
    published(page(title="Con archivos", body=body_with(document, image)))
    return Stage(
        room=room,
        live=published(page(title="Pública")),
        draft=page(title="Sin publicar"),
        hidden=hidden,
        other=page(title="De otra", owner=room.editor),
        document=document,
        image=image,
        town=town,
        contents={"document": document.file.read(), "image": image.file.read()},
    )


@built_once
def staged_newsroom() -> Stage:
    """Prepare the pages and files of a new newsroom; its rows are restored for later tests."""
    return stage(newsroom())


def editors_desk() -> Desk:
    """Return the desk of the editor of a prepared newsroom."""
    place = staged_newsroom()
    return place.desk(place.room.editor)
