"""The administrators of the state add and remove the translators of every kind of space."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Locale

from abierto.accounts.models import User
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import TranslatorGroup
from tests.abierto.approval.newsroom import person
from tests.abierto.spaces.proposing import account, build_room
from tests.pages.admin.worlds import signed_in
from tests.security.isolation_spaces import open_space
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@built_once
def build_spaces():
    """Return the state's team with an institution and a municipality."""
    made = build_room()
    made.institution = open_space(SpaceKind.INSTITUTION, "Órgano Garante", "organo-garante")
    made.municipality = open_space(SpaceKind.MUNICIPALITY, "Coroneo", "coroneo")
    made.english = Locale.objects.get_or_create(language_code="en")[0]
    return made


@pytest.fixture
def room():
    return build_spaces()


def send(user, space, follow=True, **values):
    return signed_in(user).post(reverse("spaces:detail", args=[space.pk]), values, follow=follow)


def add(room, space, by=None, email="eva@example.org", **changed):
    values = {"first_name": "Eva", "last_name": "", "email": email, "language": room.english.pk, **changed}
    form = {f"translator-{name}": value for name, value in values.items()}
    return send(by or room.boss, space, add_translator="", **form).content.decode()


@pytest.mark.parametrize("name", ["space", "institution", "municipality"])
def test_state_invites_a_translator_of_a_space(room, name):
    space = getattr(room, name)

    page = add(room, space)

    group = TranslatorGroup.objects.get(space=space, locale=room.english).group
    assert list(account("eva").groups.all()) == [group]
    assert "Se envió la invitación a eva@example.org" in page
    assert f"Traducción: {room.english}" in page
    assert [letter.to for letter in mail.outbox] == [["eva@example.org"]]


def test_open_account_of_another_space_gets_the_role_and_leaves_it_alone(room):
    editor = person("nora", room.municipality.editors, email="nora@example.org")

    assert "nora@example.org ya puede traducir este espacio" in add(
        room, room.institution, email="Nora@example.org"
    )
    group = TranslatorGroup.objects.get(space=room.institution).group
    assert set(editor.groups.all()) == {room.municipality.editors, group}
    assert not mail.outbox

    page = send(room.boss, room.institution, remove_translator=editor.pk).content.decode()
    assert "ya no trabaja aquí" in page
    assert list(editor.groups.all()) == [room.municipality.editors]
    assert User.objects.get(pk=editor.pk).is_active


def test_closed_account_and_a_form_without_language_are_refused_with_the_place(room):
    person("nora", email="nora@example.org", is_active=False)

    assert "está cerrada. Ábrela en" in add(room, room.institution, email="nora@example.org")
    assert "Elige la lengua a la que traduce" in add(room, room.institution, language="")
    assert not TranslatorGroup.objects.exists()
    assert not User.objects.filter(username="eva@example.org").exists()


def test_only_administrators_of_the_state_add_and_remove(room):
    add(room, room.institution)
    eva = account("eva")
    others = [
        *(room.editor, room.reviewer, eva),
        person("alba", room.institution.administrators),
        person("alma", room.municipality.administrators),
    ]

    for user in others:
        add(room, room.institution, by=user, email="otra@example.org")
        send(user, room.institution, remove_translator=eva.pk)

    assert not User.objects.filter(username="otra@example.org").exists()
    assert User.objects.get(pk=eva.pk).is_active
    assert eva.groups.count() == 1
    read_only = signed_in(room.editor).get(reverse("spaces:detail", args=[room.institution.pk]))
    assert "remove_translator" not in read_only.content.decode()


def test_account_that_does_not_translate_this_space_is_not_removed(room):
    answers = [
        send(room.boss, room.institution, remove_translator=key, follow=False).status_code
        for key in (room.editor.pk, "x", "")
    ]

    assert answers == [404] * 3
    assert User.objects.get(pk=room.editor.pk).is_active
