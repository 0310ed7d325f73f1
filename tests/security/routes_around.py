"""Routes beside the page itself: its files, content without drafts, and reviewing roles."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import CollectionViewRestriction, Site

from abierto.accounts.models import User
from abierto.approval.conflicts.versions import OPENED, OPENED_CONTENT, load_current_version, sign_content
from abierto.approval.models import Approval, ApprovalKind, ReviewTask
from abierto.media.models import PortalImage
from abierto.tenancy.provisioning import get_shared_collection
from search.promotions.models import PromotedResult
from tests.abierto.approval.newsroom import approve
from tests.abierto.media.uploads import PDF, picture, upload
from tests.security.newsdesk import OWN_WORDS, Desk
from tests.security.routes import route

PASSWORD = "una-clave-larga-de-prueba-7"


# --- Snippets with drafts ------------------------------------------------------------------------------


def promoted(desk: Desk) -> PromotedResult:
    """Return a draft of a promoted result."""
    return PromotedResult.objects.create(words="agua", page=desk.live, space=desk.room.space, live=False)


def snippet_form(row: PromotedResult) -> dict[str, object]:
    return {
        "words": OWN_WORDS,
        "page": row.page_id,
        "space": row.space_id or "",
        "valid_from": "",
        "valid_until": "",
        OPENED: str(load_current_version(row)) if row.pk else "",
        OPENED_CONTENT: sign_content(row) if row.pk else "",
    }


@route("13 crear y publicar un destacado")
def create_snippet(desk: Desk) -> object:
    row = PromotedResult(page=desk.live, space=desk.room.space)
    address = PromotedResult.snippet_viewset.get_url_name("add")
    return desk.post(address, **snippet_form(row), **{"action-publish": "1"})


@route("13b editar y publicar un destacado")
def publish_snippet(desk: Desk) -> object:
    row = promoted(desk)
    address = PromotedResult.snippet_viewset.get_url_name("edit")
    return desk.post(address, row.pk, **snippet_form(row), **{"action-publish": "1"})


@route("13c publicar un destacado por debajo")
def publish_snippet_below(desk: Desk) -> None:
    promoted(desk).save_revision(user=desk.user).publish(user=desk.user)


@route("14 aprobar el destacado propio")
def approve_own_snippet(desk: Desk) -> None:
    row = promoted(desk)
    row.save_revision(user=desk.user)
    row.get_workflow().start(row, desk.user)
    approve(PromotedResult.objects.get(pk=row.pk).current_workflow_task_state, desk.user)


# --- Files ---------------------------------------------------------------------------------------------


@route("19 cambiar el archivo de un documento público")
def replace_document(desk: Desk) -> object:
    form = {"title": desk.document.title, "collection": desk.document.collection_id, "tags": ""}
    return desk.post(
        "wagtaildocs:edit", desk.document.pk, **form, file=upload("otro.pdf", PDF + b"% otra cosa")
    )


@route("19b cambiar el archivo de una imagen pública")
def replace_image(desk: Desk) -> object:
    return desk.post(
        "wagtailimages:edit", desk.image.pk, **image_form(desk), file=upload("otra.png", picture(size=(9, 9)))
    )


@route("19c cambiar lo que se lee de una imagen pública")
def rewrite_image(desk: Desk) -> object:
    return desk.post("wagtailimages:edit", desk.image.pk, **{**image_form(desk), "description": OWN_WORDS})


@route("19d recortar una imagen pública")
def crop_image(desk: Desk) -> object:
    focus = dict.fromkeys(("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"), "5")
    return desk.post("wagtailimages:edit", desk.image.pk, **{**image_form(desk), **focus})


@route("19e cambiar el nombre de un documento público")
def rename_document(desk: Desk) -> object:
    form = {"title": OWN_WORDS, "collection": desk.document.collection_id, "tags": ""}
    return desk.post("wagtaildocs:edit", desk.document.pk, **form)


def restrict_collection(desk: Desk) -> None:
    """Restrict the collection of the document to signed-in users."""
    CollectionViewRestriction.objects.create(collection=desk.document.collection, restriction_type="login")


@route("19i sacar un documento público de una colección reservada")
def move_out_of_a_restricted_collection(desk: Desk) -> Iterator[None]:
    restrict_collection(desk)
    yield
    open_one = get_shared_collection().pk
    desk.post("wagtaildocs:edit", desk.document.pk, title="Acta", tags="", collection=open_one)
    address = reverse("wagtail_bulk_action", args=["media", "portaldocument", "add_to_collection"])
    desk.client.post(f"{address}?id={desk.document.pk}", {"collection": open_one})


@route("19j abrir una colección reservada")
def open_a_restricted_collection(desk: Desk) -> Iterator[None]:
    restrict_collection(desk)
    yield
    desk.post(
        "wagtailadmin_collections:set_privacy",
        desk.document.collection_id,
        restriction_type="none",
        password="",
    )


@route("19f cambiar un documento público por debajo")
def rename_document_below(desk: Desk) -> None:
    desk.document.title = OWN_WORDS
    desk.document.save()


@route("19g cambiar imágenes públicas en bloque")
def rewrite_images_in_bulk(desk: Desk) -> None:
    PortalImage.objects.filter(pk=desk.image.pk).update(description=OWN_WORDS)


@route("19h cambiar una imagen entre la lectura y la aprobación")
def rewrite_image_under_review(desk: Desk) -> Iterator[None]:
    """The reviewer reads the page with one text under its image; another text must not become public."""
    image = PortalImage(title="Nueva", file=upload("n.png", picture()), collection=desk.room.space.collection)
    image.save()
    desk.other.body = desk.body_with(desk.document, image)
    desk.other.save_revision(user=desk.room.editor)
    desk.other.get_workflow().start(desk.other, desk.room.editor)
    state = type(desk.other).objects.get(pk=desk.other.pk).current_workflow_task_state
    form = {**image_form(desk), "title": "Nueva", "collection": image.collection_id}
    desk.post("wagtailimages:edit", image.pk, **{**form, "description": OWN_WORDS})
    if PortalImage.objects.get(pk=image.pk).description != OWN_WORDS:
        return
    approve(state, desk.room.reviewer)


def image_form(desk: Desk) -> dict[str, object]:
    return {
        "title": desk.image.title,
        "description": desk.image.description,
        "credit": "",
        "collection": desk.image.collection_id,
        "tags": "",
        "focal_point_x": "",
        "focal_point_y": "",
        "focal_point_width": "",
        "focal_point_height": "",
    }


# --- Reviewing roles -----------------------------------------------------------------------------------


def account_form(account: User | None, *groups: object, **changed: object) -> dict[str, object]:
    name = account.username if account else "segunda"
    form = {"username": name, "email": f"{name}@example.org", "first_name": "Ana", "last_name": "Dos"}
    return {**form, "is_active": "on", "groups": [group.pk for group in groups], **changed}


@route("22 darse el papel de revisar")
def join_the_reviewers(desk: Desk) -> object:
    groups = {*desk.user.groups.all(), desk.room.space.reviewers}
    return desk.post("wagtailusers_users:edit", desk.user.pk, **account_form(desk.user, *groups))


@route("22b darse el papel en bloque")
def join_the_reviewers_in_bulk(desk: Desk) -> object:
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"])
    desk.client.force_login(desk.user)
    return desk.client.post(f"{address}?id={desk.user.pk}", {"role": desk.room.space.reviewers.pk})


@route("22c hacer que revise el propio grupo")
def let_own_group_review(desk: Desk) -> object:
    task = ReviewTask.objects.get(name=desk.room.space.reviewers.name)
    mine = Group.objects.create(name="Las mías")
    mine.user_set.add(desk.user)
    return desk.post("wagtailadmin_workflows:edit_task", task.pk, name=task.name, groups=[mine.pk])


@route("23 aprobar con una segunda cuenta")
def approve_with_a_second_account(desk: Desk) -> Iterator[None]:
    """Creating an account for a reviewer is a right of the state level; using it oneself is not."""
    desk.post("wagtailusers_users:add", **account_form(None, desk.room.space.reviewers))
    second = User.objects.filter(username="segunda").first()
    yield
    if second is not None:
        approve(desk.submit(desk.draft), second)


@route("23b aprobar con la cuenta de otra persona")
def approve_with_another_users_account(desk: Desk) -> Iterator[None]:
    """An administrator can set a password, and sign in with it."""
    other = desk.room.reviewer if desk.user != desk.room.reviewer else desk.room.both
    form = account_form(other, *other.groups.all(), password1=PASSWORD, password2=PASSWORD)
    desk.post("wagtailusers_users:edit", other.pk, **form)
    if not User.objects.get(pk=other.pk).check_password(PASSWORD):
        return
    yield
    approve(desk.submit(desk.draft), User.objects.get(pk=other.pk))


# --- Models without drafts: the state level's right, on record -----------------------------------------


@route("26 agregar una redirección", state_right=True)
def add_redirect(desk: Desk) -> object:
    form = {
        "old_path": "/no-existe",
        "site": "",
        "is_permanent": "on",
        "redirect_link": "https://example.org/",
    }
    return desk.post("wagtailredirects:add", **form, redirect_page="")


@route("26b cambiar una redirección", state_right=True)
def change_redirect(desk: Desk) -> Iterator[None]:
    row = Redirect.objects.create(old_path="/vieja", redirect_link="https://example.org/buena")
    yield
    form = {
        "old_path": "/vieja",
        "site": "",
        "redirect_link": "https://example.org/mala",
        "redirect_page": "",
    }
    desk.post("wagtailredirects:edit", row.pk, **form)


@route("28 cambiar la portada del sitio", state_right=True)
def change_the_sites_root(desk: Desk) -> object:
    site = Site.objects.get(is_default_site=True)
    form = {"hostname": site.hostname, "port": site.port, "site_name": OWN_WORDS, "is_default_site": "on"}
    return desk.post("wagtailsites:edit", site.pk, **form, root_page=desk.live.pk)


@route("29 cambiar cómo se lee una persona en público", state_right=True)
def change_own_public_name(desk: Desk) -> Iterator[None]:
    """Every page with a decision of hers shows the new name at once."""
    Approval.record(desk.draft, ApprovalKind.WITHDRAWN, sha="", approver=desk.user)
    yield
    desk.client.force_login(desk.user)
    tabs = desk.client.get(reverse("wagtailadmin_account")).context["panels_by_tab"]
    fields = [field for panels in tabs.values() for panel in panels for field in panel.get_form()]
    form = {field.html_name: field.value() for field in fields if isinstance(field.value(), str)}
    desk.client.post(reverse("wagtailadmin_account"), {**form, "name_email-first_name": OWN_WORDS})


# --- Interfaces that are not installed -----------------------------------------------------------------


@route("15-18 interfaz de escritura")
def write_by_api(desk: Desk) -> None:
    """Wagtail's API v3 writes and publishes; the portal does not install it."""
    desk.client.force_login(desk.user)
    for address in (f"/api/v3/pages/{desk.draft.pk}/publish/", "/api/v3/pages/", "/api/v2/pages/"):
        for method in (desk.client.post, desk.client.patch):
            answer = method(address, {"title": OWN_WORDS}, content_type="application/json")
            assert answer.status_code in (404, 405), address
