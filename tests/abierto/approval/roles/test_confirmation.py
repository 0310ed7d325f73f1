"""One person of the state's level, with as many accounts as she likes, publishes nothing alone."""

import pytest
from allauth.account.signals import password_reset
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
    """A second person of the state's level."""
    return person("colega", room.space.administrators)


def account_made_by(keeper, username, *groups):
    """Return an account as somebody makes it at the admin: with a password that she chose."""
    with LogContext(user=keeper):
        return person(username, *groups)


def chosen_by_its_owner(account):
    """Change the password as the account's own screen does."""
    password_reset.send(sender=type(account), request=None, user=account)
    return account


def refusal(state, reviewer):
    with pytest.raises(ReviewRefused) as caught:
        approve(state, reviewer)
    assert not may_approve(state, reviewer)
    return caught.value.sentence


# --- One person with several accounts ------------------------------------------------------------------


def test_two_accounts_that_one_keeper_made_are_not_two_people(room):
    writer = account_made_by(room.administrator, "letras", room.space.editors)
    reader = account_made_by(room.administrator, "ojos", room.space.reviewers)
    state = submit(draft_update(room), chosen_by_its_owner(writer))

    assert "Otra persona fijó" in refusal(state, reader)
    assert "espera que otra persona" in refusal(state, chosen_by_its_owner(reader))


def test_the_keeper_herself_does_not_approve_what_an_account_of_hers_wrote(room):
    room.administrator.groups.add(room.space.reviewers)
    writer = account_made_by(room.administrator, "letras", room.space.editors)

    assert "Fijaste la contraseña" in refusal(
        submit(draft_update(room), chosen_by_its_owner(writer)), room.administrator
    )


def test_nor_what_an_account_made_with_an_account_of_hers_wrote(room):
    room.administrator.groups.add(room.space.reviewers)
    between = account_made_by(room.administrator, "puente")
    writer = account_made_by(between, "letras", room.space.editors)

    assert find_key_setters({writer.pk}) == {between.pk, room.administrator.pk}
    assert "Fijaste la contraseña" in refusal(submit(draft_update(room), writer), room.administrator)


def test_a_second_account_of_the_state_confirms_nothing(room):
    twin = account_made_by(room.administrator, "gemela", room.space.administrators)
    reader = account_made_by(room.administrator, "ojos", room.space.reviewers)

    with pytest.raises(NotAllowed, match="Cámbiala"):
        confirm_account(reader, twin)
    with pytest.raises(NotAllowed, match="espera que otra"):
        confirm_account(reader, chosen_by_its_owner(twin))


def test_nor_does_a_second_superuser(room):
    with LogContext(user=room.superuser):
        twin = person("raiz2", is_superuser=True)
    reader = account_made_by(room.superuser, "ojos", room.space.reviewers)

    with pytest.raises(NotAllowed, match="espera que otra"):
        confirm_account(reader, chosen_by_its_owner(twin))


@pytest.mark.parametrize("key", ["password", "email"])
def test_keys_set_later_by_another_ask_for_both_again(room, colleague, key):
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


def test_her_own_address_takes_no_account_out_of_anothers_hands(room):
    twin = account_made_by(room.administrator, "gemela", room.space.administrators)

    with LogContext(user=twin):
        twin.email = "mia@example.org"
        twin.save()

    assert load_grant_history(twin).key_holder == room.administrator.pk


# --- Two people ----------------------------------------------------------------------------------------


def test_a_role_counts_once_two_people_gave_it(room, colleague):
    reader = account_made_by(room.administrator, "ojos", room.space.reviewers)
    chosen_by_its_owner(reader)
    assert [one.account for one in find_unconfirmed()] == [reader]

    confirm_account(reader, colleague)

    update = draft_update(room)
    approve(submit(update, room.editor), reader)
    assert fresh(update).live
    rows = AccountRecord.objects.filter(account_number=reader.pk, event=AccountEvent.GRANTED)
    assert {row.by_number for row in rows} == {room.administrator.pk, colleague.pk}


@pytest.mark.parametrize("who", ["administrator", "colleague"])
def test_neither_of_the_two_is_approved_by_her(room, colleague, who):
    reader = chosen_by_its_owner(account_made_by(room.administrator, "ojos", room.space.reviewers))
    confirm_account(reader, colleague)
    author = {"administrator": room.administrator, "colleague": colleague}[who]

    assert "te dio el papel" in refusal(submit(draft_update(room), author), reader)


def test_who_gave_it_does_not_confirm_it_too(room, colleague):
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


def test_what_a_command_gave_waits_for_no_user(room):
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


def test_who_gave_it_is_notified_whom_it_lacks(room, client):
    account_made_by(room.administrator, "ojos", room.space.reviewers)
    client.force_login(room.administrator)

    assert "Falta otra persona" in client.get(reverse("approval_roles")).content.decode()


def test_below_the_state_no_user_sees_it(room, client):
    client.force_login(room.reviewer)

    assert client.get(reverse("approval_roles")).headers["Location"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize("sent", ["", "x", "9" * 30, "-1"])
def test_nonsense_confirms_no_user(room, client, sent):
    client.force_login(room.administrator)

    assert client.post(reverse("approval_roles"), {"account": sent}).status_code == 404
