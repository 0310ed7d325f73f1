"""An absent reviewer's place: for a time, by her word or an administrator's, and never the author's."""

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
from abierto.approval.notifications import email_addresses
from abierto.approval.roles.grant_history import record_account_event
from abierto.dashboard.queries import find_waiting_reviews
from abierto.delegation.models import Delegation
from abierto.delegation.services import end_delegation, grant_delegation
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from tests.abierto.approval.newsroom import approve, draft_update, fresh, ledger, newsroom, person, submit
from tests.kept_rows import built_once
from tests.pages.history.story import history
from tests.second_factor import password_only

pytestmark = pytest.mark.django_db


@built_once
def staffed():
    """Open a newsroom with a second editor, and an institution with people of its own."""
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


def test_in_that_time_the_deputy_finds_it_and_approves_it(client, room):
    state = submit(draft_update(room), room.north_editor)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_reviewer)
    client.force_login(room.north_clerk)

    assert list(find_waiting_reviews(room.north_clerk)) == [state]
    assert client.get(reverse("approval:review", args=[state.pk])).status_code == 200
    approve(state, room.north_clerk)

    assert ledger(state.revision.content_object) == ["review"]


def test_the_public_reads_in_whose_place_it_was_approved(client, room):
    for account, post in ((room.north_reviewer, "Titular"), (room.north_clerk, "Auxiliar")):
        account.post = post
        account.save()
    update = draft_update(room)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_boss)
    approve(submit(update, room.north_editor), room.north_clerk)

    people = [(who.role, who.name) for who in history(client, update)[0].people]

    assert people[-2:] == [("Lo aprobó", "Auxiliar"), ("En lugar de", "Titular")]
    assert list(StandIn.objects.values_list("absent", flat=True)) == [room.north_reviewer.pk]


def test_an_earlier_step_was_taken_in_the_place_of_the_user_who_was_absent_then(client, room):
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


def test_the_user_who_reviews_there_herself_decides_in_nobodys_place(room):
    update = draft_update(room)
    room.north_clerk.groups.add(room.north.reviewers)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_boss)
    approve(submit(update, room.north_editor), room.north_clerk)

    assert not StandIn.objects.exists()


def test_in_whose_place_is_never_unsaid(room):
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


def test_deciding_for_a_user_needs_a_second_factor_as_long_as_it_lasts(client, room):
    assert not needs_second_factor(fresh(room.north_clerk))

    row = grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_reviewer)
    assert needs_second_factor(fresh(room.north_clerk))
    password_only(client, fresh(room.north_clerk))
    assert client.get(reverse("dashboard:queue")).status_code == 302

    end_delegation(row, room.north_reviewer)
    assert not needs_second_factor(fresh(room.north_clerk))


@pytest.mark.parametrize("start", [3, -9])
def test_before_and_after_it_is_worth_nothing(room, start):
    update = draft_update(room)
    state = submit(update, room.north_editor)
    row = delegation(room.north_reviewer, room.north_clerk, start=start, granted_by=room.north_reviewer)
    row.save()

    assert not find_waiting_reviews(room.north_clerk).exists()
    with pytest.raises(ReviewRefused):
        approve(state, room.north_clerk)
    assert not fresh(update).live


def test_ended_is_ended(room):
    state = submit(draft_update(room), room.north_editor)
    row = grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_reviewer)

    end_delegation(row, room.north_reviewer)

    with pytest.raises(ReviewRefused):
        approve(state, room.north_clerk)
    row.refresh_from_db()
    assert (row.ended_by, row.state_label) == (room.north_reviewer, "Terminada")
    with pytest.raises(NotAllowed):
        end_delegation(row, room.north_reviewer)


def test_the_deputy_never_approves_what_she_wrote(room):
    update = draft_update(room)
    update.owner = room.north_clerk
    state = submit(update, room.north_clerk)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_reviewer)

    with pytest.raises(ReviewRefused, match="otra persona"):
        approve(state, room.north_clerk)
    assert not fresh(update).live


@pytest.mark.parametrize("author", ["north_reviewer", "north_boss"])
def test_nor_what_the_absent_or_the_user_who_chose_her_wrote(room, author):
    writer = getattr(room, author)
    update = draft_update(room)
    update.owner = writer
    state = submit(update, writer)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_boss)

    with pytest.raises(ReviewRefused, match="otra persona"):
        approve(state, room.north_clerk)
    assert ledger(update) == []


def test_nor_what_a_user_wrote_who_could_sign_in_as_the_absent(room):
    update = draft_update(room)
    update.owner = room.north_editor
    state = submit(update, room.north_editor)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_reviewer)
    record_account_event(AccountEvent.KEY, room.north_reviewer, room.north_editor)

    with pytest.raises(ReviewRefused, match="otra persona"):
        approve(state, room.north_clerk)
    assert ledger(update) == []


def test_who_stops_reviewing_leaves_no_deputy(room):
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
def test_who_may_grant_what_to_whom(room, absent, deputy, by, allowed):
    row = delegation(getattr(room, absent), getattr(room, deputy))

    if allowed:
        grant_delegation(row, getattr(room, by))
    else:
        with pytest.raises(NotAllowed):
            grant_delegation(row, getattr(room, by))
    assert Delegation.objects.exists() is allowed


def test_a_role_that_waits_for_a_second_persons_word_is_not_delegated(room):
    with LogContext(user=room.superuser):
        waiting = person("en-espera", room.north.reviewers)

    for by in (waiting, room.north_boss):
        with pytest.raises(NotAllowed):
            grant_delegation(delegation(waiting, room.north_clerk), by)
    assert not Delegation.objects.exists()


@pytest.mark.parametrize(("start", "days"), [(0, -1), (-5, 2), (0, 91)])
def test_dates_that_cannot_be_are_refused(room, start, days):
    with pytest.raises(ValidationError):
        grant_delegation(
            delegation(room.north_reviewer, room.north_clerk, days=days, start=start), room.north_reviewer
        )

    assert not Delegation.objects.exists()


def test_all_users_concerned_are_notified(room, django_capture_on_commit_callbacks):
    for one in (room.north_boss, room.north_clerk, room.administrator):
        one.email = f"{one.username}@ejemplo.mx"
        one.save()
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_reviewer)

    told = {letter.to[0] for letter in mail.outbox}
    assert {f"{name}@ejemplo.mx" for name in ("norte-jefa", "norte-auxiliar", "administradora")} <= told
    assert "Vacaciones" in mail.outbox[0].body


def test_from_the_screen(client, room):
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


def test_the_screen_offers_nothing_to_the_user_who_has_nothing_to_delegate(client, room):
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
def test_it_rests_while_one_of_its_three_accounts_is_closed(room, who):
    state = submit(draft_update(room), room.north_editor)
    grant_delegation(delegation(room.north_reviewer, room.north_clerk), room.north_boss)
    assert list(find_waiting_reviews(room.north_clerk)) == [state]

    User.objects.filter(pk=getattr(room, who).pk).update(is_active=False)

    assert list(find_waiting_reviews(fresh_account(room.north_clerk))) == []
    with pytest.raises(ReviewRefused):
        approve(state, fresh_account(room.north_clerk))


def fresh_account(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_no_user_writes_to_a_closed_account(room):
    User.objects.filter(pk=room.north_clerk.pk).update(is_active=False, email="cerrada@example.org")
    User.objects.filter(pk=room.north_boss.pk).update(email="jefa@example.org")
    people = [fresh_account(room.north_clerk), fresh_account(room.north_boss)]
    assert email_addresses(people) == ("jefa@example.org",)
