"""The first administrators of a real installation, by a command."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from abierto.accounts.models import User
from abierto.approval.review.eligibility import find_approval_refusal
from abierto.approval.roles.confirmation import load_unconfirmed
from abierto.approval.roles.grants import is_state_administrator
from abierto.tenancy.models import Space
from tests.factories import InstitutionFactory

pytestmark = pytest.mark.django_db


def invite(address, name="Ana"):
    output = StringIO()
    call_command("invite_administrator", address, "--name", name, stdout=output)
    return output.getvalue()


def test_two_administrators_of_an_empty_portal(client):
    links = [invite("ana@example.org"), invite("Eva@example.org", "Eva")]

    assert Space.objects.get().kind == "state"
    assert [letter.to[0] for letter in mail.outbox] == ["ana@example.org", "eva@example.org"]
    for output, username in zip(links, ("ana@example.org", "eva@example.org"), strict=True):
        account = User.objects.get(username=username)
        assert is_state_administrator(account)
        assert load_unconfirmed(account) is None
        assert account.groups.filter(reviews_space__kind="state").exists()
        link = output.splitlines()[-1]
        address = client.get(link, follow=True).redirect_chain[-1][0]
        form = {"password1": "otra-clave-larga-9", "password2": "otra-clave-larga-9"}
        assert client.post(address, form)["Location"] == reverse("wagtailadmin_home")
        client.logout()


def test_each_of_the_first_two_may_approve_what_the_other_writes():
    for address in ("ana@example.org", "eva@example.org"):
        invite(address)
    ana, eva = User.objects.order_by("pk")
    institution = InstitutionFactory(live=False)
    revision = institution.save_revision(user=ana)
    institution.get_workflow().start(institution, ana)

    state = revision.content_object.current_workflow_task_state
    assert find_approval_refusal(state, eva) == ""
    assert find_approval_refusal(state, ana) != ""


def test_command_sends_the_invitation_again_until_it_is_used():
    invite("ana@example.org")
    invite("ana@example.org")
    assert len(mail.outbox) == 2

    account = User.objects.get()
    account.set_password("otra-clave-larga-9")
    account.save()

    with pytest.raises(CommandError, match="en uso"):
        invite("ana@example.org")


def test_command_gives_no_role_to_an_account_that_was_invited_to_another():
    account = User.objects.create_user("eva@example.org", "eva@example.org")

    with pytest.raises(CommandError, match="en uso"):
        invite("eva@example.org")

    assert not is_state_administrator(account)


def test_command_refuses_an_address_that_is_none():
    with pytest.raises(CommandError, match="no es un correo"):
        invite("ana")
