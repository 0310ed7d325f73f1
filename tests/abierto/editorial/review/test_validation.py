"""Whatever is sent, approved, scheduled or published is validated whole, on every road."""

import datetime
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import factory
import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from factory.django import DjangoModelFactory
from wagtail.log_actions import registry as log_registry
from wagtail.models import Locale, Page, Revision, get_page_models

from abierto.editorial.alone.emergency import publish_in_emergency
from abierto.editorial.errors import InvalidContent, InvalidVersion, NotSent, ReviewRefused
from abierto.editorial.ledger.hashing import NOT_CONTENT, content_hash
from abierto.editorial.ledger.imports import imported
from abierto.editorial.models import Approval, Kind
from abierto.editorial.review.decisions import token_of
from abierto.editorial.review.validation import check_version, find_problems
from abierto.editorial.schedule_failures import ACTION
from abierto.registry.bringing_in import bring_in
from abierto.registry.models import Institution
from abierto.registry.models.reviewed import ReviewedRow
from abierto.reviewing.bundles.deciding import approve as approve_bundle
from abierto.reviewing.bundles.looking import items_of
from abierto.reviewing.bundles.sending import send
from abierto.reviewing.models import Bundle, BundleStatus
from pages.base import BasePage
from search.learning.promoted import PromotedResult
from tests import factories
from tests.abierto.editorial.newsroom import (
    Newsroom,
    approve,
    draft_update,
    fresh,
    ledger,
    newsroom,
    submit,
)
from tests.factories import published

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SOON = datetime.timedelta(days=3)


@pytest.fixture
def room() -> Newsroom:
    return newsroom()


# --- Every page type and snippet, every required field, every road -------------------------------------


def made_by_factories() -> dict[type, type[DjangoModelFactory]]:
    """Return the factory of each model."""
    made = [one for one in vars(factories).values() if isinstance(one, type)]
    return {
        one._meta.model: one
        for one in made
        if issubclass(one, DjangoModelFactory) and one._meta.model is not None
    }


PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]
SNIPPETS = [model for model in ReviewedRow.__subclasses__() if not model._meta.abstract]


class PromotedResultFactory(factories.RowFactory):
    words = "tabiquera"
    page = factory.LazyFunction(factories.home)

    class Meta:
        model = PromotedResult


def made(model: type, room: Newsroom) -> Any:
    """Return a draft of ``model`` that the edit form would take."""
    if model is type(room.home):
        return room.home
    if model is PromotedResult:
        return PromotedResultFactory(live=False, space=room.space)
    if issubclass(model, ReviewedRow):
        return made_by_factories()[model](live=False, space=room.space)
    page = made_by_factories()[model](owner=room.editor)
    return factories.complete(page)


def required_fields(model: type[models.Model]) -> list[models.Field]:
    """Return the fields that the form asks for and that somebody can leave empty."""
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


def emptied(subject: Any, field: models.Field, user: Any) -> Revision:
    """Save a version without ``field``, as the shell can."""
    data = subject.serializable_data() | {field.name: "" if field.empty_strings_allowed else None}
    revision = subject.save_revision(user=user, clean=False)
    Revision.objects.filter(pk=revision.pk).update(content=json.loads(json.dumps(data, default=str)))
    return Revision.objects.get(pk=revision.pk)


def with_approval(revision: Revision, room: Newsroom) -> Revision:
    """Put into the ledger that somebody approved it, as if nobody had validated it."""
    said = {"sha": content_hash(revision), "reporter": room.editor, "authors": [room.editor.pk]}
    Approval.record(
        revision.content_object, Kind.REVIEW, approver=room.reviewer, revision_number=revision.pk, **said
    )
    return revision


def sending(revision: Revision, room: Newsroom) -> None:
    subject = revision.content_object
    subject.get_workflow().start(subject, room.editor)


def publishing(revision: Revision, room: Newsroom) -> None:
    with_approval(revision, room).publish()


def scheduling(revision: Revision, room: Newsroom) -> None:
    with_approval(revision, room)
    revision.approved_go_live_at = timezone.now() + SOON
    revision.save()


def importing(revision: Revision, room: Newsroom) -> None:
    with imported("De un documento publicado", by=room.editor):
        revision.publish()


