"""One person with several accounts of the state level cannot publish without another person."""

import pytest
from allauth.account.signals import password_reset
from django.test import RequestFactory
from django.urls import reverse
from wagtail.log_actions import LogContext

from abierto.approval.errors import NotAllowed, ReviewRefused
from abierto.approval.models import AccountEvent, AccountRecord
from abierto.approval.review.eligibility import may_approve
from abierto.approval.roles.confirmation import confirm_account, find_unconfirmed
from abierto.approval.roles.grant_history import find_key_setters, load_grant_history
from tests.abierto.approval.newsroom import approve, draft_update, fresh, newsroom, person, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return newsroom()


@pytest.fixture
def colleague(room):
    """A second person of the state level."""
    return person("colega", room.space.administrators)


def account_made_by(keeper, username, *groups):
    """Return an account created in the admin: with a password that its creator chose."""
    with LogContext(user=keeper):
        return person(username, *groups)


def chosen_by_its_owner(account):
    """Change the password in the account's own view."""
    password_reset.send(sender=type(account), request=RequestFactory().post("/"), user=account)
    return account


def refusal(state, reviewer):
    with pytest.raises(ReviewRefused) as caught:
        approve(state, reviewer)
    assert not may_approve(state, reviewer)
    return caught.value.sentence


# --- One person with several accounts ------------------------------------------------------------------


def test_two_accounts_made_by_one_administrator_are_one_person(room):
    writer = account_made_by(room.administrator, "letras", room.space.editors)
    reader = account_made_by(room.administrator, "ojos", room.space.reviewers)
    state = submit(draft_update(room), chosen_by_its_owner(writer))

    assert "Otra persona fijó" in refusal(state, reader)
    assert "espera que otra persona" in refusal(state, chosen_by_its_owner(reader))


def test_the_creator_of_an_account_cannot_approve_its_content(room):
    room.administrator.groups.add(room.space.reviewers)
    writer = account_made_by(room.administrator, "letras", room.space.editors)

    assert "Fijaste la contraseña" in refusal(
        submit(draft_update(room), chosen_by_its_owner(writer)), room.administrator
    )


def test_the_creator_of_a_chain_of_accounts_cannot_approve_its_content(room):
    room.administrator.groups.add(room.space.reviewers)
    between = account_made_by(room.administrator, "puente")
    writer = account_made_by(between, "letras", room.space.editors)

    assert find_key_setters({writer.pk}) == {between.pk, room.administrator.pk}
    assert "Fijaste la contraseña" in refusal(submit(draft_update(room), writer), room.administrator)


def test_a_second_account_of_the_same_person_confirms_nothing(room):
    twin = account_made_by(room.administrator, "gemela", room.space.administrators)
    reader = account_made_by(room.administrator, "ojos", room.space.reviewers)

    with pytest.raises(NotAllowed, match="Cámbiala"):
        confirm_account(reader, twin)
    with pytest.raises(NotAllowed, match="espera que otra"):
        confirm_account(reader, chosen_by_its_owner(twin))


def test_a_second_superuser_of_the_same_person_confirms_nothing(room):
    with LogContext(user=room.superuser):
        twin = person("raiz2", is_superuser=True)
    reader = account_made_by(room.superuser, "ojos", room.space.reviewers)

    with pytest.raises(NotAllowed, match="espera que otra"):
        confirm_account(reader, chosen_by_its_owner(twin))


@pytest.mark.parametrize("key", ["password", "email"])
def test_credentials_set_later_by_another_need_a_new_confirmation(room, colleague, key):
    with LogContext(user=room.administrator):
        setattr(room.reviewer, key, "otra@example.org")
        room.reviewer.save()
    state = submit(draft_update(room), room.editor)
    assert "Otra persona fijó" in refusal(state, room.reviewer)

    chosen_by_its_owner(room.reviewer)
    confirm_account(room.reviewer, room.administrator)
    assert "espera que otra persona" in refusal(state, room.reviewer)
    confirm_account(room.reviewer, colleague)

    approve(state, room.reviewer)
    assert not list(find_unconfirmed())


def test_changing_her_own_address_does_not_confirm_an_account(room):
    twin = account_made_by(room.administrator, "gemela", room.space.administrators)

    with LogContext(user=twin):
        twin.email = "mia@example.org"
        twin.save()

    assert load_grant_history(twin).key_holder == room.administrator.pk


# --- Two people ----------------------------------------------------------------------------------------


def test_a_role_counts_after_two_people_granted_it(room, colleague):
    reader = account_made_by(room.administrator, "ojos", room.space.reviewers)
    chosen_by_its_owner(reader)
    assert [unconfirmed.account for unconfirmed in find_unconfirmed()] == [reader]

    confirm_account(reader, colleague)

    update = draft_update(room)
    approve(submit(update, room.editor), reader)
    assert fresh(update).live
    rows = AccountRecord.objects.filter(account_number=reader.pk, event=AccountEvent.GRANTED)
    assert {row.by_number for row in rows} == {room.administrator.pk, colleague.pk}


@pytest.mark.parametrize("who", ["administrator", "colleague"])
def test_her_grantors_content_is_not_approved_by_her(room, colleague, who):
    reader = chosen_by_its_owner(account_made_by(room.administrator, "ojos", room.space.reviewers))
    confirm_account(reader, colleague)
    author = {"administrator": room.administrator, "colleague": colleague}[who]

    assert "te dio el papel" in refusal(submit(draft_update(room), author), reader)


def test_the_grantor_cannot_confirm(room, colleague):
    reader = account_made_by(room.administrator, "ojos", room.space.reviewers)

    with pytest.raises(NotAllowed, match="Falta otra persona"):
        confirm_account(reader, room.administrator)
    with pytest.raises(NotAllowed, match="sí misma"):
        confirm_account(reader, reader)
    with pytest.raises(NotAllowed, match="estatal"):
        confirm_account(reader, room.reviewer)
    confirm_account(reader, colleague)
    with pytest.raises(NotAllowed, match="ya no espera"):
        confirm_account(reader, colleague)


def test_a_role_granted_by_command_needs_no_confirmation(room):
    assert load_grant_history(room.reviewer).is_attested
    assert not list(find_unconfirmed())


# --- On screen -----------------------------------------------------------------------------------------


def test_the_second_person_confirms_on_screen(room, colleague, client):
    reader = account_made_by(room.administrator, "ojos", room.space.reviewers)
    client.force_login(colleague)

    shown = client.get(reverse("approval_roles")).content.decode()
    answer = client.post(reverse("approval_roles"), {"account": reader.pk}, follow=True)

    assert "ojos" in shown
    assert room.administrator.public_name in shown
    assert "Nadie espera confirmación" in answer.content.decode()
    assert load_grant_history(reader).is_attested


def test_the_notification_of_a_grant_names_the_missing_confirmation(room, client):
    account_made_by(room.administrator, "ojos", room.space.reviewers)
    client.force_login(room.administrator)

    assert "Falta otra persona" in client.get(reverse("approval_roles")).content.decode()


def test_only_the_state_level_sees_the_unconfirmed_accounts(room, client):
    client.force_login(room.reviewer)

    assert client.get(reverse("approval_roles")).headers["Location"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize("sent", ["", "x", "9" * 30, "-1"])
def test_invalid_input_confirms_no_user(room, client, sent):
    client.force_login(room.administrator)

    assert client.post(reverse("approval_roles"), {"account": sent}).status_code == 404
