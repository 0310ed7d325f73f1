"""An institution and two municipalities, the first two with private content.

Everything private of a space contains its secret word (``zqvecina`` for the other space), so that any trace
of it in a response can be found, whatever the escaping.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    Comment,
    CommentReply,
    Page,
    PageLogEntry,
    ReferenceIndex,
    Task,
    UploadedFile,
    Workflow,
    get_default_page_content_type,
)
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from abierto.accounts.models import User
from abierto.acts.models import AdministrationAct, SuspensionAct
from abierto.approval.models import ReviewTask, SubmissionNote
from abierto.approval.models.task import create_review_workflow
from abierto.bundles.models import Bundle, BundleItem
from abierto.delegation.models import Delegation
from abierto.guest_links.models import GuestLink
from abierto.media.models import PortalDocument, PortalImage
from abierto.microsite_copies.models import CopyState, MicrositeCopy
from abierto.redactions.models import Redaction
from abierto.retention.models import DeletionKind, DeletionProposal
from abierto.spaces.enums import ProposalStatus
from abierto.spaces.models import MunicipalityProposal, MunicipalitySpace, ReviewerProposal
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import (
    assign_root,
    create_space,
    get_or_create_groups,
    get_or_create_translators,
)
from pages.standard.models import StandardPage
from search.analytics.models import QueryNote
from tests import factories
from tests.abierto.approval.newsroom import newsroom, person
from tests.abierto.media.uploads import PDF, picture, upload
from tests.factories import published
from tests.security.isolation_registry import make_import, make_registry
from tests.security.isolation_rulings import make_ruling_desk
from tests.security.routes import english
from tests.shared_rows import built_once

THEIR_WORD, OWN_WORD = "zqvecina", "zqpropia"


@dataclass
class SpaceContent:
    """A space with its users and all its objects."""

    space: Space
    word: str
    editor: User
    reviewer: User
    administrator: User
    rows: dict[str, Model]
    """What the space keeps, by what it is."""

    def key(self, what: str) -> Any:
        """Return the key of an object of the space."""
        return self.rows[what].pk


@dataclass
class TwoSpaces:
    """The spaces, and the users of the first and of a town who request the URLs of the second."""

    home: Page
    own: SpaceContent
    theirs: SpaceContent
    town_editor: User
    town_reviewer: User
    town_administrator: User
    powerful: User
    translator: User
    state_translator: User

    def swapped(self) -> TwoSpaces:
        """Return the same spaces, seen from the second."""
        return replace(self, own=self.theirs, theirs=self.own)


def open_space(kind: SpaceKind, name: str, slug: str) -> Space:
    """Return a space with a review."""
    return create_space(kind, name, slug, create_review_workflow(name, get_or_create_groups(name).reviewers))


def people_of(space: Space, word: str) -> list[User]:
    """Return an editor, a reviewer and an administrator whose names contain ``word``."""
    groups = {"edita": space.editors, "revisa": space.reviewers, "administra": space.administrators}
    return [
        person(
            f"{word}-{role}",
            group,
            last_name=f"{word}apellido",
            email=f"{word}-{role}@example.org",
            post=f"{word}cargo",
        )
        for role, group in groups.items()
    ]


def create_objects(space: Space, word: str, home: Page, former: User | None = None) -> SpaceContent:
    """Create one object of each kind in ``space``; ``former`` once worked there."""
    editor, reviewer, administrator = people_of(space, word)
    rows: dict[str, Model] = {"editor": editor, "reviewer": reviewer}
    rename(space, word)
    rows |= make_pages(space, word, home, editor)
    rows |= make_files(space, word, editor)
    rows |= make_reviews(rows, word, editor, reviewer)
    rows |= make_registry(space, word, rows, editor)
    rows |= make_work(space, word, rows, editor, reviewer)
    rows |= make_translations(rows, word, editor)
    if former is not None:
        leave_traces(rows, word, former)
    return SpaceContent(space, word, editor, reviewer, administrator, rows)


def rename(space: Space, word: str) -> None:
    """Add the secret word to the names that come with a space."""
    Collection.objects.filter(pk=space.collection_id).update(name=f"{word}coleccion")
    for group in (space.editors, space.reviewers, space.administrators):
        Group.objects.filter(pk=group.pk).update(name=f"{word}grupo-{group.pk}")
    Workflow.objects.filter(pk=space.workflow_id).update(name=f"{word}flujo")
    Task.objects.filter(workflow_tasks__workflow=space.workflow_id).update(name=f"{word}paso")


def make_pages(space: Space, word: str, home: Page, editor: User) -> dict[str, Model]:
    """Create a public page with an unpublished change, and drafts of which one is locked."""
    make = factories.StandardPageFactory
    root = published(make(parent=home, title=f"Casa {space.slug}"))
    assign_root(space, root)
    public = published(make(parent=root, title=f"Abierta {space.slug}"))
    public.title = f"{word}cambio"
    public.save_revision(user=editor, log_action=True)
    drafts = {
        name: make(parent=root, title=f"{word}{name}", summary=f"{word}resumen", owner=editor)
        for name in ("borrador", "cerrada", "enviada")
    }
    for page in drafts.values():
        page.save_revision(user=editor, log_action=True)
    Page.objects.filter(pk=drafts["cerrada"].pk).update(
        locked=True, locked_by=editor, locked_at=timezone.now()
    )
    return {"root": root, "public": public, **drafts}


def make_files(space: Space, word: str, editor: User) -> dict[str, Model]:
    """Create an image, a document, a pending upload and a collection in the space's own."""
    collection = Collection.objects.get(pk=space.collection_id)
    inner = collection.add_child(instance=Collection(name=f"{word}interior"))
    image = PortalImage(
        title=f"{word}imagen",
        file=upload(f"{word}.png", picture()),
        collection=collection,
        description=f"{word}texto",
        credit=f"{word}credito",
        uploaded_by_user=editor,
    )
    image.save()
    document = PortalDocument(
        title=f"{word}documento",
        file=upload(f"{word}archivo.pdf", PDF),
        collection=collection,
        uploaded_by_user=editor,
    )
    document.save()
    for file in (image, document):
        file.tags.add(f"{word}etiqueta")
        log(instance=file, action="wagtail.edit", user=editor)
    waiting = UploadedFile.objects.create(
        for_content_type=None, file=ContentFile(picture(), name=f"{word}.png"), uploaded_by_user=editor
    )
    return {"collection": inner, "image": image, "document": document, "upload": waiting}


