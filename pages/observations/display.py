"""Build the views of observations with their states and answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from abierto.tenancy.declared_reads import declared_reads
from pages.charts.badges import Badge
from pages.core.base import BasePageQuerySet

from .enums import ObservationState
from .models import ObservationAnswerPage, ObservationPage
from .rules import find_state

#: The relations to join to pages that may be observations or answers (``select_related``).
JOINED = ("observationpage__institution", "observationpage__step", "observationanswerpage__observation")
#: The badge of each state, by its class in ``static/abierto.css``.
STATE_SHAPES = {
    ObservationState.OPEN: "stage",
    ObservationState.LATE: "low",
    ObservationState.ANSWERED: "on",
    ObservationState.CLOSED: "done",
}


@dataclass(frozen=True)
class AnswerView:
    """A public answer with its address."""

    page: Any
    url: str


@dataclass(frozen=True)
class ObservationView:
    """A public observation with its public answers, oldest first."""

    page: Any
    url: str
    state: ObservationState
    answers: Sequence[AnswerView]
    subject: Page | None = None

    @property
    def badge(self) -> Badge:
        return Badge(STATE_SHAPES[self.state], str(self.state.label))


def find_keys_about(page: Page) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Return the ids of the observations about a page in any language, and those of their answers."""
    notes = ObservationPage.objects.filter(subject__translation_key=page.translation_key)
    answers = ObservationAnswerPage.objects.filter(observation__subject__translation_key=page.translation_key)
    return notes.order_by().values("pk"), answers.order_by().values("pk")


def build_observation_views(
    pages: Iterable[Page], day: datetime.date, request: HttpRequest
) -> list[ObservationView]:
    """Return the observations among ``pages``, newest first, with those of ``pages`` that answer them.

    The subtypes are joined (``JOINED``). An answer belongs to the observation in any language.
    """
    known = list(pages)
    answers: dict[Any, list[AnswerView]] = {}
    for page in known:
        if hasattr(page, "observationanswerpage"):
            own = page.observationanswerpage
            answers.setdefault(own.observation.translation_key, []).append(
                AnswerView(own, own.get_url(request) or "")
            )
    views = []
    for page in known:
        if hasattr(page, "observationpage"):
            found = page.observationpage
            replies = sorted(
                answers.get(page.translation_key, []), key=lambda view: view.page.answered_on or day
            )
            state = find_state(found.due_on, found.closed_on, day, is_answered=bool(replies))
            views.append(ObservationView(found, found.get_url(request) or "", state, replies))
    return sorted(views, key=lambda view: view.page.issued_on or day, reverse=True)


def read_observations(page: Page, request: HttpRequest) -> list[ObservationView]:
    """Return the public observations about ``page``, newest first, with one query.

    They change rarely and then every cached page is dropped (``is_found_by_key``).
    """
    notes, answers = find_keys_about(page)
    pages = BasePageQuerySet(Page).public().in_active_language().filter(pk__in=notes.union(answers))
    with declared_reads():
        return build_observation_views(pages.select_related(*JOINED), timezone.localdate(), request)