def emergency(revision: Revision, room: Newsroom) -> None:
    publish_in_emergency(revision.content_object, room.administrator, token_of(revision), "Urge")


ROADS: list[Callable[[Revision, Newsroom], None]] = [sending, publishing, scheduling, importing, emergency]


@contextmanager
def refused(match: str) -> Iterator[None]:
    """Expect a refusal that says ``match``, and undo what was written, as a request would."""
    with pytest.raises((InvalidVersion, ReviewRefused)) as said, transaction.atomic():
        yield
    sentence = " ".join(getattr(said.value, "messages", [str(said.value)]))
    assert match in sentence


def test_each_page_type_and_snippet_has_a_factory():
    own = {type(factories.home()), PromotedResult}
    assert {*PAGE_TYPES, *SNIPPETS} - {*made_by_factories(), *own} == set()
    assert all(required_fields(model) for model in [*PAGE_TYPES, *SNIPPETS])


@pytest.mark.parametrize("model", [*PAGE_TYPES, *SNIPPETS], ids=lambda model: model.__name__)
def test_a_version_without_a_required_field_goes_nowhere(room, model):
    subject = made(model, room)
    assert list(find_problems(subject)) == []
    public = (subject.live_revision_id, subject.live)
    for field in required_fields(model):
        revision = emptied(subject, field, room.editor)
        before = ledger(subject)
        for road in ROADS:
            if road is emergency and not issubclass(model, Page):
                continue
            with refused(f"{capfirst(field.verbose_name)}: "):
                road(revision, room)
            now = fresh(subject)
            assert (now.live_revision_id, now.live) == public, (field.name, road.__name__)
            assert ledger(subject) == before
            assert not now.current_workflow_state


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_one_that_was_sent_before_is_not_approved(room, model):
    """It was sent when the rule did not exist: the reviewer cannot approve it either."""
    page = made(model, room)
    before = ledger(page), page.live_revision_id
    state = submit(page, room.editor)
    content = state.revision.content | {"title": ""}
    Revision.objects.filter(pk=state.revision_id).update(content=content)

    with refused("Título: "):
        approve(fresh(page).current_workflow_task_state, room.reviewer)

    assert (ledger(page), fresh(page).live_revision_id) == before


# --- The figures of an update and of a report ----------------------------------------------------------


def rows_of(page: Page, relation: str = "rows") -> list[Any]:
    """Return the rows of ``page`` so that a change of one is one of the page in memory."""
    setattr(page, relation, list(getattr(page, relation).all()))
    return list(getattr(page, relation).all())


def empty_update(room: Newsroom) -> Page:
    """Return an update in which nobody said anything."""
    return draft_update(room, rows={1: None, 2: None})


def test_an_update_without_figures_is_not_sent_and_the_sentence_names_page_row_and_field(room):
    update = empty_update(room)
    update.save_revision(user=room.editor)

    with pytest.raises(NotSent) as said:
        update.get_workflow().start(update, room.editor)

    assert f"«{update.title}»: Acción 1. Acción 1 › Porcentaje: Escribe un porcentaje" in said.value.sentence
    assert "Acción 2. Acción 2 › Porcentaje" in said.value.sentence
    assert str(said.value.heading) == "No se envió nada"


def test_a_note_of_invisible_characters_says_nothing(room):
    update = draft_update(room)
    row = rows_of(update)[0]
    row.percent, row.note = None, "\u200b\u2060 "

    assert [path for path, _message in find_problems(update)] == [f"rows.{row.action_key}.percent"]


def test_an_update_reports_on_each_action_of_its_commitment_once_and_on_no_other(room):
    update = draft_update(room)
    first, second = rows_of(update)
    second.action_key = first.action_key
    assert [path for path, _m in find_problems(update)] == [f"rows.{first.action_key}.action_key", "__all__"]

    other = factories.CommitmentActionFactory()
    second.action_key = other.translation_key
    assert [path for path, _m in find_problems(update)] == [
        f"rows.{other.translation_key}.action_key",
        "__all__",
    ]


def test_a_declared_figure_that_differs_is_explained(room):
    update = draft_update(room)
    update.declared = Decimal(90)

    assert [path for path, _message in find_problems(update)] == ["declared_note"]
    update.declared_note = "La institución contó de otra manera."
    assert list(find_problems(update)) == []


