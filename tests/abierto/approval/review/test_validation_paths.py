"""Validation in every publication path: bundles, schedules, imports and old versions."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, Revision

from abierto.approval.errors import InvalidContent, InvalidVersion, ReviewRefused
from abierto.approval.ledger.imports import imported
from abierto.approval.ledger.services import import_rows
from abierto.approval.models import Approval
from abierto.approval.models.task import create_review_workflow
from abierto.approval.review.decisions import build_token
from abierto.approval.review.validation import check_version, find_problems
from abierto.approval.scheduling import ACTION
from abierto.bundles.models import Bundle, BundleStatus
from abierto.bundles.queries import load_items
from abierto.bundles.services import approve_bundle as approve_bundle
from abierto.bundles.services import submit_bundle
from abierto.registry.models import Institution
from abierto.tenancy.provisioning import assign_root
from tests import factories
from tests.abierto.approval.newsroom import Newsroom, approve, draft_update, fresh, ledger, newsroom, submit
from tests.abierto.approval.review.validating import SOON, expect_invalid, rows_of, with_approval
from tests.factories import published

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def room() -> Newsroom:
    return newsroom()


# --- Resubmission, bundles -----------------------------------------------------------------------------


def test_a_returned_page_is_validated_when_resubmitted(room):
    update = draft_update(room)
    state = submit(update, room.editor)
    state.task.specific.on_action(state, room.reviewer, "reject", comment="Falta una cifra.")
    for row in rows_of(update):
        row.percent, row.stage = None, ""
    update.save_revision(user=room.editor)

    with expect_invalid("Porcentaje"):
        fresh(update).current_workflow_state.resume(room.editor)
    assert fresh(update).current_workflow_state.status == "needs_changes"


def test_a_bundle_with_an_invalid_page_is_not_submitted(room):
    axis = factories.AxisPageFactory(parent=room.commitment.get_parent().get_parent(), owner=room.editor)
    axis.code = ""
    axis.save_revision(user=room.editor, clean=False)
    pages = [draft_update(room), axis]

    for date in (None, timezone.now() + SOON):
        with expect_invalid("Clave: Falta este dato."):
            submit_bundle(Bundle(name="Enero a marzo", go_live_at=date), pages, room.editor)
    assert not Bundle.objects.exists()
    assert [fresh(page).current_workflow_state for page in pages] == [None, None]


@pytest.mark.parametrize("date", [None, SOON])
def test_a_bundle_with_an_invalid_page_publishes_nothing(room, date):
    pages = [factories.StandardPageFactory(parent=room.home, owner=room.editor), draft_update(room)]
    when = timezone.now() + date if date else None
    bundle = submit_bundle(Bundle(name="Enero a marzo", go_live_at=when), pages, room.editor)
    state = fresh(pages[1]).current_workflow_task_state
    rows = [row | {"percent": None, "stage": ""} for row in state.revision.content["rows"]]
    Revision.objects.filter(pk=state.revision_id).update(content=state.revision.content | {"rows": rows})
    tokens = {
        item.pk: build_token(item.workflow_state.current_task_state.revision) for item in load_items(bundle)
    }

    with pytest.raises(ReviewRefused) as raised:
        approve_bundle(bundle, room.reviewer, tokens, "")

    title = pages[1].get_admin_display_title()
    assert raised.value.sentence.startswith(
        f"«{title}»: Acción 1. Acción 1 › Porcentaje: Escribe un porcentaje"
    )
    assert raised.value.sentence.endswith("Del paquete no cambió nada.")
    assert raised.value.sentence.count(title) == 1
    bundle.refresh_from_db()
    assert bundle.status == BundleStatus.SENT
    assert not any(fresh(page).live for page in pages)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert not Approval.objects.of(pages[0]).exists()


def test_an_invalid_version_is_not_approved_at_an_earlier_step(room):
    room.space.workflow = create_review_workflow("Dos pasos", room.space.reviewers, room.space.administrators)
    room.space.save()
    assign_root(room.space, room.home)
    update = draft_update(room)
    state = submit(update, room.editor)
    Revision.objects.filter(pk=state.revision_id).update(content=state.revision.content | {"title": ""})

    with pytest.raises(InvalidContent, match="Título: ") as raised, transaction.atomic():
        approve(fresh(update).current_workflow_task_state, room.reviewer)

    assert str(raised.value.heading) == "No se publicó nada"
    assert fresh(update).current_workflow_task_state == state


# --- Schedules -----------------------------------------------------------------------------------------


def scheduled(page: Page, room: Newsroom) -> Revision:
    """Approve ``page`` for a later day."""
    page.go_live_at = timezone.now() + SOON
    state = submit(page, room.editor)
    approve(state, room.reviewer)
    return state.revision


def test_a_failed_scheduled_date_is_reported_once_and_changes_nothing(room, capsys, monkeypatch):
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


def test_a_failed_scheduled_snippet_is_reported(room):
    row = factories.InstitutionFactory(name="Una", live=False, space=room.space)
    revision = with_approval(row.save_revision(user=room.editor), room)
    past = timezone.now() - SOON
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past)
    Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"name": ""})

    with pytest.raises(CommandError):
        call_command("publish_scheduled")

    assert log_registry.get_logs_for_instance(row).filter(action=ACTION).count() == 1


# --- Imports, old versions and public pages ------------------------------------------------------------


def test_an_import_names_the_page_and_the_field(room):
    axis = factories.AxisPageFactory(title="Salud")
    axis.code = ""
    revision = axis.save_revision(clean=False)

    with pytest.raises(InvalidVersion) as raised, imported("De un documento publicado"):
        revision.publish()

    assert raised.value.messages == ["«Salud»: Clave: Falta este dato."]
    assert isinstance(raised.value, ValidationError)


def test_an_import_of_a_draft_is_validated(room):
    row = Institution(name="Una", kind="", live=True)
    with pytest.raises(InvalidVersion, match="Tipo"), imported("De un documento publicado"):
        row.save()
    assert not Institution.objects.filter(name="Una").exists()


def test_bulk_imported_rows_are_validated_before_any_is_written(room):
    rows = [Institution(name="Buena", kind="autonomous"), Institution(name="Mala", kind="")]

    with pytest.raises(InvalidVersion, match="«Mala»: Tipo"), imported("De un documento publicado"):
        import_rows(rows)

    assert not Institution.objects.filter(name__in=["Buena", "Mala"]).exists()


def test_a_reverted_version_is_validated_by_the_present_rules(room):
    update = draft_update(room)
    for row in rows_of(update):
        row.percent, row.stage = None, ""
    old = update.save_revision(user=room.editor)
    for row in rows_of(update):
        row.percent = 40
    published(update)

    again = old.as_object()
    again.save_revision(user=room.editor, previous_revision=old)
    with expect_invalid("Porcentaje"):
        again.get_workflow().start(again, room.editor)


def test_a_public_page_invalid_by_a_newer_rule_can_be_moved_and_saved(room):
    """The rules of publication do not apply to pages that are already public."""
    update = published(draft_update(room))
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


def test_a_review_of_a_valid_version_is_approved(room):
    update = draft_update(room)

    approve(submit(update, room.editor), room.reviewer)

    assert fresh(update).live
    assert ledger(update) == ["review"]


def test_a_long_list_of_errors_is_truncated_with_a_count():
    error = InvalidContent(InvalidVersion("Avance", [f"Acción {number}: Falta." for number in range(7)]))

    assert error.sentence.startswith("«Avance»: Acción 0: Falta. ")
    assert error.sentence.endswith("Acción 3: Falta. Y 3 más.")


def test_a_slug_taken_meanwhile_is_shown_in_spanish(room):
    page = factories.StandardPageFactory(parent=room.home, title="Una")
    revision = page.save_revision()
    other = factories.StandardPageFactory(parent=room.home, title="Otra")
    Page.objects.filter(pk=other.pk).update(slug=page.slug)

    with pytest.raises(InvalidVersion) as raised:
        check_version(revision)

    assert raised.value.problems == [
        "Dirección en la web: Otra página de aquí ya usa la dirección «una». Escribe otra."
    ]
