"""Seats and terms from a spreadsheet: each row is a draft, sent to the reviewers of its space, and undone."""

import datetime
import io
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import TaskState

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.review.decisions import build_token
from abierto.imports.batches import BatchState
from abierto.imports.models import ImportBatch
from abierto.imports.queries import KINDS
from abierto.imports.services import request_send, request_undo, start_batch
from abierto.registry.models import GlossaryTerm, Seat
from abierto.tenancy.enums import SpaceKind
from tests.abierto.approval.newsroom import approve
from tests.abierto.imports.uploads import find_problems, load, make_workbook, undo, upload
from tests.factories import (
    GlossaryTermFactory,
    InstitutionFactory,
    PersonFactory,
    SeatFactory,
    SecretariatFactory,
)
from tests.pages.admin.worlds import member, signed_in, space
from tests.shared_rows import built_once

pytestmark = pytest.mark.django_db

TITLES = {"glosario": "Glosario", "asientos": "Asientos"}
SEAT = {"secretariat": "Secretariado de León", "person": "Ana Ruiz", "institution": "IL", "role": "Titular"}


@dataclass
class Registry:
    """The state's team, with a term, a secretariat and a seat that are public."""

    editor: User
    reviewer: User
    town_editor: User
    term: GlossaryTerm
    seat: Seat


@built_once
def build_registry() -> Registry:
    """Build the registry; its rows came in bulk, without a version."""
    state, town = space("Estado", SpaceKind.STATE), space("León", SpaceKind.MUNICIPALITY)
    seat = SeatFactory(
        secretariat=SecretariatFactory(name="Secretariado de León"),
        person=PersonFactory(name="Ana Ruiz"),
        institution=InstitutionFactory(name="Instituto de León", acronym="IL"),
    )
    PersonFactory(name="Luis Paz")
    return Registry(
        member("edita", state.editors),
        member("revisa", state.reviewers),
        member("leon", town.editors),
        GlossaryTermFactory(term="Sobreseimiento", definition="Antes.", lay_synonyms="cerrar el caso"),
        seat,
    )


@pytest.fixture
def registry():
    return build_registry()


def bring(registry, kind, *rows, content=None, name="hoja.xlsx") -> ImportBatch:
    target = KINDS[kind].find_targets(registry.editor)[0]
    content = content or make_workbook({TITLES[kind]: rows}, kind)
    return upload(target, registry.editor, content, kind, name)


def publish(batch, registry) -> None:
    """Send the rows of a batch and approve each of them in the name of another person."""
    request_send(batch, registry.editor)
    for state in TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS):
        approve(state, registry.reviewer)


def changes(batch):
    return [(change["row"], change["column"], change["old"], change["new"]) for change in batch.changes]


# --- Glossary ------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_terms_become_public_by_a_second_person_and_are_undone(registry):
    rows = (
        {"term": "sobreseimiento", "definition": "El caso se cierra.", "lay_synonyms": "archivar; cerrar"},
        {"term": "Amparo", "definition": "Un juicio.", "lay_synonyms": None},
    )
    batch = bring(registry, "glosario", *rows)
    assert changes(batch) == [
        (2, "Definición", "Antes.", "El caso se cierra."),
        (2, "Palabras de la gente", "cerrar el caso", "archivar; cerrar"),
        (3, "Término", "", "Amparo"),
        (3, "Definición", "", "Un juicio."),
    ]
    assert GlossaryTerm.objects.count() == 1

    batch = load(batch)
    assert not GlossaryTerm.objects.get(term="Amparo").live
    assert GlossaryTerm.objects.get(term="Sobreseimiento").definition == "Antes."

    publish(batch, registry)
    stored = GlossaryTerm.objects.get(pk=registry.term.pk)
    assert (stored.term, stored.definition) == ("Sobreseimiento", "El caso se cierra.")
    assert stored.synonyms == ["archivar", "cerrar"]
    assert GlossaryTerm.objects.get(term="Amparo").live
    assert bring(registry, "glosario", *rows).change_count == 0
    with pytest.raises(NotAllowed, match="ya se envió"):
        request_send(batch, registry.editor)

    batch = undo(batch)
    assert "«Amparo» ya es pública" in batch.notes[0]["message"]
    publish(batch, registry)
    assert GlossaryTerm.objects.get(pk=registry.term.pk).definition == "Antes."


def test_new_terms_are_deleted_and_changed_drafts_restored(registry):
    first = load(bring(registry, "glosario", {"term": "Amparo", "definition": "Uno"}))
    second = load(bring(registry, "glosario", {"term": "Amparo", "definition": "Dos"}, {"term": "Acta"}))

    undo(second)
    assert [(row.term, row.definition) for row in GlossaryTerm.objects.filter(live=False)] == [
        ("Amparo", "Uno")
    ]
    with pytest.raises(NotAllowed, match="Alguien la cambió"):
        request_undo(first, registry.editor)


def test_row_in_review_is_neither_changed_nor_undone(registry):
    batch = load(bring(registry, "glosario", {"term": "Amparo", "definition": "Uno"}))
    request_send(batch, registry.editor)

    again = bring(registry, "glosario", {"term": "Amparo", "definition": "Dos"})
    assert [found[0] for found in find_problems(again)] == [2]
    assert "Está en revisión" in find_problems(again)[0][2]
    with pytest.raises(NotAllowed, match="Está en revisión"):
        request_undo(batch, registry.editor)


