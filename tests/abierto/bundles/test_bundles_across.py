"""Bundles across spaces: each space reviews its own pages, and all are published together."""

import datetime

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from abierto.approval.errors import ReviewRefused
from abierto.approval.models import Approval
from abierto.approval.models.task import create_review_workflow
from abierto.approval.review.decisions import build_token
from abierto.bundles.models import Bundle, BundleDecision, BundleStatus
from abierto.bundles.queries import filter_visible_items, load_items
from abierto.bundles.services import (
    approve_bundle,
    resubmit_bundle,
    return_bundle,
    submit_bundle,
    withdraw_bundle,
)
from abierto.dashboard.queries import find_waiting_reviews
from abierto.dashboard.services import set_second_step
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from pages.updates.models import ProgressUpdatePage
from tests import factories
from tests.abierto.approval.newsroom import draft_update, fresh, ledger, newsroom, person
from tests.factories import published
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SOON = datetime.timedelta(days=3)


def institution(name: str, root):
    """Open the space of an institution at ``root``, with an editor and a reviewer."""
    groups = get_or_create_groups(name)
    workflow = create_review_workflow(f"Revisión de {name}", groups.reviewers)
    space = create_space(SpaceKind.INSTITUTION, name, name.lower(), workflow)
    assign_root(space, root)
    key = name.lower()
    space.author = person(f"autora_{key}", groups.editors, email=f"autora_{key}@ejemplo.mx")
    space.reviewer = person(f"revisora_{key}", groups.reviewers, email=f"revisora_{key}@ejemplo.mx")
    return space


@built_once
def staffed():
    """Create a draft of the north, one of the south and one of the state."""
    room = newsroom()
    axis = room.commitment.get_parent().specific
    other = published(factories.CommitmentPageFactory(parent=axis, code="1.2", title="Del sur", actions=1))
    report = factories.StandardPageFactory(parent=room.home, title="El trimestre", owner=room.editor)
    north_page = draft_update(room)
    south_page = factories.ProgressUpdatePageFactory(parent=other, owner=room.editor, title="Avance del sur")
    room.north, room.south = institution("Norte", room.commitment), institution("Sur", other)
    room.pages = [north_page, south_page, report]
    for page in room.pages:
        factories.complete(page)
        page.save_revision(user=room.editor)
    room.reviewer.email = "revisora@ejemplo.mx"
    room.reviewer.save()
    return room


@pytest.fixture
def room():
    return staffed()


def sent(room, **fields) -> Bundle:
    return submit_bundle(Bundle(name="Enero a marzo", note="Va.", **fields), room.pages, room.editor)


def tokens(bundle: Bundle) -> dict[int, str]:
    return {
        item.pk: build_token(item.workflow_state.current_task_state.revision) for item in load_items(bundle)
    }


def decide(bundle, *people) -> None:
    for user in people:
        approve_bundle(bundle, user, tokens(bundle), f"Visto por {user.username}.")
    bundle.refresh_from_db()


def public(room) -> list[bool]:
    return [fresh(page).live for page in room.pages]


def test_nothing_is_public_until_every_space_approved(room):
    bundle = sent(room)

    decide(bundle, room.north.reviewer, room.reviewer)
    assert (bundle.status, public(room)) == (BundleStatus.SENT, [False, False, False])
    assert Approval.objects.of(room.pages[0]).count() == 0
    decide(bundle, room.south.reviewer)

    assert (bundle.status, public(room)) == (BundleStatus.DONE, [True, True, True])
    approvers = [Approval.latest(page).approver for page in room.pages]
    assert approvers == [room.north.reviewer, room.south.reviewer, room.reviewer]
    assert Approval.latest(room.pages[0]).comment == "Visto por revisora_norte."


def test_no_user_approves_for_another_space_nor_twice(room):
    bundle = sent(room)
    decide(bundle, room.north.reviewer)

    with pytest.raises(ReviewRefused, match="ya lo hiciste"):
        decide(bundle, room.north.reviewer)
    with pytest.raises(ReviewRefused, match="No te toca"):
        approve_bundle(bundle, room.north.author, tokens(bundle), "")

    assert public(room) == [False, False, False]
    assert BundleDecision.objects.count() == 1
    assert not find_waiting_reviews(room.north.reviewer).exists()
    assert find_waiting_reviews(room.south.reviewer).count() == 1


