"""The responsible institution of a commitment decides which space has it, when that is published."""

import datetime
import json
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.urls import reverse
from wagtail.models import Locale, WorkflowPage, WorkflowState

from abierto.approval.ledger.imports import imported
from abierto.approval.models.task import create_review_workflow
from abierto.approval.review.decisions import build_token
from abierto.media.access import is_public_file
from abierto.operations.integrity.records import find_changed_files, find_changed_rows
from abierto.operations.integrity.spaces import find_commitments_in_wrong_space, find_incomplete_roots
from abierto.registry.models import InstitutionSpace
from abierto.tenancy.access import space_of
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space, SpaceRoot
from abierto.tenancy.provisioning import (
    assign_root,
    create_space,
    get_or_create_groups,
    get_shared_collection,
)
from pages.plans.commitments import CommitmentPage
from pages.plans.enums import PartyRole
from pages.plans.hand_over import describe_hand_over
from pages.plans.inlines import CommitmentParty
from pages.updates.drafts import start_update
from tests.abierto.approval.newsroom import approve, fresh, newsroom, person, submit
from tests.abierto.media.uploads import stored_document
from tests.factories import CommitmentPageFactory, InstitutionFactory, published
from tests.pages.admin.worlds import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def create_institution_with_space(name):
    groups = get_or_create_groups(name)
    workflow = create_review_workflow(name, groups.reviewers)
    space = create_space(SpaceKind.INSTITUTION, name, name.lower(), workflow)
    institution = InstitutionFactory(name=f"Instituto del {name}")
    InstitutionSpace.objects.create(institution=institution, holder=space)
    return institution, space


@pytest.fixture
def room():
    room = newsroom()
    room.norte, room.north = create_institution_with_space("Norte")
    room.sur, room.south = create_institution_with_space("Sur")
    room.nadie = InstitutionFactory(name="Instituto sin espacio")
    room.north_editor = person("norte", room.north.editors, email="norte@example.org")
    room.north_reviewer = person("norte-revisa", room.north.reviewers)
    room.south_editor = person("sur", room.south.editors, email="sur@example.org")
    return room


def give(page, institution):
    """Return the draft with another responsible institution."""
    page = fresh(page)
    page.parties.set([CommitmentParty(institution=institution, role=PartyRole.RESPONSIBLE)])
    return page


def start_url(page):
    return reverse("commitments:start_update", args=[page.pk])


def test_new_commitment_reaches_the_editor_of_its_institution_when_approved(room):
    axis = room.commitment.get_parent().specific
    page = CommitmentPageFactory(parent=axis, code="7.1", responsible=room.norte, actions=1)
    editor = signed_in(room.north_editor)
    state = submit(page, room.editor)
    assert space_of(page) == room.space
    assert editor.get(start_url(page)).status_code == 404

    approve(state, room.reviewer)

    assert space_of(page) == room.north
    assert editor.get(start_url(page)).status_code == 200
    assert WorkflowPage.objects.get(page=page).workflow == room.north.workflow


def test_change_of_institution_counts_only_when_published(room):
    published(give(room.commitment, room.norte))
    draft = give(room.commitment, room.sur)
    state = submit(draft, room.editor)
    assert space_of(draft) == room.north
    assert signed_in(room.south_editor).get(start_url(draft)).status_code == 404

    approve(state, room.north_reviewer)

    assert space_of(draft) == room.south
    assert signed_in(room.south_editor).get(start_url(draft)).status_code == 200
    assert signed_in(room.north_editor).get(start_url(draft)).status_code == 404


def test_draft_saved_by_an_import_hands_nothing_over(room):
    with imported("Un borrador"):
        give(room.commitment, room.norte).save_revision()

    assert space_of(room.commitment) == room.space


def test_page_saved_by_an_import_goes_to_its_institution(room):
    with imported("Sin señal de Wagtail"):
        give(room.commitment, room.norte).save()

    assert space_of(room.commitment) == room.north


def test_integrity_finds_nothing_after_handing_over(room):
    for institution in (room.norte, room.sur, room.nadie, room.norte):
        published(give(room.commitment, institution))

        assert list(find_incomplete_roots()) == []
        assert list(find_changed_rows()) == []
        assert list(find_commitments_in_wrong_space()) == []


def test_integrity_finds_a_commitment_in_another_space_than_its_institution(room):
    published(give(room.commitment, room.norte))
    assign_root(room.south, room.commitment)

    (finding,) = find_commitments_in_wrong_space()
    assert room.commitment.title in finding.message
    assert "«Sur»" in finding.message
    assert "«Norte»" in finding.message


def test_state_has_the_commitment_of_an_institution_without_space(room):
    published(give(room.commitment, room.norte))

    published(give(room.commitment, room.nadie))

    assert space_of(room.commitment) == room.space
    assert not SpaceRoot.objects.filter(page=room.commitment).exists()
    assert signed_in(room.north_editor).get(start_url(room.commitment)).status_code == 404


def test_commitment_without_responsible_institution_stays(room):
    page = published(give(room.commitment, room.norte))
    page.parties.set([])

    published(page)

    assert space_of(page) == room.north


