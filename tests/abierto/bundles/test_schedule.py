"""A new date for a scheduled bundle: decisions for the old date publish nothing."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from abierto.approval.errors import ContentChanged, ReviewRefused
from abierto.approval.management.commands import publish_scheduled
from abierto.approval.models import Approval
from abierto.approval.models.task import create_review_workflow
from abierto.approval.review.decisions import build_token
from abierto.approval.scheduling import PublishGroup
from abierto.bundles.models import Bundle, BundleStatus
from abierto.bundles.queries import load_items
from abierto.bundles.schedule import change_date, iter_publish_groups
from abierto.bundles.services import (
    approve_bundle,
    resubmit_bundle,
    return_bundle,
    submit_bundle,
    withdraw_bundle,
)
from abierto.dashboard.queries import find_waiting_reviews
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from tests import factories
from tests.abierto.approval.newsroom import draft_update, fresh, ledger, newsroom, person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DAY = datetime.timedelta(days=1)


@pytest.fixture
def room():
    """A page of the north and one of the state, scheduled together in three days."""
    room = newsroom()
    report = factories.StandardPageFactory(parent=room.home, title="El trimestre", owner=room.editor)
    room.pages = [draft_update(room), report]
    for page in room.pages:
        page.save_revision(user=room.editor)
    groups = get_or_create_groups("Norte")
    workflow = create_review_workflow("Norte", groups.reviewers)
    assign_root(create_space(SpaceKind.INSTITUTION, "Norte", "norte", workflow), room.commitment)
    room.north_reviewer = person("revisora_norte", groups.reviewers, email="norte@ejemplo.mx")
    room.planned = timezone.now().replace(microsecond=0) + 3 * DAY
    room.bundle = submit_bundle(
        Bundle(name="Enero a marzo", go_live_at=room.planned), room.pages, room.editor
    )
    room.screen = reverse("bundles:detail", args=[room.bundle.pk])
    return room


def tokens(room) -> dict[int, str]:
    items = load_items(room.bundle)
    return {item.pk: build_token(item.workflow_state.current_task_state.revision) for item in items}


def decide(room, *people) -> None:
    for user in people:
        approve_bundle(room.bundle, user, tokens(room), "")
    room.bundle.refresh_from_db()


def on(room, monkeypatch, day) -> None:
    """Run the publishing command on a day."""
    monkeypatch.setattr(timezone, "now", lambda: day)
    call_command("publish_scheduled")


def public(room) -> list[bool]:
    return [fresh(page).live for page in room.pages]


def dates(room) -> list[datetime.datetime | None]:
    """Return the dates of the scheduled versions."""
    drafts = (fresh(page).get_latest_revision_as_object() for page in room.pages)
    return [draft.go_live_at for draft in drafts]


def test_pages_are_published_on_the_new_date(room, monkeypatch):
    later = room.planned + 2 * DAY

    change_date(room.bundle, later, room.editor)
    room.bundle.refresh_from_db()

    assert (room.bundle.status, room.bundle.go_live_at) == (BundleStatus.SENT, later)
    assert dates(room) == [later, later]
    assert (
        find_waiting_reviews(room.reviewer).count() == find_waiting_reviews(room.north_reviewer).count() == 1
    )
    decide(room, room.north_reviewer, room.reviewer)
    assert room.bundle.status == BundleStatus.DONE
    on(room, monkeypatch, room.planned + DAY)
    assert public(room) == [False, False]
    on(room, monkeypatch, later + DAY)
    assert public(room) == [True, True]


def test_without_a_date_the_bundle_is_public_after_the_last_approval(room):
    change_date(room.bundle, None, room.editor)

    decide(room, room.north_reviewer, room.reviewer)

    assert public(room) == [True, True]


def test_a_decision_for_the_old_date_publishes_nothing(room, django_capture_on_commit_callbacks):
    decide(room, room.north_reviewer)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        change_date(room.bundle, room.planned + DAY, room.editor)
    decide(room, room.reviewer)

    assert (room.bundle.status, public(room)) == (BundleStatus.SENT, [False, False])
    assert [ledger(page) for page in room.pages] == [[], []]
    assert find_waiting_reviews(room.north_reviewer).count() == 1
    (letter,) = [email for email in mail.outbox if email.subject.startswith("Cambió la fecha")]
    assert letter.to == [room.north_reviewer.email]
    assert "se aprueba otra vez" in letter.body
    decide(room, room.north_reviewer)
    assert room.bundle.status == BundleStatus.DONE


def test_a_first_step_for_the_old_date_is_approved_again(room):
    second = person("secretaria", room.space.administrators)
    withdraw_bundle(room.bundle, room.editor)
    room.space.workflow = create_review_workflow("Dos pasos", room.space.reviewers, room.space.administrators)
    room.space.save()
    assign_root(room.space, room.home)
    report = [fresh(room.pages[1])]
    room.bundle = submit_bundle(Bundle(name="Dos pasos", go_live_at=room.planned), report, room.editor)
    decide(room, room.reviewer)

    change_date(room.bundle, room.planned + DAY, room.editor)

    assert not find_waiting_reviews(second).exists()
    decide(room, room.reviewer, second)
    assert room.bundle.status == BundleStatus.DONE
    assert ledger(room.pages[1]) == ["step", "review"]


def test_a_stale_screen_gets_both_versions(room):
    read = tokens(room)
    change_date(room.bundle, room.planned + DAY, room.editor)

    with pytest.raises(ContentChanged, match="cambió"):
        approve_bundle(room.bundle, room.reviewer, read, "")

    assert not Approval.objects.filter(approver=room.reviewer).exists()


def test_after_the_approval_the_date_is_final(room):
    decide(room, room.north_reviewer, room.reviewer)

    with pytest.raises(ReviewRefused, match="ya se aprobó con su fecha"):
        change_date(room.bundle, room.planned + DAY, room.editor)

    room.bundle.refresh_from_db()
    assert (room.bundle.status, room.bundle.go_live_at) == (BundleStatus.DONE, room.planned)
    assert dates(room) == [room.planned, room.planned]
    withdraw_bundle(room.bundle, room.editor)


@pytest.mark.parametrize("wrong", ["past", "same"])
def test_an_invalid_date_changes_nothing(room, wrong):
    read = tokens(room)
    date = timezone.now() - DAY if wrong == "past" else room.planned

    with pytest.raises(ReviewRefused, match="ya pasó" if wrong == "past" else "Esa ya es la fecha"):
        change_date(room.bundle, date, room.editor)

    room.bundle.refresh_from_db()
    assert room.bundle.go_live_at == room.planned
    assert tokens(room) == read


def test_only_the_sender_changes_the_date(client, room):
    for other in (room.reviewer, room.both, room.administrator, room.superuser):
        with pytest.raises(ReviewRefused, match="solo la cambia quien lo envió"):
            change_date(room.bundle, room.planned + DAY, other)
    client.force_login(room.reviewer)

    assert "Cambiar la fecha" not in client.get(room.screen).content.decode()
    room.bundle.refresh_from_db()
    assert room.bundle.go_live_at == room.planned


def test_a_bundle_returned_after_its_date_gets_a_new_date(room, monkeypatch):
    return_bundle(room.bundle, room.reviewer, "Falta la cifra.")
    late = room.planned + DAY
    monkeypatch.setattr(timezone, "now", lambda: late)
    with pytest.raises(ReviewRefused, match="Cambia la fecha"):
        resubmit_bundle(room.bundle, room.editor)

    change_date(room.bundle, late + DAY, room.editor)
    room.bundle.refresh_from_db()
    assert room.bundle.status == BundleStatus.RETURNED
    resubmit_bundle(room.bundle, room.editor)

    assert dates(room) == [late + DAY, late + DAY]
    decide(room, room.north_reviewer, room.reviewer)
    assert room.bundle.status == BundleStatus.DONE


def test_a_parent_is_published_before_its_child_whatever_their_order_in_the_database(room, monkeypatch):
    child, parent = (page.save_revision(user=room.editor).pk for page in room.pages)
    published: list[int] = []
    monkeypatch.setattr(publish_scheduled, "publish_due_revision", lambda pk, title: published.append(pk))

    group = PublishGroup("", [parent, child], check=lambda: None, on_failure=lambda error: None)
    publish_scheduled.publish_group(group)

    assert published == [parent, child]


def test_the_pages_of_a_bundle_are_published_parents_first(room):
    decide(room, room.north_reviewer, room.reviewer)

    (group,) = iter_publish_groups(Revision.objects.values_list("pk", flat=True))

    pages = [Revision.objects.get(pk=pk).content_object for pk in group.revisions]
    assert [page.path for page in pages] == sorted(page.path for page in room.pages)


# --- On screen -----------------------------------------------------------------------------------------


def date_field(date: datetime.datetime) -> str:
    return timezone.localtime(date).strftime("%d/%m/%Y %H:%M")


def test_the_date_is_changed_on_screen_and_shown_to_reviewers(client, room):
    client.force_login(room.editor)
    form = client.get(room.screen).content.decode()
    client.post(room.screen, {"action": "date", "go_live_at": date_field(room.planned + DAY)})
    client.force_login(room.reviewer)

    html = client.get(room.screen).content.decode()

    assert f'value="{date_field(room.planned)}"' in form
    assert "date-time-chooser.js" in form
    assert "Cambió la fecha: " in html
    (entry,) = ModelLogEntry.objects.filter(action="abierto.bundle_date")
    assert (entry.object_id, entry.user) == (str(room.bundle.pk), room.editor)
    assert entry.message in html


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("2020-01-01 10:00", "ya pasó"),
        ("mañana", "No se entiende la fecha"),
        ("31/02/2030 9:00", "No se entiende"),
    ],
)
def test_an_invalid_date_is_shown_beside_the_field(client, room, date, sentence):
    client.force_login(room.editor)

    html = client.post(room.screen, {"action": "date", "go_live_at": date}).content.decode()

    assert sentence in html[html.index('value="date"') :]
    assert f'value="{date}"' in html
    room.bundle.refresh_from_db()
    assert room.bundle.go_live_at == room.planned
    assert not ModelLogEntry.objects.filter(action="abierto.bundle_date").exists()
