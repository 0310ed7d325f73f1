"""Invitations by a link for one use."""

import pytest
from django.core import mail
from django.urls import reverse

from abierto.accounts.invitations import NotInvitable, build_invitation_url, send_invitation
from abierto.accounts.models import User
from tests.abierto.tenancy import worlds

pytestmark = pytest.mark.django_db

HOME = reverse("wagtailadmin_home")
PASSWORD = "otra-clave-larga-9"
EXPIRED = "Ese enlace ya se usó o venció."


@pytest.fixture
def invited(world):
    account = User(username="nueva", email="nueva@example.org", first_name="Ana")
    account.set_unusable_password()
    account.save()
    account.groups.add(world.north.editors)
    return account


def create(client, **changed):
    form = {"username": "nueva", "email": "nueva@example.org", "first_name": "Ana", **changed}
    return client.post(reverse("wagtailusers_users:add"), form)


def choose_password(client, link):
    address = client.get(link, follow=True).redirect_chain[-1][0]
    return client.post(address, {"password1": PASSWORD, "password2": PASSWORD})


def link_in(letter):
    return next(line for line in letter.body.splitlines() if "/contrasena/nueva/" in line).strip()


def test_new_account_has_no_password_and_gets_an_email(administrator, world):
    form = administrator.get(reverse("wagtailusers_users:add")).content.decode()
    assert "password1" not in form

    create(administrator, password1=PASSWORD, password2=PASSWORD, groups=[world.north.editors.pk])

    assert not User.objects.get(username="nueva").has_usable_password()
    (letter,) = [letter for letter in mail.outbox if letter.to == ["nueva@example.org"]]
    assert "una sola vez" in letter.body
    assert "Edición: Norte" in letter.body
    assert "usuario nueva" in letter.body
    assert reverse("account_login") in letter.body


def test_account_is_not_created_without_its_email(administrator, monkeypatch):
    def fail(*args):
        raise OSError("no mail server")

    monkeypatch.setattr("abierto.accounts.admin.views.send_invitation", fail)

    with pytest.raises(OSError, match="no mail server"):
        create(administrator)

    assert not User.objects.filter(username="nueva").exists()


def test_invited_person_chooses_her_password_and_lands_in_the_admin(client, invited):
    send_invitation(invited)

    response = choose_password(client, link_in(mail.outbox[-1]))

    assert response["Location"] == HOME
    assert client.get(HOME).status_code == 200
    invited.refresh_from_db()
    assert invited.check_password(PASSWORD)


def test_reviewer_who_was_invited_sets_her_second_factor_first(client, world, invited):
    invited.groups.set([world.north.reviewers])

    choose_password(client, build_invitation_url(invited))

    assert client.get(HOME).status_code == 302
    assert reverse("mfa_activate_totp") in client.get(HOME, follow=True).content.decode()


def test_invitation_is_for_one_use(client, invited):
    link = build_invitation_url(invited)
    choose_password(client, link)

    assert EXPIRED in client.get(link, follow=True).content.decode()


def test_invitation_expires(client, invited, settings):
    link = build_invitation_url(invited)
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert EXPIRED in client.get(link, follow=True).content.decode()


def test_invitation_of_a_closed_account_does_not_work(client, invited):
    link = build_invitation_url(invited)
    User.objects.filter(pk=invited.pk).update(is_active=False)
    invited.refresh_from_db()

    assert EXPIRED in client.get(link, follow=True).content.decode()
    with pytest.raises(NotInvitable):
        send_invitation(invited)


def test_invitation_does_not_work_again_when_its_account_is_opened_again(client, invited):
    link = build_invitation_url(invited)
    for is_active in (False, True):
        invited.is_active = is_active
        invited.save()

    assert EXPIRED in client.get(link, follow=True).content.decode()
    assert EXPIRED not in client.get(build_invitation_url(invited), follow=True).content.decode()


def test_invitation_of_an_unknown_account_looks_like_an_expired_one(client, invited):
    link = build_invitation_url(invited)
    invited.delete()

    assert EXPIRED in client.get(link, follow=True).content.decode()


def test_reset_of_a_forgotten_password_does_not_sign_in(client, world):
    person = worlds.member("olvida", world.north.editors)

    response = choose_password(client, build_invitation_url(person))

    assert response["Location"] == reverse("account_reset_password_from_key_done")
    assert client.get(HOME).status_code == 302


def test_administrator_sends_the_invitation_again(administrator, invited):
    access = reverse("account_access", args=[invited.pk])
    assert "Enviar otra vez la invitación" in administrator.get(access).content.decode()
    mail.outbox.clear()

    administrator.post(access, {"invite": "1"})

    assert [letter.to for letter in mail.outbox] == [["nueva@example.org"]]


def refuse_connection(letter):
    raise ConnectionRefusedError


def test_an_invitation_that_the_mail_server_refuses_is_reported(administrator, invited, monkeypatch):
    monkeypatch.setattr(mail.EmailMessage, "send", refuse_connection)

    page = administrator.post(reverse("account_access", args=[invited.pk]), {"invite": "1"}, follow=True)

    assert "La invitación no salió" in page.content.decode()
    assert "Se envió la invitación" not in page.content.decode()


def test_account_with_a_password_is_not_invited_again(administrator, world):
    access = reverse("account_access", args=[world.north_editor.pk])
    assert "Enviar otra vez la invitación" not in administrator.get(access).content.decode()
    mail.outbox.clear()

    response = administrator.post(access, {"invite": "1"}, follow=True)

    assert "ya tiene contraseña" in response.content.decode()
    assert mail.outbox == []