def test_two_rows_for_a_term_and_a_text_that_is_too_long(registry):
    batch = bring(registry, "glosario", {"term": "Acta"}, {"term": "ACTA"}, {"term": "a" * 121})

    assert [found[:2] for found in find_problems(batch)] == [(3, "Término"), (4, "Término")]
    assert not GlossaryTerm.objects.filter(live=False).exists()


@pytest.mark.parametrize("name", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["glosario", "asientos"])
def test_the_rows_of_today_come_back_without_a_change(registry, kind, name):
    target = KINDS[kind].find_targets(registry.editor)[0]
    url = reverse("imports:current", args=[kind, target.space.pk, 0, name])
    content = signed_in(registry.editor).get(url).content

    batch = bring(registry, kind, content=content, name=f"hoy.{name}")

    assert (batch.problems, batch.changes, batch.total) == ([], [], 1)


# --- Seats ---------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_seats_become_public_and_another_day_is_another_seat(registry):
    rows = (
        {**SEAT, "post": "Presidenta", "valid_from": "01/09/2024", "valid_until": "31/08/2027"},
        {**SEAT, "valid_from": datetime.date(2027, 9, 1), "valid_until": None},
        {**SEAT, "person": "Luis Paz", "role": "Suplente", "valid_from": "2024-09-01"},
    )
    batch = load(bring(registry, "asientos", *rows))
    publish(batch, registry)

    assert [
        (str(seat.person), seat.role, seat.post, seat.valid_from) for seat in Seat.objects.order_by("pk")
    ] == [
        ("Lic. Ana Ruiz", "holder", "Presidenta", datetime.date(2024, 9, 1)),
        ("Lic. Ana Ruiz", "holder", "", datetime.date(2027, 9, 1)),
        ("Lic. Luis Paz", "deputy", "", datetime.date(2024, 9, 1)),
    ]
    assert Seat.objects.filter(live=True).count() == 3
    assert bring(registry, "asientos", *rows).change_count == 0
    without_day = bring(registry, "asientos", {**SEAT, "post": "Otra"})
    assert "varios asientos" in find_problems(without_day)[0][2]


@pytest.mark.parametrize(
    ("changed", "column", "words"),
    [
        ({"secretariat": "Otro"}, "Secretariado", "no está en el registro"),
        ({"person": "Eva"}, "Persona", "no está en el registro"),
        ({"institution": "XX"}, "Institución", "no está en el registro"),
        ({"role": "Vocal"}, "Papel", "no está en la lista"),
        ({"role": None}, "Papel", "Falta el papel"),
        ({"institution": None, "person": "Luis Paz"}, "Institución", "Elige a quién representa"),
        ({"valid_from": "ayer"}, "Desde", "No se entiende"),
        ({"valid_from": "02/01/2024", "valid_until": "01/01/2024"}, "Hasta", "anterior"),
        ({"order": "uno"}, "Orden", ""),
    ],
)
def test_bad_seat_is_named_with_its_column_and_nothing_is_saved(registry, changed, column, words):
    batch = bring(registry, "asientos", {**SEAT, **changed})

    assert batch.state == BatchState.REFUSED
    assert any(
        (number, heading) == (2, column) and words in message
        for number, heading, message in find_problems(batch)
    ), batch.problems
    assert (Seat.objects.count(), Seat.objects.get().has_unpublished_changes) == (1, False)


# --- Who may, and the screen ---------------------------------------------------------------------------


def test_only_editors_of_the_state_load_rows_of_the_registry(registry):
    for kind in (KINDS["glosario"], KINDS["asientos"]):
        target = kind.find_targets(registry.editor)[0]
        for stranger in (registry.town_editor, registry.reviewer):
            assert kind.find_targets(stranger) == []
            with pytest.raises(NotAllowed):
                start_batch(kind, target, stranger, io.BytesIO())


def test_screen_sends_all_rows_and_another_person_decides(registry):
    batch = load(
        bring(registry, "glosario", {"term": "Amparo", "definition": "Un juicio."}, {"term": "Acta"})
    )
    client, url = Client(enforce_csrf_checks=True), reverse("imports:batch", args=[batch.pk])
    client.force_login(registry.editor)
    assert "Enviar las 2 fichas a revisión" in client.get(url).content.decode()
    assert signed_in(registry.town_editor).post(url, {"action": "send"}).status_code == 404

    # As the button of the page sends it.
    form = client.get(url).content.decode().partition('value="send"')[0].rpartition("<form")[2]
    token = form.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    client.post(url, {"action": "send", "csrfmiddlewaretoken": token})

    html = client.get(url).content.decode()
    assert "Enviar" not in html
    assert "Por qué ya no se puede deshacer" in html
    state = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).first()
    review = reverse("approval:review", args=[state.pk])
    form = {"action": "approve", "comment": "", "token": build_token(state.revision)}
    signed_in(registry.editor).post(review, form)
    assert not GlossaryTerm.objects.filter(term__in=["Amparo", "Acta"], live=True).exists()
    signed_in(registry.reviewer).post(review, form)
    assert GlossaryTerm.objects.filter(term__in=["Amparo", "Acta"], live=True).count() == 1


def test_number_of_queries_of_the_screen_does_not_depend_on_the_rows(registry):
    few = load(bring(registry, "glosario", {"term": "Amparo"}))
    many = load(bring(registry, "glosario", *({"term": f"Término {number}"} for number in range(12))))

    def count(batch) -> int:
        client, url = signed_in(registry.editor), reverse("imports:batch", args=[batch.pk])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    assert count(few) == count(many)
