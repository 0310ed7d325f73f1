"""The routes by which content becomes public, each tried by a single user.

A route that must prepare public content, or that continues a review of another user, yields after the
preparation:
the content that is public then is the baseline.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from unittest import mock

from django.core import serializers
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from abierto.approval.models import ReviewTask
from abierto.approval.review.decisions import build_token
from pages.plans.inlines import CommitmentAction
from pages.standard.models import StandardPage
from tests.abierto.approval.newsroom import approve
from tests.factories import published
from tests.security.newsdesk import OWN_WORDS, Desk

ROUTES: dict[str, Callable[[Desk], object]] = {}
STATE_RIGHTS: set[str] = set()
"""What is public as it is saved and the state level alone may write, with a row in the ledger."""


def route(
    name: str, *, state_right: bool = False
) -> Callable[[Callable[[Desk], object]], Callable[[Desk], object]]:
    """Register a route under its name in the table."""

    def file(attempt: Callable[[Desk], object]) -> Callable[[Desk], object]:
        ROUTES[name] = attempt
        if state_right:
            STATE_RIGHTS.add(name)
        return attempt

    return file


def in_an_hour() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(hours=1)


def an_hour_later() -> mock._patch[object]:
    return mock.patch.object(timezone, "now", return_value=in_an_hour() + datetime.timedelta(hours=1))


# --- The admin -----------------------------------------------------------------------------------------


@route("1 crear y publicar")
def create(desk: Desk) -> object:
    arguments = ["pages", "standardpage", desk.room.home.pk]
    return desk.post("wagtailadmin_pages:add", *arguments, **desk.form(), **{"action-publish": "1"})


@route("2 editar y publicar")
def edit(desk: Desk) -> object:
    return desk.edit(desk.live, **{"action-publish": "1"})


@route("3 aprobar lo propio, en la página de revisión")
def approve_own(desk: Desk) -> object:
    state = desk.submit(desk.live)
    return desk.post("approval:review", state.pk, action="approve", token=build_token(state.revision))


@route("3b aprobar lo propio, en el aviso del tablero")
def approve_own_in_the_modal(desk: Desk) -> object:
    state = desk.submit(desk.live)
    arguments = [desk.live.pk, "approve", state.pk]
    return desk.post("wagtailadmin_pages:workflow_action", *arguments, token=build_token(state.revision))


@route("3c aprobar lo propio, en el formulario de edición")
def approve_own_in_the_form(desk: Desk) -> object:
    state = desk.submit(desk.live)
    action = {
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": json.dumps({"token": build_token(state.revision), "comment": ""}),
    }
    return desk.edit(desk.live, **action)


@route("4 fijar fecha y esperar")
def schedule(desk: Desk) -> None:
    desk.edit(
        desk.draft, go_live_at=f"{timezone.localtime(in_an_hour()):%Y-%m-%d %H:%M}", **{"action-publish": "1"}
    )
    with an_hour_later():
        call_command("publish_scheduled")


@route("5 volver a una versión anterior")
def revert(desk: Desk) -> object:
    desk.live.title = OWN_WORDS
    revision = desk.live.save_revision(user=desk.user)
    desk.live.title = "Intermedia"
    desk.live.save_revision(user=desk.user)
    form = desk.form(desk.live, revision=revision.pk, **{"action-publish": "1"})
    return desk.post("wagtailadmin_pages:revisions_revert", desk.live.pk, revision.pk, **form)


@route("6 publicar en bloque")
def bulk_publish(desk: Desk) -> object:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    desk.client.force_login(desk.user)
    return desk.client.post(f"{address}?id={desk.draft.pk}&id={desk.live.pk}", {"include_descendants": "on"})


@route("7 copiar y publicar la copia")
def copy(desk: Desk) -> object:
    form = {"new_title": OWN_WORDS, "new_slug": "copia", "new_parent_page": desk.room.home.pk}
    return desk.post("wagtailadmin_pages:copy", desk.live.pk, publish_copies="on", **form)


@route("8 alias de lo público")
def alias(desk: Desk) -> object:
    form = {"new_title": OWN_WORDS, "new_slug": "alias", "new_parent_page": desk.room.home.pk}
    return desk.post("wagtailadmin_pages:copy", desk.live.pk, alias="on", **form)


@route("9 mover lo público")
def move(desk: Desk) -> object:
    return desk.post("wagtailadmin_pages:move_confirm", desk.live.pk, desk.draft.pk)


@route("9b mover en bloque")
def bulk_move(desk: Desk) -> object:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    desk.client.force_login(desk.user)
    return desk.client.post(f"{address}?id={desk.live.pk}", {"chooser": desk.draft.pk})


@route("9c cambiar la dirección")
def change_slug(desk: Desk) -> object:
    return desk.edit(desk.live, slug="otra-direccion", **{"action-publish": "1"})


@route("12 abrir una página reservada")
def open_privacy(desk: Desk) -> object:
    return desk.post("wagtailadmin_pages:set_privacy", desk.hidden.pk, restriction_type="none", password="")


@route("20 editar mientras otra persona aprueba")
def edit_while_another_approves(desk: Desk) -> Iterator[None]:
    """Reviewed content may become public; content inserted meanwhile may not."""
    revision = desk.other.save_revision(user=desk.room.editor)
    desk.other.get_workflow().start(desk.other, desk.room.editor)
    state = StandardPage.objects.get(pk=desk.other.pk).current_workflow_task_state
    desk.edit(desk.other)
    if StandardPage.objects.get(pk=desk.other.pk).latest_revision_id == revision.pk:
        return  # locked: nothing was inserted
    yield
    approve(state, desk.room.reviewer, token=build_token(revision))


@route("21 autoguardar sobre lo enviado")
def autosave_over_submitted_revision(desk: Desk) -> Iterator[None]:
    """The reviewer's form names the revision; its content must not change meanwhile."""
    revision = desk.draft.save_revision(user=desk.user)
    desk.draft.get_workflow().start(desk.draft, desk.user)
    mine = StandardPage.objects.get(pk=desk.draft.pk)
    state = mine.current_workflow_task_state
    mine.title = OWN_WORDS
    mine.save_revision(user=desk.user, overwrite_revision=revision)
    yield
    approve(state, desk.room.reviewer if desk.user != desk.room.reviewer else desk.room.both)


