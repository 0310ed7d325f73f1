"""The contexts of the list of observations, of one observation and of an answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from abierto.tenancy.tree_paths import below_any
from pages.core.evidence import read_evidence
from pages.core.pager import build_list_pager, get_list_page
from pages.core.reads import read_public
from pages.core.routing import find_own_paths

from .display import AnswerView, ObservationView
from .models import ObservationAnswerPage, ObservationIndexPage, ObservationPage
from .rules import find_state

PER_PAGE = 40


def build_index_context(page: ObservationIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of a list: its public observations with their state, newest first."""
    rows = ObservationPage.objects.public().in_active_language().filter(below_any(find_own_paths(page)))
    rows = rows.with_answers().select_related("institution", "step")
    listed = get_list_page(request, rows.order_by("-issued_on", "-path"), PER_PAGE)
    subjects = read_public(Page, [row.subject_id for row in listed.object_list if row.subject_id])
    day = timezone.localdate()
    views = [
        ObservationView(
            row,
            row.get_url(request) or "",
            find_state(row.due_on, row.closed_on, day, is_answered=row.is_answered),
            (),
            subjects.get(row.subject_id),
        )
        for row in listed.object_list
    ]
    return {"views": views, "listed": listed, "pager": build_list_pager(request, listed)}


def build_observation_context(page: ObservationPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of an observation: its subject if that is public, and its public answers."""
    answers = ObservationAnswerPage.objects.public().in_active_language()
    answers = answers.filter(observation__translation_key=page.translation_key).order_by(
        "answered_on", "path"
    )
    known = list(answers)
    subject = read_public(Page, [page.subject_id]).get(page.subject_id) if page.subject_id else None
    views = [AnswerView(answer, answer.get_url(request) or "") for answer in known]
    state = find_state(page.due_on, page.closed_on, timezone.localdate(), is_answered=bool(known))
    return {
        "view": ObservationView(page, page.get_url(request) or "", state, views, subject),
        "subject_url": subject.get_url(request) if subject is not None else "",
        "answers": list(zip(views, read_evidence(answer.evidence for answer in known), strict=True)),
    }


def build_answer_context(page: ObservationAnswerPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of an answer: its evidence, and the observation if that is public."""
    key = page.observation_id
    observation = read_public(ObservationPage, [key]).get(key) if key is not None else None
    return {
        "observation": observation,
        "observation_url": observation.get_url(request) if observation is not None else "",
        "evidence": read_evidence([page.evidence])[0],
    }
