"""Second factor: required for approving and administering, optional for editors."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from abierto.accounts import second_factor
from abierto.accounts.encryption import decrypt, encrypt
from abierto.accounts.models import User
from abierto.accounts.second_factor import has_second_factor, needs_second_factor
from abierto.approval.models import ReviewTask
from tests.abierto.tenancy import worlds
from tests.second_factor import code_of, given_code_generator, password_only

pytestmark = pytest.mark.django_db

HOME = "/admin/"
PASSWORD = "una-clave-larga-1"
LONG_AGO = 24 * 60 * 60


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture(autouse=True)
def clear_attempts():
    caches["attempts"].clear()


# --- The rule ------------------------------------------------------------------------------------------


def test_only_editors_need_no_second_factor(world):
    state_administrator = worlds.member("administra", world.state.administrators)

    assert not needs_second_factor(AnonymousUser())
    assert not needs_second_factor(world.north_editor)
    assert not needs_second_factor(world.state_editor)
    assert not needs_second_factor(worlds.member("nadie"))
    assert needs_second_factor(world.north_reviewer)
    assert needs_second_factor(world.north_administrator)
    assert needs_second_factor(state_administrator)
    assert needs_second_factor(User.objects.create_superuser("raiz"))


def test_additional_role_requires_second_factor(world):
    both = worlds.member("dos", world.north.editors, world.south.reviewers)

    assert needs_second_factor(both)


def test_unknown_group_requires_second_factor(world):
    assert needs_second_factor(worlds.member("otra", Group.objects.create(name="Moderación")))


def test_editor_group_of_workflow_task_requires_second_factor(world):
    task = ReviewTask.objects.create(name="Paso de la secretaría")
    task.groups.add(world.north.editors)

    assert needs_second_factor(User.objects.get(pk=world.north_editor.pk))


def test_extra_rule_requires_second_factor(world, monkeypatch):
    monkeypatch.setattr(second_factor, "EXTRA_RULES", [lambda user: user.username == "norte"])

    assert needs_second_factor(User.objects.get(username="norte"))
    assert not needs_second_factor(User.objects.get(username="sur"))


def test_user_permission_requires_second_factor(world):
    person = worlds.member("suelta", world.north.editors)
    person.user_permissions.add(Permission.objects.get(codename="change_user"))

    assert needs_second_factor(User.objects.get(pk=person.pk))


# --- Before verification --------------------------------------------------------------------------------


def test_reviewer_without_factor_is_redirected_to_setup(client, world):
    password_only(client, world.north_reviewer)

    response = client.get("/admin/reports/workflow/")

    assert response["Location"] == "/cuenta/?next=%2Fadmin%2Freports%2Fworkflow%2F"
    assert "Antes de seguir, pon un segundo paso." in client.get(response["Location"]).content.decode()


def test_reviewer_with_factor_is_redirected_to_verification(client, world):
    secret = given_code_generator(world.north_reviewer)
    password_only(client, world.north_reviewer)

    address = client.get(HOME)["Location"]
    assert address == "/cuenta/segundo-paso/confirmar/?next=%2Fadmin%2F"

    assert client.post(address, {"code": code_of(secret)})["Location"] == HOME
    assert client.get(HOME).status_code == 200


def test_verification_opens_in_the_language_of_the_account(client, world):
    given_code_generator(world.north_reviewer)
    password_only(client, world.north_reviewer)
    profile = UserProfile.get_for_user(world.north_reviewer)
    for language, prefix, heading in (
        ("en", "/en", "Confirm that it is you"),
        ("es-mx", "", "Confirma que eres tú"),
        ("", "", "Confirma que eres tú"),
    ):
        profile.preferred_language = language
        profile.save()

        response = client.get(HOME, follow=True)

        assert response.redirect_chain[0][0].startswith(f"{prefix}/cuenta/segundo-paso/confirmar/?next=")
        assert heading in response.content.decode()


def test_admin_is_closed_without_second_factor(client, world):
    password_only(client, world.north_administrator)
    page = world.northern

    for address in [
        f"/admin/pages/{page.pk}/edit/",
        f"/admin/pages/{page.pk}/view_draft/",
        f"/admin/pages/{page.pk}/delete/",
        "/admin/account/",
        "/admin/users/",
        "/admin/api/main/pages/",
        "/admin/no-hay-tal-cosa/",
        "/cuenta/sesiones/",
        "/cuenta/contrasena/",
    ]:
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 302, address
            assert answer["Location"].startswith("/cuenta/?next="), address


def test_user_is_anonymous_outside_the_admin(client, world):
    group = world.north.administrators
    restriction = PageViewRestriction.objects.create(
        page=world.northern, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(group)
    address = world.northern.url
    client.force_login(world.north_administrator)
    assert client.get(address).status_code == 200

    password_only(client, world.north_administrator)

    assert client.get(address)["Location"].startswith("/cuenta/entrar/")
    assert client.get("/").wsgi_request.user.is_anonymous


def test_login_does_not_redirect_in_a_loop(client, world):
    password_only(client, world.north_reviewer)

    response = client.get("/cuenta/entrar/?next=/admin/", follow=True)

    assert response.status_code == 200
    assert response.redirect_chain[-1][0].startswith("/cuenta/?next=")


def test_user_can_sign_out(client, world):
    password_only(client, world.north_reviewer)

    client.post(reverse("account_logout"))

    assert "_auth_user_id" not in client.session


def test_new_role_requires_second_factor_at_once(client, world):
    password_only(client, world.north_editor)
    assert client.get(HOME).status_code == 200

    world.north_editor.groups.add(world.south.reviewers)

    assert client.get(HOME)["Location"] == "/cuenta/?next=%2Fadmin%2F"


def test_factor_of_another_user_is_not_accepted(client, world):
    """The authentication record in the session belongs to one user."""
    client.force_login(world.north_administrator)
    notes = dict(client.session)
    password_only(client, world.north_reviewer)
    session = client.session
    session["account_authentication_methods"] = notes["account_authentication_methods"]
    session["account_authentication_methods_user"] = notes["account_authentication_methods_user"]
    session.save()

    assert client.get(HOME).status_code == 302


# --- Setup (see also test_second_factor_setup.py) -------------------------------------------------------


def test_wrong_first_code_stores_no_factor(client, world):
    password_only(client, world.north_reviewer)
    client.get(reverse("mfa_activate_totp"))

    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()

    assert "Ese código no es" in page
    assert not has_second_factor(world.north_reviewer)
    assert client.get(HOME).status_code == 302


# --- Changing factors -----------------------------------------------------------------------------------

CHANGES = ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]


@pytest.mark.parametrize("change", CHANGES)
def test_changing_factors_requires_recent_login(client, world, change):
    password_only(client, world.north_editor, ago=LONG_AGO)

    for answer in (client.get(reverse(change)), client.post(reverse(change))):
        assert answer["Location"].startswith("/cuenta/confirmar/?next=")

    client.post("/cuenta/confirmar/", {"password": PASSWORD})
    assert client.get(reverse(change)).status_code in (200, 302)
    assert "/confirmar/" not in client.get(reverse(change)).headers.get("Location", "")


@pytest.mark.parametrize("change", [*CHANGES, "mfa_deactivate_totp", "mfa_view_recovery_codes"])
def test_password_alone_cannot_change_existing_factor(client, world, change):
    """Neither right after signing in nor after entering the password again."""
    given_code_generator(world.north_reviewer)
    Authenticator.objects.create(
        user=world.north_reviewer, type="recovery_codes", data={"seed": encrypt("ab"), "used_mask": 0}
    )
    password_only(client, world.north_reviewer)

    client.post("/cuenta/confirmar/", {"password": PASSWORD})
    answer = client.post(reverse(change))

    assert answer.status_code == 302
    assert client.get(HOME).status_code == 302
    assert Authenticator.objects.filter(user=world.north_reviewer).count() == 2


def test_last_required_factor_cannot_be_removed(client, world):
    given_code_generator(world.north_reviewer)
    client.force_login(world.north_reviewer)

    page = client.get(reverse("mfa_deactivate_totp")).content.decode()
    client.post(reverse("mfa_deactivate_totp"))

    assert "Tu papel exige un segundo paso." in page
    assert has_second_factor(world.north_reviewer)


def test_removed_factor_no_longer_verifies_session(client, world):
    given_code_generator(world.north_editor)
    client.force_login(world.north_editor)

    client.post(reverse("mfa_deactivate_totp"))

    assert not has_second_factor(world.north_editor)
    assert client.get(HOME).status_code == 200
    world.north_editor.groups.add(world.north.reviewers)
    assert client.get(HOME).status_code == 302


def test_command_removes_lost_factor(client, world):
    given_code_generator(world.north_reviewer)

    call_command("remove_second_factor", "norte-revisa", verbosity=0)

    assert not has_second_factor(world.north_reviewer)
    with pytest.raises(CommandError, match="nadie"):
        call_command("remove_second_factor", "nadie")


# --- Encryption -----------------------------------------------------------------------------------------


def test_secret_decrypts_with_current_and_previous_key(settings):
    settings.SECRET_KEY = "first"
    encrypted = encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in encrypted

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "second", ["first"]
    assert decrypt(encrypted) == "JBSWY3DPEHPK3PXP"


def test_secret_of_lost_key_matches_no_code(settings, world):
    given_code_generator(world.north_reviewer)
    settings.SECRET_KEY = "another"
    factor = Authenticator.objects.get().wrap()

    assert decrypt(factor.instance.data["secret"]) != decrypt(factor.instance.data["secret"])
    assert not factor.validate_code(code_of(""))
