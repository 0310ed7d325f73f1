"""E-mails about observations: which is due on a day, to whom, and never twice."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse

from abierto.deadlines.models import ObservationEvent as Event
from abierto.deadlines.models import ObservationNotice
from abierto.deadlines.observation_emails import ObservationTerms, find_due_event
from abierto.deadlines.reminders import send_reminders
from abierto.tenancy.provisioning import assign_root
from pages.observations.models import ObservationAnswerPage
from tests.abierto.approval.newsroom import approve, person, submit
from tests.factories import ProgressUpdatePageFactory, published
from tests.observation_factories import (
    ObservationAnswerPageFactory,
    ObservationIndexPageFactory,
    ObservationPageFactory,
)
from tests.pages.admin.worlds import build, space
from tests.shared_rows import built_once

pytestmark = pytest.mark.slow

ISSUED, DUE = datetime.date(2026, 2, 1), datetime.date(2026, 3, 1)
SOON = DUE - datetime.timedelta(days=7)
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("sent", "day", "event"),
    [
        ({}, ISSUED, Event.ISSUED),
        ({}, DUE + DAY, Event.ISSUED),
        ({Event.ISSUED: ISSUED}, SOON - DAY, ""),
        ({Event.ISSUED: ISSUED}, SOON, Event.SOON),
        ({Event.ISSUED: ISSUED}, DUE, Event.SOON),
        ({Event.ISSUED: ISSUED, Event.SOON: SOON}, DUE, ""),
        ({Event.ISSUED: ISSUED, Event.SOON: SOON}, DUE + DAY, Event.LATE),
        ({Event.ISSUED: ISSUED, Event.SOON: SOON, Event.LATE: DUE + DAY}, DUE + 9 * DAY, ""),
        # The e-mail that announced the observation named a deadline that was near, or over.
        ({Event.ISSUED: SOON}, SOON + DAY, ""),
        ({Event.ISSUED: DUE + DAY}, DUE + DAY, ""),
    ],
)
def test_each_day_has_at_most_one_notice_for_the_observed(sent, day, event):
    terms = ObservationTerms(ISSUED, DUE, None, is_answered=False)

    assert find_due_event(terms, sent, 7, day) == event


@pytest.mark.parametrize(
    ("closed_on", "is_answered", "sent", "event"),
    [
        (None, True, {}, ""),
        (None, True, {Event.ISSUED: ISSUED}, ""),
        (DUE, True, {}, ""),
        (DUE, True, {Event.ISSUED: ISSUED}, Event.CLOSED),
        (DUE, True, {Event.ISSUED: ISSUED, Event.CLOSED: DUE}, ""),
    ],
)
def test_an_answer_ends_the_reminders_and_a_closing_is_announced(closed_on, is_answered, sent, event):
    terms = ObservationTerms(ISSUED, DUE, closed_on, is_answered)

    assert find_due_event(terms, sent, 7, DUE + DAY) == event


@pytest.fixture
@built_once
def world():
    """A guarantor with a space of its own, and an institution that it observes."""
    world = build()
    garante = space("Garante")
    world.index = published(ObservationIndexPageFactory())
    assign_root(garante, world.index)
    world.writer = person("garante", garante.editors, email="garante@ejemplo.mx")
    world.checker = person("garante-revisa", garante.reviewers, email="garante-revisa@ejemplo.mx")
    for user in (world.north_editor, world.north_reviewer):
        user.email = f"{user.username}@ejemplo.mx"
        user.save()
    return world


def letters_on(day: datetime.date) -> list[tuple[str, list[str], str]]:
    """Run the reminders twice on a day; return the subject, the recipients and the text of each e-mail."""
    mail.outbox.clear()
    moment = datetime.datetime(day.year, day.month, day.day, 18, tzinfo=datetime.UTC)
    for hour in range(2):
        list(send_reminders(moment + datetime.timedelta(hours=hour)))
    sent = [(each.subject, each.to, each.body) for each in mail.outbox]
    return [each for each in sent if "observación" in each[0].lower()]


@pytest.mark.django_db
@pytest.mark.both_databases
def test_the_observed_and_the_guarantor_are_notified_of_each_step_once(world):
    update = published(ProgressUpdatePageFactory(parent=world.north, rows={1: 20}))
    note = ObservationPageFactory(
        parent=world.index, subject=update, title="Falta abrir datos", issued_on=ISSUED, due_on=DUE
    )
    state = submit(note, world.writer)
    assert letters_on(ISSUED) == []

    approve(state, world.checker)
    note = type(note).objects.get(pk=note.pk)
    [(subject, to, text)] = letters_on(ISSUED)
    form = reverse("wagtailadmin_pages:add", args=["pages", "observationanswerpage", world.north.pk])
    assert (subject, to) == ("Observación por responder: Falta abrir datos", [world.north_editor.email])
    assert "Plazo para responder: 1 de marzo de 2026." in text.replace("\xa0", " ")
    assert note.full_url in text
    assert form in text
    assert letters_on(SOON - DAY) == []
    [(subject, to, _text)] = letters_on(SOON)
    assert (subject, to) == (
        "Se acerca el plazo de una observación: Falta abrir datos",
        [world.north_editor.email],
    )
    [(subject, _to, _text)] = letters_on(DUE + DAY)
    assert subject == "Pasó el plazo de una observación: Falta abrir datos"

    answer = ObservationAnswerPageFactory(
        parent=world.north, observation=note, title="Se abrieron", answered_on=DUE
    )
    state = submit(answer, world.north_editor)
    assert letters_on(DUE + 2 * DAY) == []
    approve(state, world.north_reviewer)
    [(subject, to, text)] = letters_on(DUE + 2 * DAY)
    assert (subject, to) == ("Respondieron una observación: Falta abrir datos", [world.writer.email])
    assert ObservationAnswerPage.objects.get(pk=answer.pk).full_url in text

    note.closed_on, note.outcome, note.closing_reason = DUE, "resolved", "Se revisó."
    state = submit(note, world.writer)
    assert letters_on(DUE + 3 * DAY) == []
    approve(state, world.checker)
    [(subject, to, text)] = letters_on(DUE + 3 * DAY)
    assert (subject, to) == ("Se cerró una observación: Falta abrir datos", [world.north_editor.email])
    assert "Se atendió" in text
    assert "Se revisó." in text
    assert ObservationNotice.objects.count() == 5


@pytest.mark.django_db
def test_nothing_is_sent_about_a_withdrawn_observation(world):
    note = published(
        ObservationPageFactory(parent=world.index, subject=world.north, issued_on=ISSUED, due_on=DUE)
    )
    note.unpublish()

    assert letters_on(ISSUED) == []
