"""A municipality is proposed by one administrator of the state and confirmed by another, accounts too."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Page, WorkflowState

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.models import ReviewTask
from abierto.approval.roles.confirmation import load_unconfirmed
from abierto.approval.roles.grant_history import load_grant_history
from abierto.spaces import proposals
from abierto.spaces.models import MunicipalityProposal, MunicipalitySpace, ReviewerProposal, TemplatePage
from abierto.spaces.municipalities import NewMunicipality, provision
from abierto.tenancy.models import Space
from tests.abierto.approval.newsroom import newsroom, person
from tests.factories import MunicipalityFactory
from tests.pages.admin.worlds import signed_in
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PROPOSE, PROPOSALS = reverse("spaces:propose"), reverse("spaces:proposals")
TEMPLATE, TEAM = reverse("spaces:template"), reverse("spaces:team")
PEOPLE = (
    ("Ana", "ana@example.org", "editor"),
    ("Rita", "rita@example.org", "reviewer"),
    ("Alma", "alma@example.org", "administrator"),
)


@built_once
def build_room():
    room = newsroom()
    room.boss = person("jefa", room.space.administrators)
    room.other_boss = person("jefe", room.space.administrators)
    room.town = MunicipalityFactory(code="11010", name="Coroneo")
    room.neighbour = MunicipalityFactory(code="11005", name="Apaseo el Grande")
    return room


@pytest.fixture
def room():
    return build_room()


def sent(town, *people, **changed):
    form = {
        "municipality": town.pk, "title": "", "band_color": "#1d3b91", "accent_color": "#1d3b91",
        "presentation": "Un gobierno abierto.", "review": "own",
        "accounts-TOTAL_FORMS": "4", "accounts-INITIAL_FORMS": "0",
    }  # fmt: skip
    for number in range(4):
        first_name, email, role = people[number] if number < len(people) else ("", "", "editor")
        values = {"first_name": first_name, "last_name": "", "email": email, "role": role}
        form |= {f"accounts-{number}-{name}": value for name, value in values.items()}
    return {**form, **changed}


def chosen(user):
    """Return the checkboxes that the screen shows to ``user``."""
    page = signed_in(user).get(PROPOSALS).content.decode()
    return {
        name: re.findall(rf'name="{name}" value="([^"]+)"', page) for name in ("municipality", "reviewer")
    }


def confirm(user, **values):
    return signed_in(user).post(PROPOSALS, {"confirm": "", **values}, follow=True).content.decode()


def propose(room, town=None, *people, **changed):
    response = signed_in(room.boss).post(PROPOSE, sent(town or room.town, *(people or PEOPLE), **changed))
    assert response.status_code == 302, response.content.decode()
    return MunicipalityProposal.objects.latest("pk")


def provisioned(room):
    propose(room)
    confirm(room.other_boss, **chosen(room.other_boss))
    return Space.objects.get(municipality_link__municipality=room.town)


def account(name):
    return User.objects.get(username=f"{name}@example.org")


# --- The state -------------------------------------------------------------------------------------------


def test_proposal_creates_nothing(room):
    propose(room)

    assert not MunicipalitySpace.objects.exists()
    assert not User.objects.filter(username="ana@example.org").exists()


def test_confirmation_covers_all_the_accounts_that_it_names(room):
    space = provisioned(room)

    assert list(account("ana").groups.all()) == [space.editors]
    assert list(account("rita").groups.all()) == [space.reviewers]
    assert list(account("alma").groups.all()) == [space.administrators]
    assert load_unconfirmed(account("rita")) is None
    assert load_grant_history(account("rita")).vouchers == {room.boss.pk, room.other_boss.pk}
    assert {"ana@example.org", "rita@example.org", "alma@example.org"} <= {m.to[0] for m in mail.outbox}
    assert ReviewTask.objects.get(workflow_tasks__workflow=space.workflow).groups.get() == space.reviewers


def test_person_who_proposed_does_not_confirm(room):
    propose(room)

    page = confirm(room.boss, **chosen(room.boss))

    assert "La confirma otra persona" in page
    assert not MunicipalitySpace.objects.exists()


def test_proposals_are_confirmed_in_one_act(room):
    propose(room)
    propose(room, room.neighbour, ("Eva", "eva@example.org", "reviewer"))

    assert "Decididas: 2" in confirm(room.other_boss, **chosen(room.other_boss))
    assert MunicipalitySpace.objects.count() == 2


def test_proposal_is_confirmed_as_it_was_read(room):
    propose(room)
    read = chosen(room.other_boss)
    TemplatePage.objects.filter(key="contact").update(is_public=True)

    assert "cambió mientras la leías" in confirm(room.other_boss, **read)
    assert not MunicipalitySpace.objects.exists()


def test_proposal_is_confirmed_once(room):
    propose(room)
    read = chosen(room.other_boss)
    confirm(room.other_boss, **read)

    assert "Alguien ya decidió" in confirm(room.other_boss, **read)
    assert User.objects.filter(username="ana@example.org").count() == 1


def test_withdrawn_proposal_leaves_the_municipality_free(room):
    propose(room)
    read = chosen(room.boss)
    signed_in(room.boss).post(PROPOSALS, {"withdraw": "", **read})

    propose(room)
    assert MunicipalityProposal.objects.filter(status="open").count() == 1


def test_address_that_was_taken_meanwhile_leaves_nothing_behind(room):
    propose(room)
    person("rita@example.org", email="rita@example.org")

    page = confirm(room.other_boss, **chosen(room.other_boss))

    assert "Ya hay una cuenta con el correo rita@example.org" in page
    assert not MunicipalitySpace.objects.exists()
    assert not User.objects.filter(username="ana@example.org").exists()


def test_failure_halfway_leaves_nothing_behind(room, monkeypatch):
    proposal = propose(room)
    token = chosen(room.other_boss)["municipality"][0].split(":")[1]

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(proposals, "close_proposal", fail)
    with pytest.raises(RuntimeError):
        proposals.confirm_municipality(proposal.pk, token, room.other_boss)

    assert not MunicipalitySpace.objects.exists()
    assert not User.objects.filter(username="ana@example.org").exists()
    proposal.refresh_from_db()
    assert proposal.status == "open"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"municipality": ""}, "Elige el municipio"),
        ({"municipality": "99999"}, "ya está propuesto o no es público"),
        ({"accent_color": "#ffff00"}, "El color más parecido"),
        ({"band_color": "azul"}, "Escribe el color con seis cifras"),
        ({"accounts-1-email": "no"}, "Escribe un correo completo"),
        ({"accounts-1-role": "editor"}, "Agrega abajo a una persona que revise"),
        ({"review": "nobody"}, "nobody"),
    ],
)
def test_wrong_proposal_is_not_saved_and_says_why(room, changed, error):
    page = signed_in(room.boss).post(PROPOSE, sent(room.town, *PEOPLE, **changed))

    assert error in page.content.decode()
    assert not MunicipalityProposal.objects.exists()


def test_people_of_a_town_that_the_command_made_are_confirmed_in_one_act(room):
    space = provision(NewMunicipality(room.town), by=None).space
    propose(room, has_state_step="on")

    confirm(room.other_boss, **chosen(room.other_boss))

    assert MunicipalitySpace.objects.get().holder == space
    assert list(account("alma").groups.all()) == [space.administrators]
    assert [task.specific.groups.get() for task in space.workflow.tasks] == [
        space.reviewers,
        room.space.reviewers,
    ]


def test_town_with_an_administrator_is_not_proposed_again(room):
    provisioned(room)

    page = signed_in(room.boss).post(PROPOSE, sent(room.town, *PEOPLE)).content.decode()

    assert "ya tiene quien lo administre" in page


def test_second_proposal_of_a_municipality_is_refused(room):
    propose(room)
    other = MunicipalityProposal.objects.get().municipality

    page = signed_in(room.other_boss).post(PROPOSE, sent(other, *PEOPLE)).content.decode()

    assert "ya está propuesto" in page


def test_town_with_one_clerk_is_reviewed_by_the_state(room):
    propose(room, room.town, PEOPLE[0], review="state")
    confirm(room.other_boss, **chosen(room.other_boss))

    space = Space.objects.get(municipality_link__municipality=room.town)
    assert (
        ReviewTask.objects.get(workflow_tasks__workflow=space.workflow).groups.get() == room.space.reviewers
    )


def test_state_reviews_after_the_town(room):
    propose(room, has_state_step="on")
    confirm(room.other_boss, **chosen(room.other_boss))

    space = Space.objects.get(municipality_link__municipality=room.town)
    steps = [task.specific.groups.get() for task in space.workflow.tasks]
    assert steps == [space.reviewers, room.space.reviewers]


def test_state_changes_who_reviews_and_ends_the_reviews_of_that_step(room):
    space = provisioned(room)
    change = reverse("spaces:review_source", args=[space.pk])
    page = Page.objects.descendant_of(Page.objects.get(space_root__space=space)).get(slug="noticias").specific
    page.get_workflow().start(page, account("ana"))

    signed_in(room.boss).post(change, {"review": "state", "has_state_step": "on"})

    assert [task.specific.groups.get() for task in space.workflow.tasks] == [room.space.reviewers]
    link = MunicipalitySpace.objects.get(holder=space)
    assert (link.review, link.has_state_step) == ("state", False)
    assert not WorkflowState.objects.active().exists()
    detail = signed_in(room.boss).get(reverse("spaces:detail", args=[space.pk])).content.decode()
    assert "El equipo estatal" in detail
    assert signed_in(account("alma")).get(change).status_code == 404


def test_town_without_reviewers_does_not_review_by_itself(room):
    propose(room, room.town, PEOPLE[0], review="state")
    confirm(room.other_boss, **chosen(room.other_boss))
    space = Space.objects.get(municipality_link__municipality=room.town)
    change = reverse("spaces:review_source", args=[space.pk])

    page = signed_in(room.boss).post(change, {"review": "own"}).content.decode()

    assert "no tiene a nadie que revise" in page
    assert MunicipalitySpace.objects.get(holder=space).review == "state"


def test_template_is_edited_on_one_screen(room):
    boss = signed_in(room.boss)
    page = boss.get(TEMPLATE)
    formset = page.context["formset"]
    form = {"form-TOTAL_FORMS": len(formset.forms), "form-INITIAL_FORMS": formset.initial_form_count()}
    for row in formset.forms:
        values = {name: row[name].value() for name in row.fields}
        form |= {
            row.add_prefix(key): value
            for key, value in values.items()
            if value is not None and value is not False
        }
    extra = formset.forms[-1]
    form |= {extra.add_prefix("title"): "Trámites", extra.add_prefix("slug"): "tramites"}

    assert boss.post(TEMPLATE, form).status_code == 302
    assert TemplatePage.objects.get(slug="tramites").key == "text"
    form |= {extra.add_prefix("slug"): "plan"}
    assert boss.post(TEMPLATE, form).status_code == 200


def test_only_administrators_of_the_state_see_the_screens(room):
    space = provisioned(room)
    for user in (account("alma"), account("rita")):
        assert [signed_in(user).get(url).status_code for url in (PROPOSE, PROPOSALS, TEMPLATE)] == [404] * 3
    assert signed_in(room.editor).get(PROPOSALS).status_code == 302
    assert space.administrators.user_set.get() == account("alma")


# --- The town --------------------------------------------------------------------------------------------


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
