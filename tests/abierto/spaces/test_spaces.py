"""The state makes the space of an institution with one form."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Collection, Workflow

from abierto.accounts.models import User
from abierto.approval.models import ReviewTask
from abierto.approval.roles.confirmation import confirm_account, load_unconfirmed
from abierto.operations.integrity.records import find_changed_rows
from abierto.operations.integrity.spaces import find_incomplete_roots
from abierto.registry.models import InstitutionSpace
from abierto.tenancy.access import space_of
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from tests.abierto.approval.newsroom import newsroom, person
from tests.factories import CommitmentPageFactory, InstitutionFactory, PlanPageFactory, published
from tests.pages.admin.worlds import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CREATE = reverse("spaces:create")
LIST = reverse("spaces:list")


@pytest.fixture
def room():
    room = newsroom()
    room.institution = InstitutionFactory(name="Instituto del Agua", acronym="IDEA", live=True)
    room.boss = person("jefa", room.space.administrators)
    room.other_boss = person("jefe", room.space.administrators)
    return room


def rows(*people):
    """Return the fields of the rows of accounts."""
    sent = {"accounts-TOTAL_FORMS": "4", "accounts-INITIAL_FORMS": "0"}
    for number in range(4):
        first_name, email, role = people[number] if number < len(people) else ("", "", "editor")
        values = {"first_name": first_name, "last_name": "", "email": email, "role": role}
        sent |= {f"accounts-{number}-{name}": value for name, value in values.items()}
    return sent


def sent(room, *people, **changed):
    form = {"institution": room.institution.pk, "name": "", "slug": "", "root": ""}
    return {**form, **rows(*people), **changed}


PEOPLE = (("Ana", "ana@example.org", "editor"), ("Rita", "rita@example.org", "reviewer"))


def test_one_form_makes_the_space_its_groups_and_its_accounts(room):
    response = signed_in(room.boss).post(CREATE, sent(room, *PEOPLE))

    space = Space.objects.get(slug="idea")
    assert response["Location"] == reverse("spaces:detail", args=[space.pk])
    assert (space.name, space.kind) == ("Instituto del Agua", SpaceKind.INSTITUTION)
    assert InstitutionSpace.objects.get(institution=room.institution).holder == space
    ana, rita = User.objects.get(username="ana@example.org"), User.objects.get(username="rita@example.org")
    assert list(ana.groups.all()) == [space.editors]
    assert list(rita.groups.all()) == [space.reviewers]
    assert not ana.has_usable_password()
    assert {"ana@example.org", "rita@example.org"} <= {letter.to[0] for letter in mail.outbox}
    assert ReviewTask.objects.get(workflow_tasks__workflow=space.workflow).groups.get() == space.reviewers


def test_reviewer_of_a_new_space_waits_for_a_second_person(room):
    signed_in(room.boss).post(CREATE, sent(room, *PEOPLE))
    rita = User.objects.get(username="rita@example.org")

    assert load_unconfirmed(rita) is not None
    confirm_account(rita, room.other_boss)
    assert load_unconfirmed(rita) is None


def test_integrity_finds_nothing_after_a_space_was_made(room):
    published(CommitmentPageFactory(responsible=room.institution, code="8.1"))

    signed_in(room.boss).post(CREATE, sent(room, *PEOPLE))

    assert list(find_changed_rows()) == []
    assert list(find_incomplete_roots()) == []


def test_public_commitments_of_the_institution_go_to_its_new_space(room):
    axis = room.commitment.get_parent().specific
    page = published(CommitmentPageFactory(parent=axis, responsible=room.institution, code="8.1"))
    draft = CommitmentPageFactory(parent=axis, responsible=room.institution, code="8.2")

    signed_in(room.boss).post(CREATE, sent(room))

    assert space_of(page).slug == "idea"
    assert space_of(draft) == room.space


def test_root_page_goes_to_the_new_space(room):
    plan = PlanPageFactory(
        title="Plan de Villa", parent=room.commitment.get_ancestors().get(depth=3).specific
    )

    signed_in(room.boss).post(CREATE, sent(room, name="Villa", root=plan.pk))

    assert space_of(plan).name == "Villa"


def test_space_of_a_municipality_is_not_made_here(room):
    page = signed_in(room.boss).get(CREATE).content.decode()
    signed_in(room.boss).post(CREATE, sent(room, kind="municipality", name="Villa"))

    assert 'name="kind"' not in page
    assert f'<a href="{reverse("spaces:propose")}">Proponer un municipio</a>' in page
    assert Space.objects.get(name="Villa").kind == SpaceKind.INSTITUTION


def counts():
    models = (Space, User, Workflow, Collection, ReviewTask, InstitutionSpace)
    return [model.objects.count() for model in models]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"institution": ""}, "Elige la institución"),
        ({"institution": "999999"}, "Esa institución ya tiene espacio"),
        ({"name": "Estado"}, "Ya hay un espacio"),
        ({"slug": "estado"}, "ya tiene la clave"),
        ({"slug": "con acento á"}, "Usa letras sin acento"),
        ({"accounts-0-email": "no-es-correo"}, "Escribe un correo completo"),
        ({"accounts-0-email": ""}, "Escribe su correo"),
        ({"accounts-0-first_name": ""}, "Escribe su nombre"),
        ({"accounts-0-email": "RITA@example.org"}, "Este correo está en otra fila"),
        ({"accounts-0-email": "taken@example.org"}, "Ya hay una cuenta con ese correo"),
    ],
)
def test_invalid_form_creates_nothing_and_shows_the_reason(room, changed, error):
    person("tomada", email="taken@example.org")
    before = counts()

    response = signed_in(room.boss).post(CREATE, sent(room, *PEOPLE, **changed))

    assert response.status_code == 200
    assert error in response.content.decode()
    assert counts() == before
    assert mail.outbox == []


def test_institution_with_a_space_gets_no_second_one(room):
    boss = signed_in(room.boss)
    boss.post(CREATE, sent(room))

    response = boss.post(CREATE, sent(room, name="Otro", slug="otro"))

    assert response.status_code == 200
    assert not Space.objects.filter(slug="otro").exists()


def test_administrator_who_is_not_confirmed_makes_no_space(room):
    boss = signed_in(room.boss)
    boss.post(
        reverse("wagtailusers_users:add"),
        {"username": "nueva", "email": "nueva@example.org", "first_name": "Nueva",
         "groups": [room.space.administrators.pk]},
    )  # fmt: skip
    before = counts()

    response = signed_in(User.objects.get(username="nueva")).post(CREATE, sent(room, *PEOPLE))

    assert "Cámbiala antes de dar papeles" in response.content.decode()
    assert counts() == before


def test_only_administrators_of_the_state_make_spaces(room):
    signed_in(room.boss).post(CREATE, sent(room, *PEOPLE))
    detail = reverse("spaces:detail", args=[Space.objects.get(slug="idea").pk])
    ana = User.objects.get(username="ana@example.org")

    assert [signed_in(ana).get(address).status_code for address in (LIST, CREATE, detail)] == [404] * 3
    assert signed_in(room.editor).get(CREATE).status_code == 302
    assert signed_in(room.editor).get(LIST).status_code == 200
    assert signed_in(room.editor).get(detail).status_code == 200


def test_page_of_a_space_says_what_each_person_misses(room):
    boss = signed_in(room.boss)
    boss.post(CREATE, sent(room, *PEOPLE))
    space = Space.objects.get(slug="idea")

    page = boss.get(reverse("spaces:detail", args=[space.pk])).content.decode()

    assert "No ha abierto su invitación" in page
    assert "su papel espera que otra persona lo confirme" in page
    assert reverse("account_access", args=[User.objects.get(username="ana@example.org").pk]) in page
    read_only = signed_in(room.editor).get(reverse("spaces:detail", args=[space.pk])).content.decode()
    assert "Enviar otra vez" not in read_only
    assert "Instituto del Agua" in boss.get(LIST).content.decode()
    assert "Nuevo espacio" in boss.get(LIST).content.decode()


def test_further_institution_is_given_to_a_space(room):
    boss = signed_in(room.boss)
    boss.post(CREATE, sent(room, *PEOPLE))
    space = Space.objects.get(slug="idea")
    axis = room.commitment.get_parent().specific
    other = InstitutionFactory(name="Comisión de Cuencas", live=True)
    page = published(CommitmentPageFactory(parent=axis, responsible=other, code="8.9"))
    detail = reverse("spaces:detail", args=[space.pk])
    assert "Comisión de Cuencas" in boss.get(detail).content.decode()

    response = boss.post(detail, {"institution": other.pk}, follow=True)

    assert "Reporta por: Comisión de Cuencas, Instituto del Agua." in response.content.decode()
    assert space_of(page) == space
    again = boss.post(detail, {"institution": other.pk})
    assert "ya tiene espacio" in again.content.decode()


def test_only_administrators_give_an_institution_to_a_space(room):
    signed_in(room.boss).post(CREATE, sent(room))
    other = InstitutionFactory(live=True)
    detail = reverse("spaces:detail", args=[Space.objects.get(slug="idea").pk])

    assert "Otra institución" not in signed_in(room.editor).get(detail).content.decode()
    signed_in(room.editor).post(detail, {"institution": other.pk})
    signed_in(room.boss).post(reverse("spaces:detail", args=[room.space.pk]), {"institution": other.pk})

    assert not InstitutionSpace.objects.filter(institution=other).exists()
