"""Grants of reviewing roles, and records of models without drafts."""

from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import LogContext
from wagtail.models import Site

from abierto.approval.errors import NotAllowed, ReviewRefused
from abierto.approval.mixins import FourEyesMixin
from abierto.approval.models import AccountEvent, AccountRecord, Approval, ApprovalKind
from abierto.approval.overrides.direct_changes import check_direct_change, is_published_on_save
from abierto.approval.review.eligibility import may_approve
from abierto.approval.roles.grants import check_grant, is_state_administrator, reviewer_groups
from abierto.tenancy.models import SpaceOwned
from tests.abierto.approval.newsroom import approve, draft_update, newsroom, person, submit
from tests.abierto.tenancy import worlds
from tests.security.newsdesk import town_hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return newsroom()


def test_the_state_level_grants_reviewing(room):
    new = person("nueva")

    with LogContext(user=room.administrator):
        new.groups.add(room.space.reviewers)

    row = AccountRecord.objects.first()
    assert (row.event, row.account_number, row.by_number) == (
        AccountEvent.GRANTED,
        new.pk,
        room.administrator.pk,
    )
    assert row.group_name == room.space.reviewers.name


@pytest.mark.parametrize("who", ["administrator", "superuser"])
def test_a_user_cannot_grant_herself_reviewing(room, who):
    user = getattr(room, who)

    with LogContext(user=user), pytest.raises(NotAllowed, match="sí misma"), transaction.atomic():
        user.groups.add(room.space.reviewers)
    with LogContext(user=user), pytest.raises(NotAllowed, match="sí misma"), transaction.atomic():
        room.space.reviewers.user_set.add(user)

    assert room.space.reviewers not in user.groups.all()


def test_only_the_state_level_grants_reviewing(room):
    mayor = person("presidencia", town_hall().administrators)

    with LogContext(user=mayor), pytest.raises(NotAllowed, match="estatal"), transaction.atomic():
        person("amiga").groups.add(town_hall().reviewers)


def test_other_roles_need_no_state_level(room):
    with LogContext(user=room.administrator):
        person("otra").groups.add(room.space.editors)

    assert not AccountRecord.objects.filter(group_number=room.space.editors.pk).exists()


def test_a_grant_is_reported_to_the_state_team(room, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), LogContext(user=room.administrator):
        person("nueva").groups.add(room.space.reviewers)

    recipients = {address for letter in mail.outbox for address in letter.to}
    assert room.administrator.email not in recipients or not room.administrator.email
    assert all("decide" in letter.subject for letter in mail.outbox)


def test_the_email_about_a_role_has_a_link_that_its_reader_may_open(
    client, room, django_capture_on_commit_callbacks
):
    boss = person("jefa", room.space.administrators, email="jefa@example.org")
    account = person("nueva", email="nueva@example.org")
    with django_capture_on_commit_callbacks(execute=True), LogContext(user=room.administrator):
        account.groups.add(room.space.reviewers)

    links = {letter.to[0]: urlsplit(letter.body.splitlines()[-1]).path for letter in mail.outbox}
    assert links["jefa@example.org"] == reverse("approval_roles")
    assert links["nueva@example.org"] == reverse("wagtailadmin_home")
    for user in (boss, account):
        client.force_login(user)
        assert client.get(links[user.email]).status_code == 200


def test_an_author_is_not_approved_by_a_reviewer_she_granted(room):
    new = person("nueva")
    with LogContext(user=room.administrator):
        new.groups.add(room.space.reviewers)
    state = submit(draft_update(room), room.administrator)

    assert not may_approve(state, new)
    with pytest.raises(ReviewRefused, match="te dio el papel"):
        approve(state, new)


def test_a_reviewer_whose_password_the_author_set_cannot_approve(room):
    with LogContext(user=room.administrator):
        room.reviewer.set_password("la-que-sabe-otra-1")
        room.reviewer.save()
    state = submit(draft_update(room), room.administrator)

    assert not may_approve(state, room.reviewer)
    with pytest.raises(ReviewRefused, match="tu contraseña"):
        approve(state, room.reviewer)


def test_commands_grant_roles_on_record(room):
    row = AccountRecord.objects.filter(account_number=room.reviewer.pk).get()

    assert (row.event, row.by_number, row.by_name) == (AccountEvent.GRANTED, None, "")
    with pytest.raises(PermissionDenied):
        row.delete()
    with pytest.raises(PermissionDenied):
        AccountRecord.objects.update(by_name="otra")


def test_the_deciding_groups_are_reviewers_and_state_administrators(room):
    assert list(reviewer_groups()) == [room.space.reviewers]
    assert [is_state_administrator(user) for user in (room.administrator, room.superuser, room.reviewer)] == [
        True,
        True,
        False,
    ]
    check_grant({room.editor.pk}, [], room.editor)


# --- Models without drafts -----------------------------------------------------------------------------


def test_only_redirects_and_sites_have_no_drafts():
    ours = [model for model in apps.get_models() if issubclass(model, SpaceOwned)]

    assert is_published_on_save(Redirect())
    assert is_published_on_save(Site())
    assert len(ours) >= 7
    assert all(issubclass(model, FourEyesMixin) and not is_published_on_save(model()) for model in ours)


def test_the_state_team_changes_it_on_record(room, django_capture_on_commit_callbacks):
    room.reviewer.email = "revisora@example.org"
    room.reviewer.save()

    with django_capture_on_commit_callbacks(execute=True), LogContext(user=room.administrator):
        row = Redirect.objects.create(old_path="/vieja", redirect_link="https://example.org/")
    row_in_ledger = Approval.latest(row)

    assert (row_in_ledger.kind, row_in_ledger.approver) == (ApprovalKind.DIRECT, room.administrator)
    assert [letter.to for letter in mail.outbox] == [["revisora@example.org"]]
    assert "/vieja" in mail.outbox[0].subject


def test_its_deletion_is_recorded(room):
    row = Redirect.objects.create(old_path="/vieja", redirect_link="https://example.org/")
    number = row.pk

    with LogContext(user=room.administrator):
        row.delete()

    assert Approval.objects.filter(object_id=str(number), kind=ApprovalKind.DIRECT).count() == 1


def test_other_users_cannot_change_it():
    mayor = worlds.member("presidencia", town_hall().administrators)

    with LogContext(user=mayor), pytest.raises(NotAllowed, match="estatal"), transaction.atomic():
        Redirect.objects.create(old_path="/vieja", redirect_link="https://example.org/")
    with pytest.raises(NotAllowed):
        check_direct_change(Site(hostname="otro.example.org"), mayor)