def make_reviews(rows: dict[str, Any], word: str, editor: User, reviewer: User) -> dict[str, Model]:
    """Submit a page, after it was returned once, with comments and a note."""
    page = StandardPage.objects.get(pk=rows["enviada"].pk)
    page.get_workflow().start(page, editor)
    first = StandardPage.objects.get(pk=page.pk).current_workflow_task_state
    ReviewTask.objects.get(pk=first.task_id).on_action(first, reviewer, "reject", comment=f"{word}devuelta")
    StandardPage.objects.get(pk=page.pk).current_workflow_state.resume(editor)
    state = StandardPage.objects.get(pk=page.pk).current_workflow_task_state
    SubmissionNote.objects.create(workflow_state=state.workflow_state, author=editor, text=f"{word}nota")
    comment = Comment.objects.create(
        page_id=page.pk, user=editor, text=f"{word}comentario", contentpath="title"
    )
    CommentReply.objects.create(comment=comment, user=reviewer, text=f"{word}respuesta")
    return {
        "task_state": state,
        "workflow_state": state.workflow_state,
        "task": state.task,
        "workflow": state.workflow_state.workflow,
        "revision": rows["borrador"].latest_revision,
        "comment": comment,
    }


def make_municipality(content: SpaceContent) -> None:
    """Make the space that of a municipality, with proposals of people that wait for the state."""
    word, town = content.word, content.rows["municipality"]
    link = MunicipalitySpace.objects.create(municipality=town, holder=content.space)
    content.rows["town"] = link
    AdministrationAct.objects.create(
        town=link,
        name=f"{word}administracion",
        ended_on=timezone.localdate(),
        proposed_by=content.administrator,
    )
    MunicipalityProposal.objects.create(
        municipality=town, presentation=f"{word}presentacion", proposed_by=content.administrator
    )
    SuspensionAct.objects.create(
        holder=content.space, reason=f"{word}motivo", proposed_by=content.administrator
    )
    DeletionProposal.objects.create(
        kind=DeletionKind.DRAFTS,
        refusal=f"{word}negativa",
        status=ProposalStatus.WITHDRAWN,
        decided_by=content.administrator,
        decided_at=timezone.now(),
    )
    ReviewerProposal.objects.create(
        holder=content.space,
        first_name=f"{word}candidata",
        email=f"{word}-candidata@example.org",
        proposed_by=content.administrator,
    )


def make_work(
    space: Space, word: str, rows: dict[str, Any], editor: User, reviewer: User
) -> dict[str, Model]:
    """Create a bundle, a delegation, a guest link, a redaction and other work of a space."""
    today = timezone.localdate()
    bundle = Bundle.objects.create(name=f"{word}paquete", note=f"{word}aviso", created_by=editor)
    BundleItem.objects.create(
        bundle=bundle, page_id=rows["enviada"].pk, workflow_state=rows["workflow_state"]
    )
    QueryNote.objects.create(
        words=f"{word}pregunta", locale="es-mx", space=space.slug, total=0, day=today, session="x"
    )
    deleted = PageLogEntry(
        content_type=get_default_page_content_type(),
        label=f"{word}borrada",
        action="wagtail.delete",
        page_id=10**6 + space.pk,
        timestamp=timezone.now(),
        user=editor,
    )
    PageLogEntry.objects.bulk_create([deleted])
    return {
        "bundle": bundle,
        "delegation": Delegation.objects.create(
            absent=reviewer,
            deputy=editor,
            starts=today,
            ends=today + datetime.timedelta(days=3),
            reason=f"{word}motivo",
            granted_by=reviewer,
        ),
        "guest": GuestLink.objects.create(
            revision=rows["revision"],
            guest=f"{word}invitada",
            created_by=editor,
            expires_at=timezone.now() + datetime.timedelta(days=3),
        ),
        "redaction": make_redaction(space, word, editor),
        "copy": MicrositeCopy.objects.create(
            holder=space, ordered_by=editor, state=CopyState.FAILED, failure=f"{word}fallo"
        ),
        **make_ruling_desk(space, word, rows, editor),
        "import_batch": make_import(space, word, rows["root"], editor),
        "redirect": Redirect.objects.create(old_path=f"/{word}vieja", redirect_page_id=rows["borrador"].pk),
        "session": EditingSession.objects.create(
            user=editor, content_object=rows["borrador"], last_seen_at=timezone.now()
        ),
    }