@route("24 apagar la revisión pendiente")
def deactivate_the_task(desk: Desk) -> None:
    state = desk.submit(desk.draft)
    ReviewTask.objects.get(pk=state.task_id).deactivate(user=desk.user)


@route("25 reanudar o cancelar y enviar otra vez")
def cancel_and_resubmit(desk: Desk) -> object:
    state = desk.submit(desk.draft)
    desk.edit(desk.draft, **{"action-cancel-workflow": "1"})
    desk.edit(desk.draft, **{"action-submit": "1"})
    again = StandardPage.objects.get(pk=desk.draft.pk).current_workflow_task_state or state
    return approve(again, desk.user)


# --- Translations --------------------------------------------------------------------------------------


def english() -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


@route("30 traducir lo público")
def translate(desk: Desk) -> object:
    form = {"locales": [english().pk], "include_subtree": "on"}
    return desk.post("wagtail_localize:submit_page_translation", desk.live.pk, **form)


@route("31 convertir una traducción en alias")
def convert_to_alias(desk: Desk) -> Iterator[None]:
    """The approved English text would be replaced by the Spanish one."""
    source = TranslationSource.update_or_create_from_instance(desk.live)[0]
    Translation.objects.create(source=source, target_locale=english())
    translation = desk.live.copy_for_translation(english(), copy_parents=True)
    translation.title = "In English"
    translation = published(translation)
    yield
    desk.post("wagtail_localize:convert_to_alias", translation.pk)


@route("32 publicar desde el editor de traducciones")
def publish_translation(desk: Desk) -> Iterator[None]:
    """Wagtail-localize publishes a translator's text."""
    source = TranslationSource.update_or_create_from_instance(desk.live)[0]
    translation = Translation.objects.create(source=source, target_locale=english())
    translation.save_target(user=desk.user, publish=False)
    target = desk.live.get_translation(english())
    yield
    desk.post("wagtailadmin_pages:edit", target.pk, action="publish")