def test_a_report_has_figures_that_are_those_of_the_account(room):
    plan = room.commitment.get_parent().get_parent().specific
    report = factories.ReportPageFactory(parent=plan, owner=room.editor)
    assert [message for _path, message in find_problems(report)] == [
        "El informe no tiene cifras. Guarda el borrador para proponerlas."
    ]

    report = factories.complete(report)
    assert list(find_problems(report)) == []
    row = next(row for row in rows_of(report) if row.level == "commitment")
    row.computed, row.effective = Decimal(99), Decimal(99)
    assert (f"rows.{row.key}.computed") in [path for path, _message in find_problems(report)]


def test_a_public_report_keeps_the_figures_it_was_published_with(room):
    plan = room.commitment.get_parent().get_parent().specific
    report = published(factories.ReportPageFactory(parent=plan))
    plan = fresh(plan)
    plan.roll_up = "actions"
    published(plan)
    report.intro = "Con una fe de erratas."

    assert list(find_problems(report)) == []


def test_what_a_translation_takes_from_its_source_is_not_asked_of_it(room):
    """The figures are its source's; the commitment has got one more action since."""
    update = published(draft_update(room))
    english, _new = Locale.objects.get_or_create(language_code="en")
    translation = update.copy_for_translation(english, copy_parents=True)
    commitment = fresh(room.commitment)
    commitment.actions.add(factories.CommitmentActionFactory.build(page=commitment, number=3))
    published(commitment)

    assert list(find_problems(translation)) == []
    row = rows_of(translation)[0]
    row.percent, row.note = None, ""
    assert [path for path, _message in find_problems(translation)] == [f"rows.{row.action_key}.percent"]


def test_a_translation_without_its_title_is_not_sent(room):
    page = published(factories.StandardPageFactory(parent=room.home))
    english, _new = Locale.objects.get_or_create(language_code="en")
    translation = page.copy_for_translation(english, copy_parents=True)
    translation.title = ""
    translation.save_revision(user=room.editor, clean=False)

    with pytest.raises(NotSent, match="Título: "):
        room.space.workflow.start(translation, room.editor)


# --- Rows and blocks -----------------------------------------------------------------------------------


def test_an_inline_row_is_named_by_its_kind_and_place(room):
    page = factories.CommitmentPageFactory(code="1.7", actions=2)
    rows_of(page, "actions")[1].title = ""

    with pytest.raises(InvalidVersion) as said:
        check_version(page.save_revision(clean=False))

    assert said.value.problems == ["Acción 2 › Título: Este campo no puede estar en blanco."]


def test_the_blocks_of_a_stream_are_named_by_their_labels(room):
    page = factories.StandardPageFactory(parent=room.home)
    empty = {"text": "", "level": "h2", "anchor": ""}
    page.body = json.dumps([{"type": "heading", "value": empty}])

    problems = list(find_problems(page))

    assert problems[0][0].startswith("body › Título de sección 1 › ")
    assert problems[0][1] == "Este campo es necesario."


def test_validating_changes_nothing_in_the_version(room):
    page = factories.StandardPageFactory(parent=room.home)
    same = {"text": "Igual", "level": "h2", "anchor": "igual"}
    page.body = json.dumps([{"type": "heading", "value": same}, {"type": "heading", "value": same}])
    before = content_hash(page)

    list(find_problems(page))

    assert content_hash(page) == before


def test_an_inline_row_of_a_revision_keeps_what_its_stream_requires(room):
    page = factories.CommitmentPageFactory(code="1.7", actions=1)
    rows_of(page, "actions")[0].means = json.dumps([{"type": "means", "value": {"text": ""}}])

    with pytest.raises(InvalidVersion) as said:
        check_version(page.save_revision(clean=False))

    assert "Acción 1 › Medios de verificación prometidos › Prueba prometida 1 › " in said.value.problems[0]


def test_dates_of_publication_that_contradict_each_other_are_refused(room):
    page = factories.StandardPageFactory(parent=room.home)
    page.go_live_at, page.expire_at = timezone.now() + 2 * SOON, timezone.now() + SOON
    assert [path for path, _message in find_problems(page)] == ["go_live_at"]

    page.go_live_at, page.expire_at = None, timezone.now() - SOON
    assert [path for path, _message in find_problems(page)] == ["expire_at"]


