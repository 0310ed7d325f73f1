"""Permission limits of administrators in the user admin."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from abierto.accounts.models import User
from tests.abierto.tenancy import worlds

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PASSWORD = "otra-clave-larga-2"


@pytest.fixture
def superuser():
    return User.objects.create_superuser("raiz", email="raiz@example.org", password=PASSWORD)


def edit(client, account: User, **changes):
    form = {
        "username": account.username,
        "email": account.email or "ana@example.org",
        "first_name": "Ana",
        "last_name": "Prueba",
        "is_active": "on",
        "groups": [group.pk for group in account.groups.all()],
        **changes,
    }
    return client.post(reverse("wagtailusers_users:edit", args=[account.pk]), form)


def test_create_account_with_post_and_role(administrator, world):
    administrator.post(
        reverse("wagtailusers_users:add"),
        {
            "username": "nueva",
            "email": "nueva@example.org",
            "first_name": "Ana",
            "last_name": "Prueba",
            "post": "Enlace de gobierno abierto",
            "groups": [world.north.editors.pk],
            "is_superuser": "on",
        },
    )

    account = User.objects.get(username="nueva")
    assert account.public_name == "Ana Prueba, Enlace de gobierno abierto"
    assert list(account.groups.all()) == [world.north.editors]
    assert not account.is_superuser


def test_post_can_be_edited(administrator, world):
    assert (
        b'name="post"'
        in administrator.get(reverse("wagtailusers_users:edit", args=[world.north_editor.pk])).content
    )

    edit(administrator, world.north_editor, post="Directora")

    world.north_editor.refresh_from_db()
    assert world.north_editor.post == "Directora"
    assert "Directora" in administrator.get(reverse("wagtailusers_users:index")).content.decode()


def test_administrator_cannot_create_superuser(administrator, world):
    edit(administrator, world.north_editor, is_superuser="on")

    world.north_editor.refresh_from_db()
    assert not world.north_editor.is_superuser


def test_administrator_cannot_change_own_role(administrator, world):
    me = User.objects.get(username="administra")

    edit(administrator, me, groups=[world.north.reviewers.pk])
    administrator.post(
        reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"]) + f"?id={me.pk}",
        {"role": world.north.reviewers.pk},
    )

    assert list(me.groups.all()) == [world.state.administrators]


def test_only_state_administrators_manage_accounts(client, world):
    person = worlds.member("cuida", world.north.administrators)
    person.user_permissions.add(Permission.objects.get(codename="change_user"))
    client.force_login(person)

    edited = edit(client, world.south_editor, groups=[world.north.reviewers.pk])
    assigned = client.post(
        reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"])
        + f"?id={world.south_editor.pk}",
        {"role": world.north.reviewers.pk},
    )

    world.south_editor.refresh_from_db()
    assert (edited.status_code, assigned.status_code) == (404, 404)
    assert world.south_editor.first_name == ""
    assert list(world.south_editor.groups.all()) == [world.south.editors]


@pytest.mark.parametrize("is_superuser", [False, True])
def test_own_password_cannot_be_set_in_user_form(client, world, is_superuser):
    person = worlds.member("administra", world.state.administrators)
    User.objects.filter(pk=person.pk).update(is_superuser=is_superuser)
    client.force_login(person)

    edit(client, person, password1="nueva-clave-larga-3", password2="nueva-clave-larga-3")

    person.refresh_from_db()
    assert person.first_name == "Ana"
    assert person.check_password("una-clave-larga-1")


def test_administrator_cannot_edit_superuser(administrator, superuser, world):
    edit(administrator, superuser, password1="nueva-clave-larga-3", password2="nueva-clave-larga-3")
    administrator.post(
        reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"]) + f"?id={superuser.pk}",
        {"mark_as_active": ""},
    )
    administrator.post(reverse("wagtailusers_users:delete", args=[superuser.pk]))

    superuser.refresh_from_db()
    assert superuser.check_password(PASSWORD)
    assert superuser.is_active


def test_administrator_assigns_roles_in_bulk(administrator, world):
    administrator.post(
        reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"])
        + f"?id={world.north_editor.pk}",
        {"role": world.south.editors.pk},
    )

    assert world.south.editors in world.north_editor.groups.all()


def test_superuser_is_not_limited(client, superuser, world):
    client.force_login(superuser)

    edit(client, world.north_editor, is_superuser="on")

    world.north_editor.refresh_from_db()
    assert world.north_editor.is_superuser


def test_institution_editor_cannot_manage_accounts(client, world):
    client.force_login(world.north_editor)

    assert client.get(reverse("wagtailusers_users:index")).status_code == 404
    edit(client, world.south_editor, first_name="Otra")
    world.south_editor.refresh_from_db()
    assert world.south_editor.first_name == ""


def test_only_superusers_edit_groups(administrator, world):
    """The state administrator assigns roles but does not change what a role may do."""
    assert administrator.get(reverse("wagtailusers_groups:index")).status_code == 302
    assert Group.objects.filter(pk=world.north.reviewers.pk).exists()


# --- Names ---------------------------------------------------------------------------------------------


def change_language(client, **name: str):
    address = reverse("wagtailadmin_account")
    tabs = client.get(address).context["panels_by_tab"]
    fields = [field for panels in tabs.values() for panel in panels for field in panel.get_form()]
    form = {field.html_name: field.value() for field in fields if isinstance(field.value(), str)}
    return client.post(address, form | {"locale-preferred_language": "en"} | name)


@pytest.mark.parametrize(("first", "last"), [("Ana", ""), ("", ""), ("", "Prueba")])
def test_account_without_full_name_changes_its_language(client, world, first, last):
    account = world.north_editor
    User.objects.filter(pk=account.pk).update(first_name=first, last_name=last)
    client.force_login(account)

    assert change_language(client).status_code == 302

    account.refresh_from_db()
    assert account.wagtail_userprofile.preferred_language == "en"
    assert (account.first_name, account.last_name) == (first, last)


def test_own_name_cannot_be_deleted(client, world):
    account = world.north_editor
    User.objects.filter(pk=account.pk).update(first_name="Ana", last_name="Prueba")
    client.force_login(account)

    assert change_language(client, **{"name_email-first_name": ""}).status_code == 200

    account.refresh_from_db()
    assert account.first_name == "Ana"


def test_administrator_edits_account_without_surname(administrator, world):
    edit(administrator, world.south_editor, last_name="")

    world.south_editor.refresh_from_db()
    assert (world.south_editor.first_name, world.south_editor.last_name) == ("Ana", "")