def make_redaction(space: Space, word: str, editor: User) -> Redaction:
    """Create a finished redaction that says the secret word on both sides."""
    redaction = Redaction(space=space, author=editor)
    redaction.write_content({"original": f"{word}original", "redacted": f"{word}oculto", "stand_ins": []})
    redaction.finish()
    redaction.save()
    return redaction


def make_translations(rows: dict[str, Any], word: str, editor: User) -> dict[str, Model]:
    """Start the translation of a draft into English, with one translated string."""
    page = StandardPage.objects.get(pk=rows["borrador"].pk)
    source = TranslationSource.update_or_create_from_instance(page)[0]
    translation = Translation.objects.create(source=source, target_locale=english())
    translation.save_target(user=editor, publish=False)
    segment = StringSegment.objects.filter(source=source).first()
    StringTranslation.objects.create(
        translation_of=segment.string,
        locale=english(),
        context=segment.context,
        data=f"{word}traducida",
        last_translated_by=editor,
    )
    found: dict[str, Any] = {"source": source, "translation": translation, "segment": segment}
    override = OverridableSegment.objects.filter(source=source).first()
    return found | ({"override": override} if override else {})


def leave_traces(rows: dict[str, Any], word: str, former: User) -> None:
    """Let a user who left the space own, edit, lock and submit its pages."""
    make = factories.StandardPageFactory
    page = make(parent=rows["root"], title=f"{word}antes", owner=former)
    page.save_revision(user=former, log_action=True)
    page.get_workflow().start(page, former)
    bundle = Bundle.objects.create(name=f"{word}antespaquete", created_by=former)
    BundleItem.objects.create(bundle=bundle, page_id=page.pk, workflow_state=page.current_workflow_state)
    GuestLink.objects.create(
        revision=page.latest_revision,
        guest=f"{word}antesinvitada",
        created_by=former,
        expires_at=timezone.now() + datetime.timedelta(days=3),
    )
    closed = make(parent=rows["root"], title=f"{word}antescerrada", owner=former)
    closed.save_revision(user=former, log_action=True)
    Page.objects.filter(pk=closed.pk).update(locked=True, locked_by=former, locked_at=timezone.now())


def work_on(place: TwoSpaces) -> None:
    """Create more objects in the other space, also with references to public objects of the first."""
    content, word = place.theirs, f"{THEIR_WORD}mas"
    link = f'<a linktype="page" id="{place.own.key("public")}">x</a>'
    body = json.dumps([{"type": "paragraph", "value": link}])
    make = factories.StandardPageFactory
    for number in range(3):
        page = make(parent=content.rows["root"], title=f"{word}{number}", owner=content.editor, body=body)
        page.save_revision(user=content.editor, log_action=True)
        ReferenceIndex.create_or_update_for_object(page)
    page.get_workflow().start(page, content.editor)
    person(f"{word}-nueva", content.space.editors, last_name=word)
    make_files(content.space, word, content.editor)
    make_registry(content.space, word, content.rows, content.editor)
    make_work(content.space, word, content.rows, content.editor, content.reviewer)


@built_once
def create_two_spaces() -> TwoSpaces:
    """Build the spaces."""
    room = newsroom()
    own = open_space(SpaceKind.INSTITUTION, "Casa propia", "propia")
    their_space = open_space(SpaceKind.MUNICIPALITY, "Casa de junto", "junto")
    town = open_space(SpaceKind.MUNICIPALITY, "Ayuntamiento", "ayuntamiento")
    mine = create_objects(own, OWN_WORD, room.home)
    theirs = create_objects(their_space, THEIR_WORD, room.home, former=mine.editor)
    make_municipality(theirs)
    town_page = published(factories.StandardPageFactory(parent=room.home, title="Ayuntamiento"))
    assign_root(town, town_page)
    everything = Group.objects.create(name="Todos los permisos")
    everything.permissions.set(Permission.objects.all())
    return TwoSpaces(
        home=room.home,
        own=mine,
        theirs=theirs,
        town_editor=person("edita-el-ayuntamiento", town.editors),
        town_reviewer=person("revisa-el-ayuntamiento", town.reviewers),
        town_administrator=person("administra-el-ayuntamiento", town.administrators),
        powerful=person("puede-todo", everything, own.editors, own.reviewers, own.administrators),
        translator=person("traduce-en-la-propia", get_or_create_translators(own, english()).group),
        state_translator=person("traduce-el-estado", get_or_create_translators(room.space, english()).group),
    )
