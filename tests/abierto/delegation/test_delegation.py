"""Delegation of reviews: for a limited time, by the reviewer or an administrator, never to an author."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext

from abierto.accounts.models import User
from abierto.accounts.second_factor import needs_second_factor
from abierto.approval.errors import NotAllowed, ReviewRefused
from abierto.approval.models import AccountEvent, StandIn
from abierto.approval.models.task import create_review_workflow
from abierto.approval.notifications import find_readers
from abierto.approval.roles.grant_history import record_account_event
from abierto.dashboard.queries import find_waiting_reviews
from abierto.delegation.models import Delegation
from abierto.delegation.services import end_delegation, grant_delegation
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from tests.abierto.approval.newsroom import approve, draft_update, fresh, ledger, newsroom, person, submit
from tests.pages.history.scenario import history
from tests.second_factor import password_only
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@built_once
def staffed():
    """Open a newsroom with a second editor, and an institution with its own users."""
    room = newsroom()
    room.other = person("colega", room.space.editors)
    groups = get_or_create_groups("Norte")
    room.north = create_space(
        SpaceKind.INSTITUTION, "Norte", "norte", create_review_workflow("Norte", groups.reviewers)
    )
    assign_root(room.north, room.commitment)
    room.north_editor = person("norte-edita", groups.editors)
    room.north_reviewer = person("norte-revisa", groups.reviewers)
    room.north_boss = person("norte-jefa", groups.administrators)
    room.north_clerk = person("norte-auxiliar", groups.editors)
    return room


@pytest.fixture
def room():
    return staffed()


def delegation(absent, deputy, days: int = 5, start: int = 0, **fields) -> Delegation:
    today = timezone.localdate()
    return Delegation(
        absent=absent,
        deputy=deputy,
        starts=today + datetime.timedelta(days=start),
        ends=today + datetime.timedelta(days=start + days),
        reason="Vacaciones",
        **fields,
    )


def test_the_deputy_sees_and_approves_during_the_delegation(client, room):
    state = submit(draft_update(room), room.north_editor)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_reviewer)
    client.force_login(room.north_clerk)

    assert list(find_waiting_reviews(room.north_clerk)) == [state]
    assert client.get(reverse("approval:review", args=[state.pk])).status_code == 200
    approve(state, room.north_clerk)

    assert ledger(state.revision.content_object) == ["review"]


def test_the_public_trace_names_the_absent_reviewer(client, room):
    for account, post in ((room.north_reviewer, "Titular"), (room.north_clerk, "Auxiliar")):
        account.post = post
        account.save()
    update = draft_update(room)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_boss)
    approve(submit(update, room.north_editor), room.north_clerk)

    people = [(who.role, who.name) for who in history(client, update)[0].people]

    assert people[-2:] == [("Lo aprobó", "Auxiliar"), ("En lugar de", "Titular")]
    assert list(StandIn.objects.values_list("absent", flat=True)) == [room.north_reviewer.pk]


def test_an_earlier_step_records_its_own_absent_reviewer(client, room):
    second = Group.objects.create(name="Segundo paso")
    last = person("segunda", second, post="Secretaría técnica")
    room.north.workflow = create_review_workflow(room.north.workflow.name, room.north.reviewers, second)
    for account, post in ((room.north_reviewer, "Titular"), (room.north_clerk, "Auxiliar")):
        account.post = post
        account.save()
    update = draft_update(room)
    given = grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_boss)
    approve(submit(update, room.north_editor), room.north_clerk)
    end_delegation(given, room.north_boss)
    approve(fresh(update).current_workflow_task_state, last)

    people = [(who.role, who.name) for who in history(client, update)[0].people]

    assert people[1:] == [
        ("Lo aprobó antes", "Auxiliar"),
        ("En lugar de", "Titular"),
        ("Lo aprobó", "Secretaría técnica"),
    ]
    assert StandIn.objects.get().approval.kind == "step"


def test_a_reviewer_of_the_space_decides_in_her_own_name(room):
    update = draft_update(room)
    room.north_clerk.groups.add(room.north.reviewers)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_boss)
    approve(submit(update, room.north_editor), room.north_clerk)

    assert not StandIn.objects.exists()


def test_the_record_of_the_absent_reviewer_cannot_be_changed(room):
    update = draft_update(room)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_boss)
    approve(submit(update, room.north_editor), room.north_clerk)
    row = StandIn.objects.get()

    for unsay in (
        row.delete,
        row.save,
        StandIn.objects.all().delete,
        lambda: StandIn.objects.update(absent=1),
    ):
        with pytest.raises(PermissionDenied):
            unsay()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM approval_standin")


def test_a_deputy_needs_a_second_factor_during_the_delegation(client, room):
    assert not needs_second_factor(fresh(room.north_clerk))

    row = grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_reviewer)
    assert needs_second_factor(fresh(room.north_clerk))
    password_only(client, fresh(room.north_clerk))
    assert client.get(reverse("dashboard:queue")).status_code == 302

    end_delegation(row, room.north_reviewer)
    assert not needs_second_factor(fresh(room.north_clerk))


@pytest.mark.parametrize("start", [3, -9])
def test_a_delegation_has_no_effect_outside_its_dates(room, start):
    update = draft_update(room)
    state = submit(update, room.north_editor)
    row = delegation(room.north_reviewer, room.north_clerk, start=start, granted_by=room.north_reviewer)
    row.save()

    assert not find_waiting_reviews(room.north_clerk).exists()
    with pytest.raises(ReviewRefused):
        approve(state, room.north_clerk)
    assert not fresh(update).live


def test_an_ended_delegation_has_no_effect(room):
    state = submit(draft_update(room), room.north_editor)
    row = grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_reviewer)

    end_delegation(row, room.north_reviewer)

    with pytest.raises(ReviewRefused):
        approve(state, room.north_clerk)
    row.refresh_from_db()
    assert (row.ended_by, row.state_label) == (room.north_reviewer, "Terminada")
    with pytest.raises(NotAllowed):
        end_delegation(row, room.north_reviewer)


def test_a_deputy_cannot_approve_her_own_content(room):
    update = draft_update(room)
    update.owner = room.north_clerk
    state = submit(update, room.north_clerk)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_reviewer)

    with pytest.raises(ReviewRefused, match="otra persona"):
        approve(state, room.north_clerk)
    assert not fresh(update).live


@pytest.mark.parametrize("author", ["north_reviewer", "north_boss"])
def test_a_deputy_cannot_approve_content_of_absent_or_grantor(room, author):
    writer = getattr(room, author)
    update = draft_update(room)
    update.owner = writer
    state = submit(update, writer)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_boss)

    with pytest.raises(ReviewRefused, match="otra persona"):
        approve(state, room.north_clerk)
    assert ledger(update) == []


def test_a_deputy_cannot_approve_content_of_a_key_setter_of_the_absent(room):
    update = draft_update(room)
    update.owner = room.north_editor
    state = submit(update, room.north_editor)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_reviewer)
    record_account_event(AccountEvent.KEY, room.north_reviewer, room.north_editor)

    with pytest.raises(ReviewRefused, match="otra persona"):
        approve(state, room.north_clerk)
    assert ledger(update) == []


def test_a_delegation_ends_with_the_reviewers_role(room):
    state = submit(draft_update(room), room.north_editor)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_reviewer)
    room.north_reviewer.groups.clear()

    with pytest.raises(ReviewRefused):
        approve(state, room.north_clerk)


@pytest.mark.parametrize(
    ("absent", "deputy", "by", "allowed"),
    [
        ("north_reviewer", "north_clerk", "north_reviewer", True),
        ("north_reviewer", "north_clerk", "north_boss", True),
        ("north_reviewer", "north_clerk", "administrator", True),
        ("north_reviewer", "other", "north_reviewer", True),
        ("north_reviewer", "north_boss", "north_boss", False),
        ("north_reviewer", "north_clerk", "north_clerk", False),
        ("north_reviewer", "north_clerk", "north_editor", False),
        ("reviewer", "north_clerk", "reviewer", False),
        ("reviewer", "other", "north_boss", False),
        ("north_editor", "north_clerk", "north_boss", False),
    ],
)
def test_permitted_grants(room, absent, deputy, by, allowed):
    row = delegation(getattr(room, absent), getattr(room, deputy))

    if allowed:
        grant_delegation(row, getattr(room, by))
    else:
        with pytest.raises(NotAllowed):
            grant_delegation(row, getattr(room, by))
    assert Delegation.objects.exists() is allowed


def test_an_unconfirmed_role_is_not_delegated(room):
    with LogContext(user=room.superuser):
        waiting = person("en-espera", room.north.reviewers)

    for by in (waiting, room.north_boss):
        with pytest.raises(NotAllowed):
            grant_delegation(delegation(waiting, room.north_clerk), by)
    assert not Delegation.objects.exists()


@pytest.mark.parametrize(("start", "days"), [(0, -1), (-5, 2), (0, 91)])
def test_invalid_dates_are_refused(room, start, days):
    with pytest.raises(ValidationError):
        grant_delegation(
            delegation(room.north_reviewer, room.north_clerk, days=days, start=start), room.north_reviewer
        )

    assert not Delegation.objects.exists()


def test_all_users_concerned_are_notified(room, django_capture_on_commit_callbacks):
    for user in (room.north_boss, room.north_clerk, room.administrator):
        user.email = f"{user.username}@ejemplo.mx"
        user.save()
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_reviewer)

    recipients = {letter.to[0] for letter in mail.outbox}
    assert {f"{name}@ejemplo.mx" for name in ("norte-jefa", "norte-auxiliar", "administradora")} <= recipients
    assert "Vacaciones" in mail.outbox[0].body
    assert all(letter.body.endswith(reverse("delegation:list")) for letter in mail.outbox)


def test_a_delegation_is_granted_and_ended_on_screen(client, room):
    client.force_login(room.north_reviewer)
    day = timezone.localdate()
    data = {
        "absent": room.north_reviewer.pk,
        "deputy": room.north_clerk.pk,
        "starts": day.isoformat(),
        "ends": day.isoformat(),
        "reason": "Vacaciones",
    }

    form = client.get(reverse("delegation:create")).content.decode()
    response = client.post(reverse("delegation:create"), data, follow=True)

    assert "norte-auxiliar" in form
    assert room.reviewer.username in form  # of the state's team
    assert "Vigente" in response.content.decode()
    row = Delegation.objects.get()
    response = client.post(reverse("delegation:end", args=[row.pk]), follow=True)
    assert "Terminada" in response.content.decode()


def test_a_user_without_roles_cannot_delegate_on_screen(client, room):
    grant_delegation(delegation(room.reviewer, room.other), room.reviewer)
    client.force_login(room.north_editor)
    data = {"absent": room.reviewer.pk, "deputy": room.north_clerk.pk, "reason": "x"}

    response = client.post(reverse("delegation:create"), data)
    listing = client.get(reverse("delegation:list")).content.decode()

    assert response.status_code == 200
    assert Delegation.objects.count() == 1
    assert room.other.public_name not in listing
    assert reverse("delegation:create") not in listing
    ending = client.post(reverse("delegation:end", args=[Delegation.objects.get().pk]))
    assert ending.status_code == 404
    assert Delegation.objects.get().ended_at is None


@pytest.mark.parametrize("who", ["north_reviewer", "north_clerk", "north_boss"])
def test_a_delegation_is_suspended_while_an_account_is_inactive(room, who):
    state = submit(draft_update(room), room.north_editor)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_boss)
    assert list(find_waiting_reviews(room.north_clerk)) == [state]

    User.objects.filter(pk=getattr(room, who).pk).update(is_active=False)

    assert list(find_waiting_reviews(fresh_account(room.north_clerk))) == []
    with pytest.raises(ReviewRefused):
        approve(state, fresh_account(room.north_clerk))


@pytest.mark.parametrize("who", ["north_reviewer", "north_clerk", "north_boss"])
def test_a_delegation_ends_for_good_when_an_account_that_it_names_is_closed(room, who):
    submit(draft_update(room), room.north_editor)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_boss)
    account = getattr(room, who)

    for is_active in (False, True):
        account.is_active = is_active
        account.save()

    assert list(find_waiting_reviews(fresh_account(room.north_clerk))) == []
    assert Delegation.objects.get().state_label == "Terminada"


def fresh_account(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_inactive_accounts_get_no_email(room):
    User.objects.filter(pk=room.north_clerk.pk).update(is_active=False, email="cerrada@example.org")
    User.objects.filter(pk=room.north_boss.pk).update(email="jefa@example.org")
    people = [fresh_account(room.north_clerk), fresh_account(room.north_boss)]
    assert [reader.person.email for reader in find_readers(people)] == ["jefa@example.org"]
