"""A review step that is deactivated, deleted or without members: a message, and the text is returned."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Task, WorkflowState

from abierto.approval.models import ReviewTask
from tests import factories
from tests.abierto.approval.newsroom import fresh
from tests.security.newsdesk import editors_desk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OFF = "el paso que lo revisa está apagado o se borró"
TYPED = "Tres párrafos que nadie quiere escribir otra vez"


@pytest.fixture
def desk():
    return editors_desk()


def tasks(desk):
    return Task.objects.filter(workflow_tasks__workflow=desk.room.space.workflow)


def deactivate(desk):
    tasks(desk).update(active=False)


def delete(desk):
    tasks(desk).delete()


BROKEN = [deactivate, delete]


def submitted(desk, page=None, **changed):
    data = desk.form(page, summary=TYPED, **changed) | {"action-submit": "1"}
    if page is not None:
        return desk.post("wagtailadmin_pages:edit", page.pk, **data)
    return desk.post("wagtailadmin_pages:add", "pages", "standardpage", desk.room.home.pk, **data)


def assert_inactive_step_shown(answer) -> bool:
    content = answer.content.decode()
    return answer.status_code == 409 and OFF in content and TYPED in content


@pytest.mark.parametrize("broken", BROKEN)
def test_submitting_a_page_shows_the_error_and_returns_the_text(desk, broken):
    broken(desk)

    assert assert_inactive_step_shown(submitted(desk, desk.draft))
    assert assert_inactive_step_shown(submitted(desk))
    assert not fresh(desk.draft).live
    assert not WorkflowState.objects.exists()


def test_resubmitting_to_a_deactivated_step_shows_the_error(desk):
    submitted(desk, desk.draft)
    state = fresh(desk.draft).current_workflow_task_state
    task = ReviewTask.objects.get(pk=state.task_id)
    task.on_action(state, desk.room.reviewer, "reject", comment="Falta la fuente")
    deactivate(desk)

    answer = submitted(desk, fresh(desk.draft))

    assert assert_inactive_step_shown(answer)


def test_a_deactivated_workflow_saves_the_draft(desk):
    workflow = desk.room.space.workflow
    workflow.active = False
    workflow.save()

    answer = submitted(desk, desk.draft)

    assert answer.status_code == 302
    assert fresh(desk.draft).get_latest_revision_as_object().summary == TYPED


def test_a_group_without_members_is_shown(desk):
    desk.room.space.reviewers.user_set.clear()

    answer = submitted(desk, desk.draft)

    assert answer.status_code == 302
    sentences = [str(message) for message in get_messages(answer.wsgi_request)]
    assert any("no tiene a nadie" in sentence for sentence in sentences), sentences
    assert fresh(desk.draft).current_workflow_task_state is not None


@pytest.mark.parametrize("broken", BROKEN)
def test_submitting_a_bundle_shows_the_error(desk, broken):
    broken(desk)

    answer = desk.post("bundles:create", title="Trimestre", pages=[desk.draft.pk], go_live_at="", note="")

    assert answer.status_code < 500
    assert not WorkflowState.objects.exists()


@pytest.mark.parametrize("broken", BROKEN)
def test_submitting_a_registry_row_shows_the_error(desk, broken):
    row = factories.InstitutionFactory(live=False, space=desk.room.space)
    broken(desk)
    desk.user = desk.room.administrator
    name = row.snippet_viewset.get_url_name("edit")

    answer = desk.post(
        name, row.pk, name=TYPED, acronym="I", kind="autonomous", opened_version="", **{"action-submit": "1"}
    )

    assert answer.status_code < 500


def test_a_step_with_a_review_cannot_be_deactivated(desk):
    submitted(desk, desk.draft)
    desk.user = desk.room.superuser
    task = tasks(desk).get()

    answer = desk.post("wagtailadmin_workflows:disable_task", task.pk)

    assert answer.status_code == 409
    assert OFF in answer.content.decode()
    assert desk.client.get(reverse("wagtailadmin_workflows:edit_task", args=[task.pk])).status_code == 200