def test_root_assigned_by_hand_to_a_space_of_no_institution_stays(room):
    groups = get_or_create_groups("Equipo")
    team = create_space(
        SpaceKind.INSTITUTION, "Equipo", "equipo", create_review_workflow("Equipo", groups.reviewers)
    )
    assign_root(team, room.commitment)

    published(give(room.commitment, room.nadie))

    assert space_of(room.commitment) == team


def test_plan_of_a_municipality_stays_whole(room):
    groups = get_or_create_groups("Villa")
    town = create_space(
        SpaceKind.MUNICIPALITY, "Villa", "villa", create_review_workflow("Villa", groups.reviewers)
    )
    assign_root(town, room.commitment.get_parent())

    published(give(room.commitment, room.norte))

    assert space_of(room.commitment) == town


def test_ended_party_does_not_count(room):
    page = give(room.commitment, room.norte)
    row = page.parties.all()[0]
    row.valid_until = datetime.date(2020, 1, 1)
    page.parties.set([row, CommitmentParty(institution=room.sur, role=PartyRole.RESPONSIBLE)])

    published(page)

    assert space_of(page) == room.south


def test_institution_that_only_takes_part_does_not_count(room):
    page = fresh(room.commitment)
    other = next(role for role in PartyRole if role != PartyRole.RESPONSIBLE)
    page.parties.set([CommitmentParty(institution=room.norte, role=other)])

    published(page)

    assert space_of(page) == room.space


def test_translation_goes_with_its_source(room):
    english = Locale.objects.get_or_create(language_code="en")[0]
    translation = room.commitment.copy_for_translation(english, copy_parents=True)

    published(give(room.commitment, room.norte))
    assert space_of(translation) == room.north

    published(give(translation, room.sur))
    assert space_of(translation) == space_of(room.commitment) == room.north

    published(give(room.commitment, room.nadie))
    assert space_of(translation) != room.north


def test_copy_is_of_the_state_until_it_is_published(room):
    source = published(give(room.commitment, room.norte))

    copy = source.copy(update_attrs={"slug": "copia", "code": "9.9", "title": "Copia"})

    assert space_of(copy) == room.space
    published(CommitmentPage.objects.get(pk=copy.pk))
    assert space_of(copy) == room.north


def test_restored_version_gives_the_commitment_back(room):
    first = published(give(room.commitment, room.norte)).live_revision
    published(give(room.commitment, room.sur))

    published(first.as_object())

    assert space_of(room.commitment) == room.north


def test_withdrawn_commitment_stays_with_its_institution(room):
    page = published(give(room.commitment, room.norte))

    page.unpublish()

    assert space_of(page) == room.north


def test_open_reviews_of_the_former_space_become_drafts(room):
    page = published(give(room.commitment, room.norte))
    update = start_update(page, datetime.date(2023, 1, 1), datetime.date(2023, 3, 31), room.north_editor)
    submit(fresh(update), room.north_editor)

    published(give(room.commitment, room.sur))

    assert WorkflowState.objects.active().for_instance(update).count() == 0
    assert fresh(update).get_workflow() == room.south.workflow


def test_public_file_of_the_former_space_stays_public(room):
    document = stored_document(Space.objects.get(pk=room.space.pk))  # paths of collections move
    page = give(room.commitment, room.norte)
    page.body = json.dumps(
        [{"type": "document", "value": {"document": document.pk, "title": "Acta", "text": ""}}]
    )

    published(page)

    document.refresh_from_db()
    assert document.collection == get_shared_collection()
    assert is_public_file(document)
    assert list(find_changed_files()) == []


def test_both_spaces_are_notified(room):
    published(give(room.commitment, room.norte))
    mail.outbox.clear()

    published(give(room.commitment, room.sur))

    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert "ya es de «Sur»" in letters["sur@example.org"]
    assert f"/admin/pages/{room.commitment.pk}/" in letters["sur@example.org"]
    assert "ya no es de «Norte»" in letters["norte@example.org"]


def test_form_and_review_say_what_will_happen(room):
    draft = give(room.commitment, room.norte)
    state = submit(draft, room.editor)

    form = signed_in(room.editor).get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    review = signed_in(room.reviewer).get(reverse("approval:review", args=[state.pk]))

    for response in (form, review):
        assert "Al publicarse pasa a «Norte»" in response.content.decode()
    assert build_token(state.revision)
    assert "no tiene espacio" in describe_hand_over(give(room.commitment, room.nadie))


def test_existing_spaces_are_linked_by_their_commitments_and_by_their_name(room):
    InstitutionSpace.objects.all().delete()
    assign_root(room.north, published(give(room.commitment, room.norte)))
    room.south.name = room.sur.name
    room.south.save()

    import_module("pages.migrations.0003_link_institutions_to_spaces").link(apps, None)

    found = InstitutionSpace.objects.values_list("institution__name", "holder__slug")
    assert set(found) == {(room.norte.name, "norte"), (room.sur.name, "sur")}
