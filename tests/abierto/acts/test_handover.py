"""Handover of an institution: its successor takes over its content, and past records keep the old name."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from abierto.accounts.models import User
from abierto.acts.handover import HANDOVER, propose_handover
from abierto.acts.models import HandoverAct
from abierto.approval.errors import NotAllowed
from abierto.approval.models import Approval, ApprovalKind
from abierto.media.models import PortalDocument
from abierto.operations.integrity import run_checks
from abierto.registry.models import Institution, InstitutionSpace, Seat
from abierto.spaces.services import link_institution
from abierto.tenancy.access import space_of
from pages.plans.commitments import CommitmentPage
from pages.updates.models import ProgressUpdatePage
from tests.abierto.acts.deciding import confirm
from tests.abierto.approval.newsroom import draft_update, newsroom, person, submit
from tests.factories import (
    CommitmentPageFactory,
    InstitutionFactory,
    ProgressUpdatePageFactory,
    SeatFactory,
    published,
)
from tests.pages.admin.worlds import signed_in, space
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LAST_DAY = datetime.date(2025, 3, 20)
NEXT_DAY = datetime.date(2025, 3, 21)
SOURCE = "Decreto del 20 de marzo de 2025"


@built_once
def build_ending():
    """The guarantor with its space, a commitment, a seat, an account for each role and a document."""
    room = newsroom()
    room.boss = person("jefa", room.space.administrators)
    room.other_boss = person("jefe", room.space.administrators)
    room.old = InstitutionFactory(name="Instituto de Acceso", acronym="IACIP")
    room.new = InstitutionFactory(name="Secretaría de Transparencia", acronym="ST")
    room.home = space("Instituto de Acceso")
    axis = room.commitment.get_parent().specific
    room.commitment = published(
        CommitmentPageFactory(parent=axis, code="9.1", responsible=room.old, actions=2)
    )
    link_institution(room.old, room.home)
    room.commitment.refresh_from_db()
    room.update = published(
        ProgressUpdatePageFactory(parent=room.commitment, owner=room.editor, rows={1: 40, 2: 10})
    )
    room.seat = SeatFactory(institution=room.old, post="Comisionada")
    room.home_editor = person("iacip-e", room.home.editors)
    room.home_reviewer = person("iacip-r", room.home.reviewers)
    room.file = PortalDocument.objects.create(
        title="Acta", file=ContentFile(b"Acta", "acta.txt"), collection=room.home.collection
    )
    return room


@pytest.fixture
def room():
    return build_ending()


def propose(room, old=None, new=None, ended_on=LAST_DAY):
    return propose_handover(old or room.old, new or room.new, ended_on, SOURCE, room.boss)


def parties(room):
    rows = CommitmentPage.objects.get(pk=room.commitment.pk).parties.order_by("sort_order")
    return [(row.institution.acronym, row.valid_from, row.valid_until) for row in rows]


def findings(*more):
    names = ["approvals", "records", "ledger", "versions", "commitment-spaces", "space-roots", "file-spaces"]
    return [finding for rows in run_checks([*names, "handovers", *more]).values() for finding in rows]


@pytest.mark.both_databases
def test_a_successor_without_a_space_takes_over_that_of_the_old(room, client):
    assert space_of(room.commitment) == room.home

    confirm(HANDOVER, propose(room), room.other_boss)

    old = Institution.objects.get(pk=room.old.pk)
    assert (old.valid_until, old.successor, old.live) == (LAST_DAY, room.new, True)
    assert parties(room) == [("IACIP", None, LAST_DAY), ("ST", NEXT_DAY, None)]
    assert space_of(CommitmentPage.objects.get(pk=room.commitment.pk)) == room.home
    assert InstitutionSpace.objects.get(institution=room.new).holder == room.home
    assert User.objects.get(pk=room.home_editor.pk).groups.get() == room.home.editors
    was, now = Seat.objects.filter(person=room.seat.person).order_by("pk")
    assert (was.institution, was.post, was.valid_until) == (room.old, "Comisionada", LAST_DAY)
    assert (now.institution, now.post, now.valid_from, now.live) == (room.new, "", NEXT_DAY, True)
    html = client.get(room.commitment.get_url()).content.decode()
    assert "Instituto de Acceso" in html
    assert "Secretaría de Transparencia" in html
    assert not findings()


@pytest.mark.both_databases
def test_a_successor_with_a_space_gets_pages_files_and_people(room):
    target = space("Secretaría de Transparencia")
    link_institution(room.new, target)

    confirm(HANDOVER, propose(room), room.other_boss)

    assert space_of(CommitmentPage.objects.get(pk=room.commitment.pk)) == target
    assert space_of(ProgressUpdatePage.objects.get(pk=room.update.pk)) == target
    assert InstitutionSpace.objects.get(institution=room.old).holder == target
    assert PortalDocument.objects.get(pk=room.file.pk).space == target
    assert User.objects.get(pk=room.home_editor.pk).groups.get() == target.editors
    reviewer = User.objects.get(pk=room.home_reviewer.pk)
    assert (reviewer.groups.get(), reviewer.is_active) == (target.reviewers, True)
    assert not room.home.roots.exists()
    assert not findings()


def test_history_shows_the_old_name_and_who_decided(room, client):
    confirm(HANDOVER, propose(room), room.other_boss)

    history = client.get(reverse("pages:history", args=[room.commitment.pk])).content.decode()
    assert "Instituto de Acceso" in history
    assert "Secretaría de Transparencia" in history
    decided = Approval.objects.of(room.commitment).first()
    assert (decided.kind, decided.reporter, decided.approver) == (
        ApprovalKind.REVIEW,
        room.boss,
        room.other_boss,
    )
    assert decided.comment == "Relevo de Instituto de Acceso por Secretaría de Transparencia"
    assert ProgressUpdatePage.objects.get(pk=room.update.pk).live


def test_a_draft_gets_the_same_parties_and_stays_a_draft(room):
    page = CommitmentPage.objects.get(pk=room.commitment.pk)
    page.problem = "Un borrador."
    page.save_revision(user=room.editor)

    confirm(HANDOVER, propose(room), room.other_boss)

    stored = CommitmentPage.objects.get(pk=room.commitment.pk)
    draft = stored.get_latest_revision_as_object()
    assert stored.problem != "Un borrador."
    assert draft.problem == "Un borrador."
    assert [row.institution.acronym for row in draft.parties.all()] == ["IACIP", "ST"]


def refused(room, sentence, **values):
    with pytest.raises(NotAllowed, match=sentence):
        confirm(HANDOVER, propose(room, **values), room.other_boss)
    assert parties(room) == [("IACIP", None, None)]
    assert Institution.objects.get(pk=room.old.pk).successor is None


def test_an_unsuitable_successor_is_refused(room):
    ended = InstitutionFactory(valid_until=timezone.localdate() - datetime.timedelta(days=1))
    circle = InstitutionFactory(successor=room.old)
    draft = InstitutionFactory(live=False)

    refused(room, "a sí misma", new=room.old)
    refused(room, "no puede recibir nada", new=ended)
    refused(room, "en círculo", new=circle)
    refused(room, "públicas", new=draft)


def test_inconsistent_dates_are_refused(room):
    refused(room, "todavía no pasa", ended_on=timezone.localdate())
    young = InstitutionFactory(valid_from=datetime.date(2025, 4, 1))
    refused(room, "no pudo terminar antes", old=young)
    gone = InstitutionFactory(valid_until=datetime.date(2024, 1, 1))
    refused(room, "terminó el 1 de enero de 2024", old=gone)


def test_an_act_waits_for_open_reviews(room):
    act = propose(room)
    update = draft_update(
        room, title="De marzo", period_start=NEXT_DAY, period_end=datetime.date(2025, 4, 30)
    )
    submit(update, room.home_editor)

    with pytest.raises(NotAllowed, match="Hay cosas en revisión"):
        confirm(HANDOVER, act, room.other_boss)

    assert parties(room) == [("IACIP", None, None)]


def test_one_failure_rolls_everything_back(room, monkeypatch):
    link_institution(room.new, space("Secretaría de Transparencia"))
    act = propose(room)

    def fail(*args):
        raise NotAllowed("No se pudo.")

    monkeypatch.setattr("abierto.acts.handover.move_people", fail)
    with pytest.raises(NotAllowed, match="No se pudo"):
        confirm(HANDOVER, act, room.other_boss)

    assert parties(room) == [("IACIP", None, None)]
    assert Institution.objects.get(pk=room.old.pk).valid_until is None
    assert Seat.objects.filter(person=room.seat.person).count() == 1
    assert space_of(CommitmentPage.objects.get(pk=room.commitment.pk)) == room.home
    assert HandoverAct.objects.get().status == "open"


def test_what_still_names_the_old_institution_is_found(room):
    confirm(HANDOVER, propose(room), room.other_boss)
    assert not run_checks(["handovers"])["handovers"]

    SeatFactory(institution=room.old)

    assert "Instituto de Acceso" in run_checks(["handovers"])["handovers"][0].message


def test_it_is_proposed_on_screen(room):
    client, address = signed_in(room.boss), reverse("acts:handover")
    sent = {"predecessor": room.old.pk, "successor": room.old.pk, "ended_on": "20/03/2025", "source": SOURCE}

    assert "a sí misma" in client.post(address, sent).content.decode()
    page = client.post(address, {**sent, "successor": room.new.pk}, follow=True).content.decode()

    assert "Propusiste: Relevo de Instituto de Acceso por Secretaría de Transparencia" in page
    assert "Compromisos en los que sigue «Secretaría de Transparencia»: 1." in page
    assert signed_in(room.home_editor).get(address).status_code == 404
