"""Review of registry rows, and refusal of every other way to publish them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from wagtail.models import TaskState

from abierto.approval.conflicts.versions import OPENED, load_current_version
from abierto.approval.errors import InvalidSubmission, NotApproved, ReviewRefused
from abierto.approval.ledger.imports import imported
from abierto.approval.ledger.services import import_rows
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.overrides.withdrawal_reasons import FIELD
from abierto.approval.review.decisions import build_token
from abierto.registry.admin.reviewed import may_unpublish
from abierto.registry.models import STATE_MODELS, GlossaryTerm, Institution, Person
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import find_model_permissions
from tests.abierto.approval.newsroom import approve, expect_refusal, fresh, ledger, newsroom, person, submit
from tests.factories import GlossaryTermFactory, InstitutionFactory, PersonFactory, SeatFactory, republished
from tests.security.newsdesk import town_hall

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WHY = "Ya no ocupa el cargo."


@pytest.fixture
def room():
    return newsroom()


@pytest.fixture
def town() -> Space:
    return town_hall()


def url(row: object, name: str, *more: object) -> str:
    model = row if isinstance(row, type) else type(row)
    pk = [] if isinstance(row, type) else [row.pk]
    return reverse(model.snippet_viewset.get_url_name(name), args=[*pk, *more])


def form(row: Institution | None = None, **changed: object) -> dict[str, object]:
    data = {"name": "Instituto", "acronym": "", "kind": "autonomous", "valid_from": "", "valid_until": ""}
    opened = {OPENED: str(load_current_version(fresh(row)))} if row is not None else {}
    return {**data, "successor": "", "space": "", **opened, **changed}


def titles(client, **query: str) -> str:
    chooser = Institution.snippet_viewset.chooser_viewset
    return client.get(reverse(chooser.get_url_name("choose_results")), query).content.decode()


# --- Author and reviewer -------------------------------------------------------------------------------


def test_row_is_published_by_author_and_reviewer(client, room):
    client.force_login(room.editor)
    client.post(url(Institution, "add"), form())
    row = Institution.objects.get()
    assert not row.live
    html = client.get(url(row, "edit")).content.decode()
    assert "action-publish" not in html
    assert "action-submit" in html
    client.post(url(row, "edit"), form(row, name="Instituto de Prueba", **{"action-submit": "1"}))
    state = fresh(row).current_workflow_task_state
    review = reverse("approval:review", args=[state.pk])

    client.force_login(room.reviewer)
    assert review in client.get(url(row, "edit")).content.decode()
    assert "Instituto de Prueba" in client.get(review).content.decode()
    done = client.post(review, {"action": "approve", "comment": "", "token": build_token(state.revision)})

    row, decision = fresh(row), Approval.latest(row)
    assert done.status_code == 302
    assert (row.live, row.name) == (True, "Instituto de Prueba")
    assert (decision.kind, decision.reporter, decision.approver) == (
        ApprovalKind.REVIEW,
        room.editor,
        room.reviewer,
    )


def test_review_compares_with_public_version(client, room):
    row = InstitutionFactory(name="Nombre de antes")
    row.name = "Nombre de ahora"
    state = submit(row, room.editor)
    client.force_login(room.reviewer)

    html = client.get(reverse("approval:review", args=[state.pk])).content.decode()

    assert "antes" in html
    assert "ahora" in html
    assert fresh(row).name == "Nombre de antes"


def test_edit_of_public_row_stays_draft(room):
    row = GlossaryTermFactory(term="amparo", definition="Antes.")
    row.definition = "Ahora."
    state = submit(row, room.editor)
    assert fresh(row).definition == "Antes."

    approve(state, room.reviewer)

    assert fresh(row).definition == "Ahora."
    assert ledger(row) == ["import", "review"]


def test_author_cannot_approve_own_row(room):
    row = InstitutionFactory(live=False)
    with pytest.raises(ReviewRefused):
        approve(submit(row, room.both), room.both)
    assert not fresh(row).live


def test_row_is_reviewed_by_its_space_or_the_state(room, town):
    assert InstitutionFactory(space=town).get_workflow() == town.workflow
    assert InstitutionFactory().get_workflow() == room.space.workflow


# --- Errors while publishing ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("factory", "field"), [(InstitutionFactory, "name"), (GlossaryTermFactory, "term")], ids=["name", "term"]
)
def test_name_taken_since_review_is_an_error_message(client, room, factory, field):
    one, other = factory(**{field: "uno"}), factory(**{field: "dos"})
    setattr(one, field, "tres")
    state = submit(one, room.editor)
    republished(other, **{field: "tres"})
    client.force_login(room.reviewer)

    answer = client.post(
        reverse("approval:review", args=[state.pk]),
        {"action": "approve", "comment": "", "token": build_token(state.revision)},
    )

    assert answer.status_code == 409
    assert "Ya existe" in answer.content.decode()
    assert getattr(fresh(one), field) == "uno"
    assert ledger(one) == ["import"]
    assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_IN_PROGRESS


def test_invalid_row_is_not_published(room):
    row = InstitutionFactory(live=False)
    row.kind = "inventado"
    row.save_revision(user=room.editor, clean=False)

    with pytest.raises(InvalidSubmission, match="inventado"), transaction.atomic():
        row.get_workflow().start(row, room.editor)
    with imported("Una prueba"), pytest.raises(ValidationError):
        fresh(row).latest_revision.publish()


# --- Writes without review -----------------------------------------------------------------------------


def test_models_refuse_publication_without_review(room):
    row, draft = InstitutionFactory(), InstitutionFactory(live=False)
    row.name = "Otro"
    draft.live = True
    for one in (row, draft):
        with expect_refusal():
            one.save()
    with expect_refusal():
        draft.save_revision(user=room.superuser).publish(user=room.superuser)
    with pytest.raises(NotApproved):
        Institution.objects.filter(pk=draft.pk).update(live=True)
    with pytest.raises(NotApproved):
        Institution.objects.filter(pk=row.pk).update(name="Otro")
    with pytest.raises(NotApproved):
        Institution.objects.bulk_create([Institution(name="Nuevo", kind="autonomous")])
    assert not Institution.objects.filter(name__in=["Otro", "Nuevo"]).exists()


def test_bulk_import_requires_reason_and_few_queries(room, django_assert_num_queries):
    rows = [Person(name=f"Persona {number}") for number in range(40)]
    with pytest.raises(ValueError, match="reason"):
        import_rows(rows)
    Approval.latest(room.commitment)  # caches the content types
    with imported("De un documento publicado", by=room.editor), django_assert_num_queries(7):
        import_rows(rows)

    row = Person.objects.get(name="Persona 7")
    decision = Approval.latest(row)
    assert (row.live, decision.kind, decision.comment) == (
        True,
        ApprovalKind.IMPORT,
        "De un documento publicado",
    )
    assert decision.approver == room.editor
    republished(row, honorific="Dra.")


# --- Unpublishing --------------------------------------------------------------------------------------


def test_withdrawal_requires_reason_and_notifies(client, room):
    row = PersonFactory()
    client.force_login(room.administrator)
    edit = client.get(url(row, "edit")).content.decode()
    assert url(row, "unpublish") in edit

    assert "¿Por qué se retira?" in client.post(url(row, "unpublish")).content.decode()
    client.post(url(row, "unpublish"), {FIELD: WHY})

    decision = Approval.latest(row)
    assert not fresh(row).live
    assert (decision.kind, decision.approver, decision.comment) == (
        ApprovalKind.WITHDRAWN,
        room.administrator,
        WHY,
    )
    assert fresh(row).status_string == "retirado"


def test_deletion_requires_reason(client, room):
    seat = SeatFactory()
    client.force_login(room.administrator)

    assert "¿Por qué se retira?" in client.post(url(seat, "delete")).content.decode()
    assert type(seat).objects.filter(pk=seat.pk).exists()
    client.post(url(seat, "delete"), {FIELD: WHY})

    assert not type(seat).objects.exists()
    assert Approval.latest(seat).comment == WHY


def test_only_reviewers_and_administrators_withdraw(client, room, town):
    mayor = person("presidencia", town.administrators)
    own, states = PersonFactory(space=town), PersonFactory()

    who = [room.editor, room.reviewer, room.administrator, room.superuser, mayor]
    assert [may_unpublish(user, states) for user in who] == [False, True, True, True, False]
    assert [may_unpublish(user, own) for user in who] == [False, True, True, True, True]

    client.force_login(mayor)
    client.post(url(states, "unpublish"), {FIELD: WHY})
    client.post(url(own, "unpublish"), {FIELD: WHY})
    assert (fresh(states).live, fresh(own).live) == (True, False)


# --- Permissions by space ------------------------------------------------------------------------------


@pytest.fixture
def mayor(town):
    """A user of a town hall whose group has permissions on the registry."""
    town.editors.permissions.add(*find_model_permissions(STATE_MODELS))
    return person("presidencia", town.editors)


def test_permission_is_limited_to_own_space(client, room, town, mayor):
    client.force_login(mayor)
    for space in ("", room.space.pk):
        client.post(url(Institution, "add"), form(space=space))
        assert not Institution.objects.exists()
    client.post(url(Institution, "add"), form(space=town.pk))

    row = Institution.objects.get()
    assert (row.space, row.live) == (town, False)
    client.post(url(row, "edit"), form(row, space=room.space.pk))
    assert fresh(row).get_latest_revision_as_object().space == town


@pytest.mark.parametrize("name", ["edit", "delete", "history", "usage", "workflow_history", "unpublish"])
def test_rows_of_other_spaces_are_forbidden(client, room, mayor, name):
    for row in (InstitutionFactory(), InstitutionFactory(space=room.space)):
        client.force_login(mayor)
        for ask in (client.get, client.post):
            answer = ask(url(row, name), form(row, space=room.space.pk, **{FIELD: WHY}))
            assert answer.status_code in (302, 403, 404)
        assert fresh(row).live
        assert fresh(row).latest_revision is None


def test_bulk_actions_are_limited_to_own_space(client, room, town, mayor):
    own, states = InstitutionFactory(space=town, live=False), InstitutionFactory(live=False)
    address = reverse("wagtail_bulk_action", args=["registry", "institution", "delete"])
    client.force_login(mayor)

    client.post(f"{address}?id={own.pk}&id={states.pk}")

    assert list(Institution.objects.all()) == [states]


# --- Choosers ------------------------------------------------------------------------------------------


def test_choosers_offer_public_rows_and_own_drafts(client, room, town, mayor):
    InstitutionFactory(name="Pública")
    InstitutionFactory(name="Borrador estatal", live=False)
    InstitutionFactory(name="Borrador propio", live=False, space=town)
    InstitutionFactory(name="Retirada").unpublish()

    client.force_login(mayor)
    offered = titles(client)
    assert [name in offered for name in ("Pública", "Borrador propio")] == [True, True]
    assert [name in offered for name in ("Borrador estatal", "Retirada")] == [False, False]
    chosen = Institution.snippet_viewset.chooser_viewset.get_url_name("chosen")
    hidden = Institution.objects.get(name="Borrador estatal")
    assert client.get(reverse(chosen, args=[hidden.pk])).status_code == 404

    client.force_login(room.editor)
    offered = titles(client)
    assert all(name in offered for name in ("Pública", "Borrador estatal", "Retirada"))
    assert "borrador" in offered
    assert "retirado" in offered


def test_status_string():
    row = GlossaryTermFactory(live=False)
    words = [row.status_string]
    row = republished(row)
    words.append(row.status_string)
    row.definition = "Otra."
    row.save_revision()
    words.append(GlossaryTerm.objects.get().status_string)
    assert words == ["borrador", "público", "público, con cambios"]