def test_an_editor_neither_adds_nor_sees_a_page_of_another_space(client, room):
    with pytest.raises(ReviewRefused, match="no es de tus espacios"):
        submit_bundle(Bundle(name="Ajeno"), room.pages[:2], room.north.author)
    assert not Bundle.objects.exists()
    bundle = sent(room)
    client.force_login(room.north.author)

    form = client.get(reverse("bundles:create")).content.decode()
    screen = client.get(reverse("bundles:detail", args=[bundle.pk])).content.decode()

    assert "Avance del sur" not in form
    assert room.pages[0].title in screen
    assert "Avance del sur" not in screen
    assert "El trimestre" not in screen
    assert "2 páginas de otros espacios" in screen
    assert [item.page_id for item in filter_visible_items(room.north.author, load_items(bundle))] == [
        room.pages[0].pk
    ]


def test_a_reviewer_approves_her_pages_on_screen(client, room):
    bundle = sent(room)
    client.force_login(room.south.reviewer)
    address = reverse("bundles:detail", args=[bundle.pk])

    screen = client.get(address).content.decode()
    mine = next(item for item in load_items(bundle) if item.page_id == room.pages[1].pk)
    data = {"action": "approve", "comment": "", f"token-{mine.pk}": tokens(bundle)[mine.pk]}
    done = client.post(address, data, follow=True).content.decode()

    assert "Aprobar tu parte del paquete" in screen
    assert screen.count('name="token-') == 1
    assert "Se publica cuando la aprueben los demás" in done
    assert "Ya la aprobó" in done
    assert public(room) == [False, False, False]


def test_a_failure_at_the_end_publishes_nothing_and_keeps_the_decisions(room):
    bundle = sent(room)
    decide(bundle, room.north.reviewer, room.south.reviewer)
    later = {"period_start": datetime.date(2024, 1, 1), "period_end": datetime.date(2024, 2, 1)}
    other = factories.ProgressUpdatePageFactory(parent=room.commitment, title="Otro", **later)
    mine = room.pages[0]
    ProgressUpdatePage.objects.filter(pk=other.pk).update(
        period_start=mine.period_start, period_end=mine.period_end
    )

    with pytest.raises(ReviewRefused, match="Del paquete no cambió nada") as raised:
        decide(bundle, room.reviewer)

    assert f"«{mine.get_admin_display_title()}»" in raised.value.sentence
    assert public(room) == [False, False, False]
    assert Approval.objects.filter(kind="review", object_id=str(mine.pk)).count() == 0
    assert BundleDecision.objects.count() == 2


def test_a_failure_in_another_space_is_shown_without_its_title(room):
    bundle = sent(room)
    decide(bundle, room.north.reviewer, room.reviewer)
    ProgressUpdatePage.objects.filter(pk=room.pages[0].pk).update(slug="otro-lugar")
    factories.StandardPageFactory(parent=room.commitment, slug=room.pages[0].slug)

    with pytest.raises(ReviewRefused) as raised:
        decide(bundle, room.south.reviewer)

    assert "otro espacio" in raised.value.sentence
    assert room.pages[0].get_admin_display_title() not in raised.value.sentence
    assert public(room) == [False, False, False]


def test_a_decision_is_void_when_its_reviewer_lost_the_role(room):
    bundle = sent(room)
    decide(bundle, room.north.reviewer)
    room.north.reviewer.groups.clear()

    decide(bundle, room.south.reviewer, room.reviewer)

    assert (bundle.status, public(room)) == (BundleStatus.SENT, [False, False, False])
    another = person("otra", room.north.reviewers)
    assert find_waiting_reviews(another).count() == 1
    decide(bundle, another)
    assert public(room) == [True, True, True]


def test_editing_a_page_voids_only_its_decision(room):
    bundle = sent(room)
    decide(bundle, room.north.reviewer, room.south.reviewer)
    draft = fresh(room.pages[0]).get_latest_revision_as_object()
    draft.title = "Corregido"
    draft.save_revision(user=room.editor)

    with pytest.raises(ReviewRefused, match="Ya no está en revisión"):
        decide(bundle, room.reviewer)
    resubmit_bundle(bundle, room.editor)
    decide(bundle, room.reviewer)
    assert public(room) == [False, False, False]
    decide(bundle, room.north.reviewer)

    assert public(room) == [True, True, True]
    assert fresh(room.pages[0]).title == "Corregido"


