"""A municipality is proposed by one administrator of the state and confirmed by another, accounts too."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Page, WorkflowState

from abierto.accounts.models import User
from abierto.approval.models import ReviewTask
from abierto.approval.roles.confirmation import load_unconfirmed
from abierto.approval.roles.grant_history import load_grant_history
from abierto.spaces import proposals
from abierto.spaces.models import MunicipalityProposal, MunicipalitySpace, TemplatePage
from abierto.spaces.municipalities import NewMunicipality, provision
from abierto.tenancy.models import Space
from tests.abierto.approval.newsroom import person
from tests.abierto.spaces.proposing import (
    PEOPLE,
    PROPOSALS,
    PROPOSE,
    account,
    build_room,
    chosen,
    confirm,
    propose,
    provisioned,
    sent,
)
from tests.pages.admin.worlds import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TEMPLATE = reverse("spaces:template")


@pytest.fixture
def room():
    return build_room()


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
def test_invalid_proposal_is_not_saved_and_shows_the_reason(room, changed, error):
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


def test_reading_the_screens_writes_nothing(room):
    TemplatePage.objects.all().delete()

    for url in (PROPOSE, PROPOSALS, TEMPLATE):
        signed_in(room.boss).get(url)

    assert not TemplatePage.objects.exists()


def test_only_administrators_of_the_state_see_the_screens(room):
    space = provisioned(room)
    for user in (account("alma"), account("rita")):
        assert [signed_in(user).get(url).status_code for url in (PROPOSE, PROPOSALS, TEMPLATE)] == [404] * 3
    assert signed_in(room.editor).get(PROPOSALS).status_code == 302
    assert space.administrators.user_set.get() == account("alma")
