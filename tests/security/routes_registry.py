"""Routes by which a row of the registry becomes public, each tried by a single user."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core import serializers
from django.db import connection
from wagtail.log_actions import LogContext

from abierto.approval.conflicts.versions import OPENED, OPENED_CONTENT, load_current_version, sign_content
from abierto.approval.ledger.services import import_rows
from abierto.approval.review.decisions import build_token
from abierto.registry.models import GlossaryTerm, Institution, Person
from tests.abierto.approval.newsroom import approve
from tests.factories import GlossaryTermFactory, InstitutionFactory, PersonFactory, SeatFactory
from tests.security.newsdesk import OWN_WORDS, Desk
from tests.security.routes import an_hour_later, in_an_hour, route


def address(row: Any, name: str, *more: object) -> tuple[str, list[object]]:
    """Return the name and the arguments of a URL of a row."""
    return row.snippet_viewset.get_url_name(name), [row.pk, *more]


def form(row: Institution, **changed: Any) -> dict[str, Any]:
    """Return the fields of the editing form of an institution, with changed text."""
    data = {"name": OWN_WORDS, "acronym": "I", "kind": "autonomous", "space": row.space_id or ""}
    empty = {"valid_from": "", "valid_until": "", "successor": ""}
    opened = {OPENED: str(load_current_version(row)), OPENED_CONTENT: sign_content(row)} if row.pk else {}
    return {**data, **empty, **opened, **changed}


def edit(desk: Desk, row: Institution, **changed: Any) -> Any:
    """Post that form."""
    name, numbers = address(row, "edit")
    return desk.post(name, *numbers, **form(row, **changed))


def draft_of(desk: Desk, row: Institution) -> Institution:
    """Save changed text in a draft of a row."""
    draft = row.get_latest_revision_as_object()
    draft.name = OWN_WORDS
    draft.save_revision(user=desk.user)
    return Institution.objects.get(pk=row.pk)


def submitted(desk: Desk, row: Institution) -> Any:
    """Submit changed text; return the task state."""
    draft_of(desk, row).get_workflow().start(row, desk.user)
    return Institution.objects.get(pk=row.pk).current_workflow_task_state


@route("27 crear y publicar una institución")
def create(desk: Desk) -> object:
    name = Institution.snippet_viewset.get_url_name("add")
    return desk.post(name, **form(Institution(space=desk.town)), **{"action-publish": "1"})


@route("27b editar y publicar una institución")
def edit_and_publish(desk: Desk) -> Iterator[None]:
    row = InstitutionFactory(space=desk.town)
    yield
    edit(desk, row, **{"action-publish": "1"})


@route("27c enviar y aprobar la institución propia")
def approve_own(desk: Desk) -> Iterator[None]:
    row = InstitutionFactory()
    yield
    approve(submitted(desk, row), desk.user)


@route("27d aprobar la propia, en la página de revisión")
def approve_own_on_screen(desk: Desk) -> Iterator[None]:
    row = InstitutionFactory(live=False)
    yield
    state = submitted(desk, row)
    desk.post("approval:review", state.pk, action="approve", token=build_token(state.revision))


@route("27e aprobar la propia, en el aviso")
def approve_own_in_the_modal(desk: Desk) -> Iterator[None]:
    row = InstitutionFactory(live=False)
    yield
    state = submitted(desk, row)
    name, numbers = address(row, "workflow_action", "approve", state.pk)
    desk.post(name, *numbers, token=build_token(state.revision), comment="Conforme")


@route("27f programar una institución")
def schedule(desk: Desk) -> Iterator[None]:
    row = InstitutionFactory()
    yield
    edit(desk, row, go_live_at=in_an_hour().isoformat(), **{"action-publish": "1"})
    draft = draft_of(desk, row)
    draft.name, draft.go_live_at = OWN_WORDS, in_an_hour()
    revision = draft.save_revision(user=desk.user)
    revision.publish(user=desk.user)
    with an_hour_later():
        revision.publish(user=desk.user)


@route("27g volver a una versión sin aprobar")
def revert(desk: Desk) -> Iterator[None]:
    row = InstitutionFactory()
    yield
    old = draft_of(desk, row).latest_revision
    name, numbers = address(row, "revisions_revert", old.pk)
    fresh = Institution.objects.get(pk=row.pk)
    desk.post(name, *numbers, **form(fresh), **{"action-publish": "1"})


@route("27h volver a encender lo retirado")
def set_live_again(desk: Desk) -> Iterator[None]:
    row = PersonFactory(name=OWN_WORDS)
    row.unpublish()
    yield
    row = Person.objects.get(pk=row.pk)
    row.save_revision(user=desk.user).publish(user=desk.user)


@route("27i publicar una ficha por debajo")
def publish_below(desk: Desk) -> Iterator[None]:
    row = GlossaryTermFactory(live=False)
    yield
    row.definition = OWN_WORDS
    row.save_revision(user=desk.user).publish(user=desk.user)


@route("27j encender una ficha por debajo")
def set_live_in_shell(desk: Desk) -> Iterator[None]:
    row = GlossaryTermFactory(live=False)
    yield
    row.live = True
    row.save()


@route("27k crear una ficha pública por debajo")
def create_below(desk: Desk) -> None:
    with LogContext(user=desk.user):
        GlossaryTerm.objects.create(term=OWN_WORDS)


@route("27l cambiar fichas en bloque")
def change_in_bulk(desk: Desk) -> Iterator[None]:
    row = PersonFactory()
    yield
    Person.objects.filter(pk=row.pk).update(name=OWN_WORDS)


@route("27m agregar fichas en bloque")
def add_in_bulk(desk: Desk) -> None:
    Person.objects.bulk_create([Person(name=OWN_WORDS)])


@route("27n cargar fichas de un archivo")
def load_a_fixture(desk: Desk) -> None:
    text = serializers.serialize("json", [Person(pk=9999, name=OWN_WORDS)])
    for loaded in serializers.deserialize("json", text):
        loaded.save()


@route("27ñ encender una ficha con SQL")
def set_live_with_sql(desk: Desk) -> Iterator[None]:
    row = GlossaryTermFactory(live=False)
    yield
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_glossaryterm SET live = %s WHERE id = %s", [True, row.pk])


@route("27o retirar una ficha y reponer otra")
def take_down_and_replace(desk: Desk) -> Iterator[None]:
    """Withdrawing is a right, with a reason; replacing the content needs approval."""
    row = SeatFactory(post="Titular")
    yield
    name, numbers = address(row, "unpublish")
    desk.post(name, *numbers, motivo="Ya no ocupa el cargo")
    row = type(row).objects.get(pk=row.pk)
    row.post = OWN_WORDS
    row.save_revision(user=desk.user).publish(user=desk.user)


@route("27p borrar una ficha y hacerla de nuevo")
def delete_and_create(desk: Desk) -> Iterator[None]:
    row = PersonFactory()
    yield
    name, numbers = address(row, "delete")
    desk.post(name, *numbers, motivo="Está mal escrita")
    add = Person.snippet_viewset.get_url_name("add")
    desk.post(add, name=OWN_WORDS, honorific="", space="", **{"action-publish": "1"})


@route("27q importar fichas sin motivo")
def import_without_a_reason(desk: Desk) -> None:
    try:
        import_rows([Person(name=OWN_WORDS)])
    except ValueError:
        return
