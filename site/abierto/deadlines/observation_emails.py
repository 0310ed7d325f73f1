"""E-mails about observations: to the observed space and, about an answer, to the guarantor; each sent once.

The observed space is notified of a public observation, of its deadline before and after it, and of its
closing. An e-mail names only what is public: the observation, its days and its answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.addresses import absolute_url, page_url
from abierto.approval.notifications import EmailText, active_members, state_space
from abierto.approval.review.space_index import build_space_index
from abierto.tenancy.models import Space
from abierto.tenancy.tree_paths import parent_path
from pages.core.formatting import full_date
from pages.observations.enums import ObservationState
from pages.observations.models import ObservationAnswerPage, ObservationPage
from pages.observations.rules import find_state
from pages.updates.models import ProgressUpdatePage

from .emails import OneTimeEmail
from .models import DeadlineSettings, ObservationEvent, ObservationNotice

#: The days on which notices were sent, by event.
type SentDays = dict[str, datetime.date]


@dataclass(frozen=True)
class ObservationTerms:
    """The dates and the answer that determine which e-mail about an observation is due."""

    issued_on: datetime.date | None
    due_on: datetime.date | None
    closed_on: datetime.date | None
    is_answered: bool


def find_due_event(terms: ObservationTerms, sent: SentDays, remind_days: int, day: datetime.date) -> str:
    """Return the event about which the observed space is to be notified on ``day``; empty for none.

    An observation that was answered or closed before its space was notified of it needs no e-mail. An e-mail
    that came in the last days before the deadline, or after it, announces the deadline itself.
    """
    state = find_state(terms.due_on, terms.closed_on, day, is_answered=terms.is_answered)
    known_since = sent.get(ObservationEvent.ISSUED)
    if known_since is None:
        waits = state in {ObservationState.OPEN, ObservationState.LATE}
        return ObservationEvent.ISSUED if waits else ""
    if state is ObservationState.CLOSED:
        return "" if ObservationEvent.CLOSED in sent else ObservationEvent.CLOSED
    if terms.due_on is None:
        return ""
    soon = terms.due_on - datetime.timedelta(days=remind_days)
    if state is ObservationState.OPEN and known_since < soon <= day and ObservationEvent.SOON not in sent:
        return ObservationEvent.SOON
    if state is ObservationState.LATE and known_since <= terms.due_on and ObservationEvent.LATE not in sent:
        return ObservationEvent.LATE
    return ""


def iter_observation_emails(
    terms: DeadlineSettings, moment: datetime.datetime
) -> Iterator[tuple[OneTimeEmail, list[ObservationNotice]]]:
    """Yield one e-mail per observation and event, with the row that claims it."""
    day, spaces, sent = timezone.localdate(moment), build_space_index(), _read_sent_days()
    notes = ObservationPage.objects.public().source_language().with_answers()
    for note in notes.filter(subject__isnull=False).select_related("subject").order_by("path"):
        own = ObservationTerms(note.issued_on, note.due_on, note.closed_on, note.is_answered)
        known = sent.get(note.translation_key, {})
        event = find_due_event(own, known, terms.remind_days, day)
        if event:
            space = spaces.of(note.subject.path)
            email = OneTimeEmail(partial(write_notice_email, note, event), _find_recipients(space))
            yield email, [_build_notice(note, event, moment)]
    for answer in _read_new_answers(set(sent)):
        row = _build_notice(answer, ObservationEvent.ANSWERED, moment)
        answered: Any = answer.observation
        people = _find_recipients(spaces.of(answered.path))
        yield OneTimeEmail(partial(write_answer_email, answer), people), [row]


def _read_sent_days() -> dict[Any, SentDays]:
    """Return the days of the notices by the keys of the pages."""
    found: dict[Any, SentDays] = {}
    for key, event, sent_at in ObservationNotice.objects.values_list("page_key", "event", "sent_at"):
        found.setdefault(key, {})[event] = timezone.localdate(sent_at)
    return found


def _read_new_answers(known: set[Any]) -> list[ObservationAnswerPage]:
    """Return the public answers to open public observations about which the guarantor was not notified."""
    open_notes = ObservationPage.objects.public().filter(closed_on__isnull=True).values("pk")
    answers = ObservationAnswerPage.objects.public().source_language().filter(observation__in=open_notes)
    rows = answers.select_related("observation").order_by("path")
    return [answer for answer in rows if answer.translation_key not in known]


def _build_notice(page: Any, event: str, moment: datetime.datetime) -> ObservationNotice:
    return ObservationNotice(page_key=page.translation_key, event=event, sent_at=moment)


def write_notice_email(note: Any, event: str) -> EmailText:
    """Return the e-mail about an event of an observation for the observed space."""
    subjects = {
        ObservationEvent.ISSUED: _("Observación por responder: %(title)s"),
        ObservationEvent.SOON: _("Se acerca el plazo de una observación: %(title)s"),
        ObservationEvent.LATE: _("Pasó el plazo de una observación: %(title)s"),
        ObservationEvent.CLOSED: _("Se cerró una observación: %(title)s"),
    }
    names = {"title": note.title, "day": full_date(note.due_on)}
    lines = [_("Observación: «%(title)s».") % names]
    if event == ObservationEvent.CLOSED:
        lines.append(_("Se cerró así: %(outcome)s.") % {"outcome": note.get_outcome_display()})
        lines.append(note.closing_reason)
    else:
        lines.append(_("Plazo para responder: %(day)s.") % names)
    lines += ["", page_url(note)]
    if event != ObservationEvent.CLOSED:
        lines += ["", _("La respuesta se escribe y se envía a revisión aquí:"), _answer_address(note.subject)]
    return subjects[ObservationEvent(event)] % names, "\n".join(lines)


def write_answer_email(answer: ObservationAnswerPage) -> EmailText:
    """Return the e-mail about a public answer for the space of the guarantor."""
    note: Any = answer.observation
    subject = _("Respondieron una observación: %(title)s") % {"title": note.title}
    lines = [
        _("Observación: «%(title)s».") % {"title": note.title},
        _("Respuesta: «%(title)s».") % {"title": answer.title},
        "",
        page_url(answer),
        "",
        _("Si la respuesta basta, el cierre se escribe y se envía a revisión aquí:"),
        absolute_url(reverse("wagtailadmin_pages:edit", args=[note.pk])),
    ]
    return subject, "\n".join(lines)


def _answer_address(subject: Any) -> str:
    """Return the address of the form of a new answer: below the observed page, or the commitment above it."""
    parent = subject.pk
    if subject.specific_class is ProgressUpdatePage:
        parent = type(subject).objects.values_list("pk", flat=True).get(path=parent_path(subject.path))
    names = (ObservationAnswerPage._meta.app_label, ObservationAnswerPage._meta.model_name, parent)
    return absolute_url(reverse("wagtailadmin_pages:add", args=names))


def _find_recipients(space: Space | None) -> list[User]:
    """Return the editors and administrators of a space; without a space, of the state's."""
    responsible = space or state_space()
    if responsible is None:
        return []
    return active_members(responsible.editors_id, responsible.administrators_id)