# --- Sending again, bundles ----------------------------------------------------------------------------


def test_what_came_back_is_validated_when_it_is_sent_again(room):
    update = draft_update(room)
    state = submit(update, room.editor)
    state.task.specific.on_action(state, room.reviewer, "reject", comment="Falta una cifra.")
    for row in rows_of(update):
        row.percent, row.stage = None, ""
    update.save_revision(user=room.editor)

    with refused("Porcentaje"):
        fresh(update).current_workflow_state.resume(room.editor)
    assert fresh(update).current_workflow_state.status == "needs_changes"


def test_a_bundle_with_one_invalid_page_is_not_sent(room):
    axis = factories.AxisPageFactory(parent=room.commitment.get_parent().get_parent(), owner=room.editor)
    axis.code = ""
    axis.save_revision(user=room.editor, clean=False)
    pages = [draft_update(room), axis]

    for date in (None, timezone.now() + SOON):
        with refused("Clave: Este campo no puede estar en blanco."):
            send(Bundle(name="Enero a marzo", go_live_at=date), pages, room.editor)
    assert not Bundle.objects.exists()
    assert [fresh(page).current_workflow_state for page in pages] == [None, None]


@pytest.mark.parametrize("date", [None, SOON])
def test_a_bundle_with_one_invalid_page_publishes_none_of_it(room, date):
    pages = [factories.StandardPageFactory(parent=room.home, owner=room.editor), draft_update(room)]
    when = timezone.now() + date if date else None
    bundle = send(Bundle(name="Enero a marzo", go_live_at=when), pages, room.editor)
    state = fresh(pages[1]).current_workflow_task_state
    rows = [row | {"percent": None, "stage": ""} for row in state.revision.content["rows"]]
    Revision.objects.filter(pk=state.revision_id).update(content=state.revision.content | {"rows": rows})
    tokens = {item.pk: token_of(item.workflow_state.current_task_state.revision) for item in items_of(bundle)}

    with pytest.raises(ReviewRefused) as said:
        approve_bundle(bundle, room.reviewer, tokens, "")

    title = pages[1].title
    assert said.value.sentence.startswith(
        f"«{title}»: Acción 1. Acción 1 › Porcentaje: Escribe un porcentaje"
    )
    assert said.value.sentence.endswith("Del paquete no cambió nada.")
    assert said.value.sentence.count(title) == 1
    bundle.refresh_from_db()
    assert bundle.status == BundleStatus.SENT
    assert not any(fresh(page).live for page in pages)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert not Approval.objects.of(pages[0]).exists()


# --- When the date comes -------------------------------------------------------------------------------


def scheduled(page: Page, room: Newsroom) -> Revision:
    """Approve ``page`` for a day to come."""
    page.go_live_at = timezone.now() + SOON
    state = submit(page, room.editor)
    approve(state, room.reviewer)
    return state.revision


def test_a_date_that_cannot_be_kept_is_reported_once_and_changes_nothing(room, capsys, monkeypatch):
    room.reviewer.email, room.editor.email = "revisora@ejemplo.mx", "editora@ejemplo.mx"
    room.reviewer.save()
    room.editor.save()
    axis = room.commitment.get_parent()
    page = factories.complete(factories.CommitmentPageFactory(parent=axis, code="1.5", owner=room.editor))
    other = factories.StandardPageFactory(parent=room.home, owner=room.editor)
    revision = scheduled(page, room)
    scheduled(other, room)
    taken = factories.CommitmentPageFactory(parent=axis, code="1.6")
    type(page).objects.filter(pk=taken.pk).update(code="1.5")
    mail.outbox.clear()
    later = timezone.now() + 2 * SOON
    monkeypatch.setattr(timezone, "now", lambda: later)

    for _run in range(2):
        with pytest.raises(CommandError):
            call_command("publish_scheduled")

    now = fresh(page)
    assert (now.live, now.live_revision_id) == (False, None)
    assert Revision.objects.get(pk=revision.pk).approved_go_live_at is not None
    assert fresh(other).live
    logged = log_registry.get_logs_for_instance(page).filter(action=ACTION)
    assert [entry.revision_id for entry in logged] == [revision.pk]
    assert "Clave: Otro compromiso de este plan ya tiene la clave 1.5." in logged[0].data["sentence"]
    assert "No se publicó en su fecha" in logged[0].message
    assert sorted(letter.to[0] for letter in mail.outbox) == ["editora@ejemplo.mx", "revisora@ejemplo.mx"]
    assert all("Clave: Otro compromiso" in letter.body for letter in mail.outbox)
    assert "Clave: Otro compromiso" in capsys.readouterr().err


