"""Whoever can approve or administer does nothing without a second factor; editors may have one."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import PageViewRestriction

from abierto.accounts import second_factor
from abierto.accounts.encryption import decrypt, encrypt
from abierto.accounts.models import User
from abierto.accounts.second_factor import has_second_factor, needs_second_factor
from abierto.approval.models import ReviewTask
from tests.abierto.tenancy import worlds
from tests.second_factor import code_of, given_code_generator, password_only

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

HOME = "/admin/"
PASSWORD = "una-clave-larga-1"
LONG_AGO = 24 * 60 * 60


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture(autouse=True)
def no_attempts_yet():
    caches["attempts"].clear()


# --- The rule ------------------------------------------------------------------------------------------


def test_only_those_who_just_edit_do_without(world):
    state_administrator = worlds.member("administra", world.state.administrators)

    assert not needs_second_factor(AnonymousUser())
    assert not needs_second_factor(world.north_editor)
    assert not needs_second_factor(world.state_editor)
    assert not needs_second_factor(worlds.member("nadie"))
    assert needs_second_factor(world.north_reviewer)
    assert needs_second_factor(world.north_administrator)
    assert needs_second_factor(state_administrator)
    assert needs_second_factor(User.objects.create_superuser("raiz"))


def test_one_more_role_is_enough_to_need_it(world):
    both = worlds.member("dos", world.north.editors, world.south.reviewers)

    assert needs_second_factor(both)


def test_a_group_that_nobody_thought_of_needs_it(world):
    assert needs_second_factor(worlds.member("otra", Group.objects.create(name="Moderación")))


def test_editors_who_decide_at_a_step_need_it(world):
    task = ReviewTask.objects.create(name="Paso de la secretaría")
    task.groups.add(world.north.editors)

    assert needs_second_factor(User.objects.get(pk=world.north_editor.pk))


def test_layers_above_say_who_else_needs_it(world, monkeypatch):
    monkeypatch.setattr(second_factor, "ALSO_NEEDED_BY", [lambda user: user.username == "norte"])

    assert needs_second_factor(User.objects.get(username="norte"))
    assert not needs_second_factor(User.objects.get(username="sur"))


def test_a_permission_of_ones_own_needs_it(world):
    person = worlds.member("suelta", world.north.editors)
    person.user_permissions.add(Permission.objects.get(codename="change_user"))

    assert needs_second_factor(User.objects.get(pk=person.pk))


# --- Without it ----------------------------------------------------------------------------------------


def test_reviewer_without_one_is_led_to_set_it_up(client, world):
    password_only(client, world.north_reviewer)

    response = client.get("/admin/reports/workflow/")

    assert response["Location"] == "/cuenta/?next=%2Fadmin%2Freports%2Fworkflow%2F"
    assert "Antes de seguir, pon un segundo paso." in client.get(response["Location"]).content.decode()


def test_reviewer_who_has_one_is_asked_for_it(client, world):
    secret = given_code_generator(world.north_reviewer)
    password_only(client, world.north_reviewer)

    address = client.get(HOME)["Location"]
    assert address == "/cuenta/segundo-paso/confirmar/?next=%2Fadmin%2F"

    assert client.post(address, {"code": code_of(secret)})["Location"] == HOME
    assert client.get(HOME).status_code == 200


def test_nothing_of_the_admin_answers_without_it(client, world):
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


def test_outside_the_admin_she_is_nobody(client, world):
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


def test_door_does_not_send_her_round_in_circles(client, world):
    password_only(client, world.north_reviewer)

    response = client.get("/cuenta/entrar/?next=/admin/", follow=True)

    assert response.status_code == 200
    assert response.redirect_chain[-1][0].startswith("/cuenta/?next=")


def test_she_can_leave(client, world):
    password_only(client, world.north_reviewer)

    client.post(reverse("account_logout"))

    assert "_auth_user_id" not in client.session


def test_a_role_given_meanwhile_counts_at_once(client, world):
    password_only(client, world.north_editor)
    assert client.get(HOME).status_code == 200

    world.north_editor.groups.add(world.south.reviewers)

    assert client.get(HOME)["Location"] == "/cuenta/?next=%2Fadmin%2F"


def test_somebody_elses_second_factor_counts_for_nothing(client, world):
    """The note in the session says whose it is."""
    client.force_login(world.north_administrator)
    notes = dict(client.session)
    password_only(client, world.north_reviewer)
    session = client.session
    session["account_authentication_methods"] = notes["account_authentication_methods"]
    session["account_authentication_methods_user"] = notes["account_authentication_methods_user"]
    session.save()

    assert client.get(HOME).status_code == 302


# --- Setting it up: see also test_setting_up.py ---------------------------------------------------------


def test_wrong_first_code_sets_nothing_up(client, world):
    password_only(client, world.north_reviewer)
    client.get(reverse("mfa_activate_totp"))

    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()

    assert "Ese código no es" in page
    assert not has_second_factor(world.north_reviewer)
    assert client.get(HOME).status_code == 302


# --- Changing it ---------------------------------------------------------------------------------------

CHANGES = ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]


@pytest.mark.parametrize("change", CHANGES)
def test_factors_change_only_moments_after_signing_in(client, world, change):
    password_only(client, world.north_editor, ago=LONG_AGO)

    for answer in (client.get(reverse(change)), client.post(reverse(change))):
        assert answer["Location"].startswith("/cuenta/confirmar/?next=")

    client.post("/cuenta/confirmar/", {"password": PASSWORD})
    assert client.get(reverse(change)).status_code in (200, 302)
    assert "/confirmar/" not in client.get(reverse(change)).headers.get("Location", "")


@pytest.mark.parametrize("change", [*CHANGES, "mfa_deactivate_totp", "mfa_view_recovery_codes"])
def test_a_password_alone_changes_no_factor_that_is_there(client, world, change):
    """Not even moments after it was given, nor given once more."""
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


def test_the_last_factor_stays_while_the_role_asks_for_it(client, world):
    given_code_generator(world.north_reviewer)
    client.force_login(world.north_reviewer)

    page = client.get(reverse("mfa_deactivate_totp")).content.decode()
    client.post(reverse("mfa_deactivate_totp"))

    assert "Tu papel exige un segundo paso." in page
    assert has_second_factor(world.north_reviewer)


def test_editor_removes_hers_and_proves_nothing_with_it_any_more(client, world):
    given_code_generator(world.north_editor)
    client.force_login(world.north_editor)

    client.post(reverse("mfa_deactivate_totp"))

    assert not has_second_factor(world.north_editor)
    assert client.get(HOME).status_code == 200
    world.north_editor.groups.add(world.north.reviewers)
    assert client.get(HOME).status_code == 302


def test_lost_factor_is_removed_by_command(client, world):
    given_code_generator(world.north_reviewer)

    call_command("remove_second_factor", "norte-revisa", verbosity=0)

    assert not has_second_factor(world.north_reviewer)
    with pytest.raises(CommandError, match="nadie"):
        call_command("remove_second_factor", "nadie")


# --- What is stored ------------------------------------------------------------------------------------


def test_secret_opens_with_its_key_or_the_one_before(settings):
    settings.SECRET_KEY = "first"
    kept = encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in kept

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "second", ["first"]
    assert decrypt(kept) == "JBSWY3DPEHPK3PXP"


def test_secret_kept_with_a_lost_key_fits_no_code(settings, world):
    given_code_generator(world.north_reviewer)
    settings.SECRET_KEY = "another"
    factor = Authenticator.objects.get().wrap()

    assert decrypt(factor.instance.data["secret"]) != decrypt(factor.instance.data["secret"])
    assert not factor.validate_code(code_of(""))