def test_a_returned_bundle_is_resubmitted_as_a_whole(room, django_capture_on_commit_callbacks):
    bundle = sent(room)
    decide(bundle, room.north.reviewer)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        return_bundle(bundle, room.south.reviewer, "Falta la cifra.")

    bundle.refresh_from_db()
    assert bundle.status == BundleStatus.RETURNED
    assert not any(fresh(page).workflow_in_progress for page in room.pages)
    assert any(room.north.reviewer.email in letter.to for letter in mail.outbox)
    resubmit_bundle(bundle, room.editor)
    decide(bundle, room.south.reviewer, room.reviewer)
    assert public(room) == [False, False, False]
    decide(bundle, room.north.reviewer)
    assert public(room) == [True, True, True]


def test_with_a_second_step_the_state_decides_last(room):
    set_second_step(room.north, True, room.administrator)
    bundle = sent(room)

    decide(bundle, room.north.reviewer, room.south.reviewer)
    assert public(room) == [False, False, False]
    decide(bundle, room.reviewer)

    assert public(room) == [True, True, True]
    assert ledger(room.pages[0]) == ["step", "review"]
    assert ledger(room.pages[1]) == ["review"]


def test_a_step_added_after_a_decision_is_required(room):
    bundle = sent(room)
    decide(bundle, room.north.reviewer)
    set_second_step(room.north, True, room.administrator)

    decide(bundle, room.south.reviewer, room.reviewer)
    assert public(room) == [False, False, False]
    decide(bundle, room.north.reviewer)
    assert public(room) == [False, False, False]
    decide(bundle, room.reviewer)

    assert public(room) == [True, True, True]
    assert ledger(room.pages[0]) == ["step", "review"]


# --- Scheduled bundles ---------------------------------------------------------------------------------


def failed(room, monkeypatch) -> Bundle:
    """Return a bundle whose scheduled page of the north could not be published."""
    bundle = sent(room, go_live_at=timezone.now() + SOON)
    decide(bundle, room.north.reviewer, room.south.reviewer, room.reviewer)
    assert bundle.status == BundleStatus.DONE
    mine = room.pages[0]
    other = factories.ProgressUpdatePageFactory(
        parent=room.commitment,
        title="Otro",
        period_start=datetime.date(2024, 1, 1),
        period_end=datetime.date(2024, 2, 1),
    )
    ProgressUpdatePage.objects.filter(pk=other.pk).update(
        period_start=mine.period_start, period_end=mine.period_end
    )
    later = timezone.now() + SOON * 2
    monkeypatch.setattr(timezone, "now", lambda: later)
    return bundle


def test_involved_users_are_notified_once_about_their_own_pages(
    room, monkeypatch, django_capture_on_commit_callbacks
):
    bundle = failed(room, monkeypatch)
    mail.outbox.clear()

    for _time in range(2):
        with pytest.raises(CommandError), django_capture_on_commit_callbacks(execute=True):
            call_command("publish_scheduled")

    bodies = {letter.to[0]: letter.body for letter in mail.outbox}
    assert len(bodies) == len(mail.outbox)
    assert {room.north.reviewer.email, room.south.reviewer.email, room.reviewer.email} <= bodies.keys()
    assert f"«{room.pages[0].title}»" in bodies[room.north.reviewer.email]
    assert room.pages[0].get_admin_display_title() not in bodies[room.south.reviewer.email]
    bundle.refresh_from_db()
    assert bundle.failed_page_id == room.pages[0].pk
    assert public(room) == [False, False, False]


def test_a_failed_bundle_stays_on_the_dashboard_until_withdrawn(client, room, monkeypatch):
    bundle = failed(room, monkeypatch)
    with pytest.raises(CommandError):
        call_command("publish_scheduled")
    address = reverse("bundles:detail", args=[bundle.pk])
    with pytest.raises(ReviewRefused, match="quien lo envió"):
        withdraw_bundle(bundle, room.north.reviewer)
    client.force_login(room.editor)

    front = client.get(reverse("wagtailadmin_home")).content.decode()
    client.post(address, {"action": "withdraw"})
    after = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "no se publicaron en su fecha" in front
    assert f"«{room.pages[0].title}»" in front
    assert "no se publicaron en su fecha" not in after
    call_command("publish_scheduled")
    assert public(room) == [False, False, False]
