"""The administrator of a municipality invites and removes its editors, and proposes reviewers."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.roles.confirmation import load_unconfirmed
from abierto.approval.roles.grant_history import load_grant_history
from abierto.spaces import proposals
from abierto.spaces.models import ReviewerProposal
from abierto.tenancy.models import Space, TranslatorGroup
from tests.abierto.approval.newsroom import person
from tests.abierto.spaces.proposing import account, build_room, chosen, confirm, provisioned
from tests.pages.admin.worlds import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TEAM = reverse("spaces:team")


@pytest.fixture
def room():
    return build_room()


def team(room, user, name="Eva", role="editor", **changed):
    space = Space.objects.get(municipality_link__municipality=room.town)
    values = {"first_name": name, "last_name": "", "email": f"{name.lower()}@example.org", "role": role}
    form = {f"person-{space.pk}-{key}": value for key, value in values.items()}
    return signed_in(user).post(TEAM, {"team": space.pk, "add": "", **form, **changed}, follow=True)


def test_administrator_of_a_town_invites_an_editor(room):
    space = provisioned(room)

    page = team(room, account("alma")).content.decode()

    assert "Se envió la invitación a eva@example.org" in page
    assert list(account("eva").groups.all()) == [space.editors]


def test_administrator_of_a_town_invites_a_translator_of_a_language_and_removes_her(room):
    space = provisioned(room)
    english, _made = Locale.objects.get_or_create(language_code="en")

    assert "Elige la lengua" in team(room, account("alma"), role="translator").content.decode()
    assert not User.objects.filter(username="eva@example.org").exists()

    chosen_language = {f"person-{space.pk}-language": english.pk}
    page = team(room, account("alma"), role="translator", **chosen_language).content.decode()
    translators = TranslatorGroup.objects.get(space=space, locale=english)
    assert list(account("eva").groups.all()) == [translators.group]
    assert "Se envió la invitación a eva@example.org" in page
    assert f"Traducción: {english}" in page

    signed_in(account("alma")).post(TEAM, {"team": space.pk, "editor": account("eva").pk, "deactivate": ""})
    assert not account("eva").is_active


def test_reviewer_whom_a_town_proposes_counts_when_the_state_confirms(room):
    space = provisioned(room)
    team(room, account("alma"), role="reviewer")
    assert not User.objects.filter(username="eva@example.org").exists()

    confirm(room.boss, **chosen(room.boss))

    assert list(account("eva").groups.all()) == [space.reviewers]
    assert load_unconfirmed(account("eva")) is None
    history = load_grant_history(account("eva"), [space.reviewers])
    assert history.granters == {account("alma").pk, room.boss.pk}  # she approves nothing that they write


def test_town_names_no_administrator(room):
    provisioned(room)

    team(room, account("alma"), role="administrator")

    assert not User.objects.filter(username="eva@example.org").exists()


def test_address_with_an_account_elsewhere_is_refused_without_saying_where(room):
    provisioned(room)
    person("eva", room.space.editors, email="eva@example.org")

    page = team(room, account("alma")).content.decode()

    assert "Ya hay una cuenta o una propuesta con ese correo" in page
    assert room.space.name not in page.split("Ya hay una cuenta o una propuesta")[1].split("<")[0]
    team(room, account("alma"), role="reviewer")
    assert not ReviewerProposal.objects.exists()


def test_administrator_of_a_town_closes_the_account_of_an_editor(room):
    space = provisioned(room)

    signed_in(account("alma")).post(TEAM, {"team": space.pk, "editor": account("ana").pk, "deactivate": ""})

    assert not account("ana").is_active


def test_every_form_of_the_team_has_its_token(room):
    provisioned(room)

    page = signed_in(account("alma")).get(TEAM).content.decode()

    main = page[page.index("<section") : page.rindex("</section>")]
    assert main.count("<form") == main.count("csrfmiddlewaretoken") == 2


def test_editor_with_another_role_keeps_her_account(room):
    space = provisioned(room)
    account("ana").groups.add(room.space.editors)

    signed_in(account("alma")).post(TEAM, {"team": space.pk, "editor": account("ana").pk, "deactivate": ""})

    assert account("ana").is_active
    assert list(account("ana").groups.all()) == [room.space.editors]


def test_town_closes_no_other_account(room):
    space = provisioned(room)
    alma = signed_in(account("alma"))
    others = [account("rita"), account("alma"), room.editor]

    answers = [
        alma.post(TEAM, {"team": space.pk, "editor": user.pk, "deactivate": ""}).status_code
        for user in others
    ]

    assert answers == [404] * 3
    assert all(User.objects.get(pk=user.pk).is_active for user in others)
    assert alma.post(TEAM, {"team": room.space.pk, "editor": room.editor.pk}).status_code == 404


def test_screen_of_the_team_is_for_administrators_of_towns(room):
    provisioned(room)

    assert "Mi equipo" in signed_in(account("alma")).get(TEAM).content.decode()
    assert [signed_in(user).get(TEAM).status_code for user in (account("ana"), room.boss)] == [404, 404]


def test_reviewer_is_not_confirmed_after_her_proposer_left(room):
    space = provisioned(room)
    team(room, account("alma"), role="reviewer")
    space.administrators.user_set.clear()

    with pytest.raises(NotAllowed, match="ya no administra"):
        proposals.confirm_reviewer(ReviewerProposal.objects.get().pk, room.boss)