@route("33 guardar una traducción sobre la pública")
def save_translation_over_live_page(desk: Desk) -> Iterator[None]:
    """Wagtail-localize saves the live row before it makes a revision, even without publishing."""
    published(desk.live.copy_for_translation(english(), copy_parents=True))
    source = TranslationSource.update_or_create_from_instance(desk.live)[0]
    source.refresh_from_db()
    target = desk.live.get_translation(english())
    target.title = "In English"
    published(target)
    yield
    source.create_or_update_translation(english(), user=desk.user, publish=False, fallback=True)


# --- Below the admin: commands, the shell, code ---------------------------------------------------------


@route("40 guardar la fila pública")
def save_live(desk: Desk) -> None:
    desk.live.title = OWN_WORDS
    desk.live.save()


@route("41 publicar una versión")
def publish_revision(desk: Desk) -> None:
    desk.live.title = OWN_WORDS
    desk.live.save_revision(user=desk.user).publish(user=desk.user)


@route("42 publicar con la acción de Wagtail")
def publish_action(desk: Desk) -> None:
    desk.draft.title = OWN_WORDS
    revision = desk.draft.save_revision(user=desk.user)
    PublishPageRevisionAction(revision, user=desk.user).execute(skip_permission_checks=True)


@route("43 nacer pública")
def insert_live(desk: Desk) -> None:
    desk.room.home.add_child(instance=StandardPage(title=OWN_WORDS, live=True))


@route("44 guardar como página sin tipo")
def save_as_plain_page(desk: Desk) -> None:
    plain = Page.objects.get(pk=desk.live.pk)
    plain.title = OWN_WORDS
    plain.save()


@route("45 escribir en bloque")
def bulk_write(desk: Desk) -> None:
    StandardPage.objects.filter(pk=desk.live.pk).update(summary=OWN_WORDS)


@route("46 encender en bloque")
def bulk_live(desk: Desk) -> None:
    StandardPage.objects.filter(pk=desk.draft.pk).update(live=True)


@route("47 una fila de la página, sola")
def write_inline_row(desk: Desk) -> None:
    action = CommitmentAction.objects.filter(page=desk.room.commitment).first()
    action.title = OWN_WORDS
    action.save()


@route("48 borrar filas, solas")
def delete_inline_rows(desk: Desk) -> None:
    CommitmentAction.objects.filter(page=desk.room.commitment).delete()


@route("49 fijar fecha por debajo")
def schedule_below(desk: Desk) -> None:
    desk.draft.title = OWN_WORDS
    desk.draft.go_live_at = in_an_hour()
    desk.draft.save_revision(user=desk.user, approved_go_live_at=in_an_hour())
    with an_hour_later():
        call_command("publish_scheduled")


@route("50 bajar y volver a subir lo anterior")
def withdraw_and_return(desk: Desk) -> Iterator[None]:
    """Withdrawing is a right; republishing needs approval."""
    revision = desk.live.live_revision
    desk.live.unpublish()
    yield
    revision.publish(user=desk.user)


@route("51 archivo de datos")
def fixture(desk: Desk) -> None:
    row = Page.objects.get(pk=desk.draft.pk)
    row.live = True
    for item in serializers.deserialize("json", serializers.serialize("json", [row])):
        item.save()


@route("52 mover por debajo")
def move_below(desk: Desk) -> None:
    desk.live.move(desk.draft, "last-child", user=desk.user)


@route("53 alias por debajo")
def alias_below(desk: Desk) -> None:
    desk.live.create_alias(update_slug="alias", user=desk.user)


@route("54 quitar la reserva por debajo")
def privacy_below(desk: Desk) -> None:
    desk.hidden.view_restrictions.get().delete()


@route("55 SQL a mano")
def raw_sql(desk: Desk) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, desk.draft.pk])


@route("56 encender en bloque, como página sin tipo")
def bulk_live_as_plain_page(desk: Desk) -> None:
    Page.objects.filter(pk=desk.draft.pk).update(live=True)
