"""A version that is submitted, approved, scheduled or published is fully validated."""

import json
from typing import Any

import factory
import pytest
from django.db import models
from django.utils.text import capfirst
from factory.django import DjangoModelFactory
from wagtail.models import Page, Revision, get_page_models

from abierto.approval.ledger.hashing import NOT_CONTENT
from abierto.approval.review.validation import find_problems
from abierto.registry.models.reviewed import ReviewedRow
from pages.core.base import BasePage
from pages.observations.models import ObservationAnswerPage, ObservationPage
from search.promotions.models import PromotedResult
from tests import (
    factories,
    matrix_factories,
    municipal_factories,
    observation_factories,
    participation_factories,
    ruling_factories,
)
from tests.abierto.approval.newsroom import Newsroom, approve, fresh, ledger, newsroom, submit
from tests.abierto.approval.review.validating import ROADS, emergency, expect_invalid
from tests.factories import published

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def room() -> Newsroom:
    return newsroom()


# --- Every page type and snippet, every required field, every path -------------------------------------


def made_by_factories() -> dict[type, type[DjangoModelFactory]]:
    """Return the factory of each model."""
    modules = (
        *(factories, matrix_factories, municipal_factories, observation_factories),
        *(participation_factories, ruling_factories),
    )
    candidates = [made for module in modules for made in vars(module).values() if isinstance(made, type)]
    return {
        factory._meta.model: factory
        for factory in candidates
        if issubclass(factory, DjangoModelFactory) and factory._meta.model is not None
    }


PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]
SNIPPETS = [model for model in ReviewedRow.__subclasses__() if not model._meta.abstract]


class PromotedResultFactory(factories.RowFactory):
    words = "tabiquera"
    page = factory.LazyFunction(factories.home)

    class Meta:
        model = PromotedResult


def make_draft(model: type, room: Newsroom) -> Any:
    """Return a valid draft of ``model``."""
    if model is type(room.home):
        return room.home
    if model is PromotedResult:
        return PromotedResultFactory(live=False, space=room.space)
    if issubclass(model, ReviewedRow):
        return made_by_factories()[model](live=False, space=room.space)
    return factories.complete(made_by_factories()[model](owner=room.editor, **find_context(model, room)))


def find_context(model: type, room: Newsroom) -> dict[str, Any]:
    """Return the public pages that a valid draft of ``model`` is about."""
    if model is ObservationPage:
        return {"subject": room.commitment}
    if model is ObservationAnswerPage:
        about = observation_factories.ObservationPageFactory(subject=room.commitment)
        return {"observation": published(about)}
    return {}


def required_fields(model: type[models.Model]) -> list[models.Field]:
    """Return the fields that the form requires and that can be empty."""
    left_out = NOT_CONTENT | {"live", "slug", "translation_key"}
    return [
        field
        for field in model._meta.fields
        if not (
            isinstance(field, models.BooleanField)
            or field.blank
            or field.primary_key
            or field.name in left_out
            or not field.editable
        )
        and not getattr(field.remote_field, "parent_link", False)
    ]


def save_without(subject: Any, field: models.Field, user: Any) -> Revision:
    """Save a version without ``field``, as from the shell."""
    data = subject.serializable_data() | {field.name: "" if field.empty_strings_allowed else None}
    revision = subject.save_revision(user=user, clean=False)
    Revision.objects.filter(pk=revision.pk).update(content=json.loads(json.dumps(data, default=str)))
    return Revision.objects.get(pk=revision.pk)


def test_each_page_type_and_snippet_has_a_factory():
    own = {type(factories.home()), PromotedResult}
    assert {*PAGE_TYPES, *SNIPPETS} - {*made_by_factories(), *own} == set()
    assert all(required_fields(model) for model in [*PAGE_TYPES, *SNIPPETS])


@pytest.mark.parametrize("model", [*PAGE_TYPES, *SNIPPETS], ids=lambda model: model.__name__)
def test_a_version_without_a_required_field_is_refused(room, model):
    subject = make_draft(model, room)
    assert list(find_problems(subject)) == []
    public = (subject.live_revision_id, subject.live)
    for field in required_fields(model):
        revision = save_without(subject, field, room.editor)
        before = ledger(subject)
        for road in ROADS:
            if road is emergency and not issubclass(model, Page):
                continue
            with expect_invalid(f"{capfirst(field.verbose_name)}: "):
                road(revision, room)
            now = fresh(subject)
            assert (now.live_revision_id, now.live) == public, (field.name, road.__name__)
            assert ledger(subject) == before
            assert not now.current_workflow_state


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_an_invalid_version_submitted_earlier_is_not_approved(room, model):
    """It was submitted before the rule existed: the reviewer cannot approve it."""
    page = make_draft(model, room)
    before = ledger(page), page.live_revision_id
    state = submit(page, room.editor)
    content = state.revision.content | {"title": ""}
    Revision.objects.filter(pk=state.revision_id).update(content=content)

    with expect_invalid("Título: "):
        approve(fresh(page).current_workflow_task_state, room.reviewer)

    assert (ledger(page), fresh(page).live_revision_id) == before
