"""Bad input around a review, through the screens: a clear sentence, and nothing changed.

The same refusals below the screens, and the cases that are only there:

- approving twice: here; ``approval/review/test_review.py``, ``test_bundles.py``, ``test_bundles_across.py``;
- approving a withdrawn submission: here; the same files;
- a reviewer who became an author meanwhile: here; ``test_review.py`` (earlier drafts, who sends);
- a bundle with one page that fails: here; ``test_bundles.py``, ``test_bundles_across.py`` (another space's);
- a scheduled date in the past: here; ``test_dates.py`` (gone by while it waited), ``test_bundles.py``.
"""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, WorkflowState

from abierto.approval.models import Approval
from abierto.approval.review.decisions import build_token
from abierto.bundles.models import Bundle, BundleDecision
from abierto.bundles.queries import load_items
from abierto.bundles.services import submit_bundle
from tests import factories
from tests.abierto.approval.newsroom import approve, draft_update, fresh, newsroom, submit

pytestmark = pytest.mark.django_db

AGO = datetime.timedelta(days=1)


@pytest.fixture
def room():
    return newsroom()


def snapshot() -> list[list[tuple]]:
    """Return all data that a decision could change."""
    return [
        list(Approval.objects.order_by("pk").values_list("pk", "kind")),
        list(Page.objects.order_by("pk").values_list("pk", "live", "title", "live_revision")),
        list(Revision.objects.order_by("pk").values_list("pk", "approved_go_live_at")),
        list(TaskState.objects.order_by("pk").values_list("pk", "status", "comment")),
        list(WorkflowState.objects.order_by("pk").values_list("pk", "status")),
        list(Bundle.objects.order_by("pk").values_list("pk", "status", "comment")),
        list(BundleDecision.objects.order_by("pk").values_list("pk")),
    ]


def submit_refused(client, user, address: str, data: dict[str, object], sentence: str) -> None:
    """Submit a decision and expect the message without any change."""
    client.force_login(user)
    before = snapshot()

    answer = client.post(address, data)

    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert snapshot() == before


def decide(client, user, state: TaskState, token: str, sentence: str) -> None:
    """Approve one page on its review screen."""
    data = {"action": "approve", "token": token, "comment": "Bien"}
    submit_refused(client, user, reverse("approval:review", args=[state.pk]), data, sentence)


def test_approving_twice(client, room):
    state = submit(draft_update(room), room.editor)
    token = build_token(state.revision)
    approve(state, room.reviewer)

    decide(client, room.both, state, token, "ya se resolvió o se canceló")


def test_approving_a_withdrawn_submission(client, room):
    update = draft_update(room)
    state = submit(update, room.editor)
    token = build_token(state.revision)
    fresh(update).current_workflow_state.cancel(user=room.editor)

    decide(client, room.reviewer, state, token, "ya se resolvió o se canceló")


def test_a_reviewer_who_became_an_author_meanwhile(client, room):
    update = draft_update(room)
    state = submit(update, room.editor)
    token = build_token(state.revision)
    draft = fresh(update).get_latest_revision_as_object()
    draft.title = "Retocado por quien revisa"
    draft.save_revision(user=room.both)

    decide(client, room.both, state, token, "volvió a ser borrador")

    fresh(update).get_workflow().start(fresh(update), room.editor)
    again = fresh(update).current_workflow_task_state
    decide(client, room.both, again, build_token(again.revision), "Escribiste o enviaste parte")


def test_a_bundle_with_a_failing_page(client, room):
    first, second = draft_update(room), factories.StandardPageFactory(parent=room.home, owner=room.editor)
    first.save_revision(user=room.editor)
    second.save_revision(user=room.editor)
    bundle = submit_bundle(Bundle(name="Trimestre"), [first, second], room.editor)
    revision = fresh(first).latest_revision
    content = revision.content | {"period_end": "2000-08-01"}
    Revision.objects.filter(pk=revision.pk).update(content=content)
    data = {
        f"token-{item.pk}": build_token(item.workflow_state.current_task_state.revision)
        for item in load_items(bundle)
    }
    address = reverse("bundles:detail", args=[bundle.pk])

    submit_refused(
        client, room.reviewer, address, {"action": "approve", **data}, f"«{first.get_admin_display_title()}»"
    )
    submit_refused(
        client, room.reviewer, address, {"action": "approve", **data}, "Del paquete no cambió nada"
    )


def test_a_scheduled_date_that_passed(client, room):
    update = draft_update(room)
    update.go_live_at = timezone.now() + AGO
    state = submit(update, room.editor)
    content = state.revision.content | {"go_live_at": (timezone.now() - AGO / 24).isoformat()}
    Revision.objects.filter(pk=state.revision_id).update(content=content)
    WorkflowState.objects.update(created_at=timezone.now() - AGO)
    state.revision.refresh_from_db()

    decide(client, room.reviewer, state, build_token(state.revision), "ya pasó")


def test_a_date_already_past_on_submission(client, room):
    page = factories.StandardPageFactory(parent=room.home, owner=room.editor)
    page.save_revision(user=room.editor)
    client.force_login(room.editor)
    before = snapshot()
    data = {"name": "Tarde", "pages": [page.pk], "go_live_at": "2020-01-01 10:00"}

    answer = client.post(reverse("bundles:create"), data)

    assert "La fecha de publicación ya pasó" in answer.content.decode()
    assert snapshot() == before