def test_a_scheduled_snippet_that_cannot_be_published_is_reported_too(room):
    row = factories.InstitutionFactory(name="Una", live=False, space=room.space)
    revision = with_approval(row.save_revision(user=room.editor), room)
    past = timezone.now() - SOON
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past)
    Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"name": ""})

    with pytest.raises(CommandError):
        call_command("publish_scheduled")

    assert log_registry.get_logs_for_instance(row).filter(action=ACTION).count() == 1


# --- Imports, old versions and what is public already --------------------------------------------------


def test_an_import_names_the_page_and_the_field(room):
    axis = factories.AxisPageFactory(title="Salud")
    axis.code = ""
    revision = axis.save_revision(clean=False)

    with pytest.raises(InvalidVersion) as said, imported("De un documento publicado"):
        revision.publish()

    assert said.value.messages == ["«Salud»: Clave: Este campo no puede estar en blanco."]
    assert isinstance(said.value, ValidationError)


def test_an_import_that_saves_without_publishing_is_validated_too(room):
    row = Institution(name="Una", kind="", live=True)
    with pytest.raises(InvalidVersion, match="Tipo"), imported("De un documento publicado"):
        row.save()
    assert not Institution.objects.filter(name="Una").exists()


def test_rows_brought_in_together_are_validated_before_any_is_written(room):
    rows = [Institution(name="Buena", kind="autonomous"), Institution(name="Mala", kind="")]

    with pytest.raises(InvalidVersion, match="«Mala»: Tipo"), imported("De un documento publicado"):
        bring_in(rows)

    assert not Institution.objects.filter(name__in=["Buena", "Mala"]).exists()


def test_an_old_version_brought_back_is_validated_by_the_rules_of_today(room):
    update = draft_update(room)
    for row in rows_of(update):
        row.percent, row.stage = None, ""
    old = update.save_revision(user=room.editor)
    for row in rows_of(update):
        row.percent = 40
    published(update)

    again = old.as_object()
    again.save_revision(user=room.editor, previous_revision=old)
    with refused("Porcentaje"):
        again.get_workflow().start(again, room.editor)


def test_what_is_public_and_invalid_by_a_newer_rule_is_still_moved_and_saved(room):
    """A rule for publishing is not a rule for keeping what is public."""
    update = published(draft_update(room))
    type(update.rows.all()[0]).objects.filter(page=update).update(sort_order=5)
    commitment = fresh(room.commitment)
    commitment.actions.add(factories.CommitmentActionFactory.build(page=commitment, number=3))
    published(commitment)
    now = fresh(update)
    assert [path for path, _message in find_problems(now)] == ["__all__"]

    now.save()
    now.save(update_fields=["has_unpublished_changes"])
    now.get_parent().fix_tree()
    with imported("Otra vez lo mismo"):
        fresh(update).save()

    assert fresh(update).live


def test_a_review_that_began_with_a_valid_version_ends_well(room):
    update = draft_update(room)

    approve(submit(update, room.editor), room.reviewer)

    assert fresh(update).live
    assert ledger(update) == ["review"]


def test_the_refusal_of_a_long_list_says_how_many_more():
    error = InvalidContent(InvalidVersion("Avance", [f"Acción {number}: Falta." for number in range(7)]))

    assert error.sentence.startswith("«Avance»: Acción 0: Falta. ")
    assert error.sentence.endswith("Acción 3: Falta. Y 3 más.")


def test_an_address_that_was_taken_meanwhile_is_told_in_spanish(room):
    page = factories.StandardPageFactory(parent=room.home, title="Una")
    revision = page.save_revision()
    other = factories.StandardPageFactory(parent=room.home, title="Otra")
    Page.objects.filter(pk=other.pk).update(slug=page.slug)

    with pytest.raises(InvalidVersion) as said:
        check_version(revision)

    assert said.value.problems == [
        "Dirección en la web: Otra página de aquí ya usa la dirección «una». Escribe otra."
    ]
