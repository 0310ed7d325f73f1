"""What is past its term: proposed by the job, deleted only when two people of the state agree."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from abierto.acts.services import build_token
from abierto.approval.errors import NotAllowed
from abierto.approval.models import Approval, ApprovalKind
from abierto.guest_links.models import GuestLink
from abierto.operations.integrity import run_checks
from abierto.redactions.models import Redaction
from abierto.retention.models import DeletionKind, DeletionProposal
from abierto.retention.services import (
    DELETION,
    POSTPONED,
    RETENTIONS,
    agree_to_deletion,
    confirm_deletion,
    propose_due_deletions,
    refuse_deletion,
)
from abierto.spaces.enums import ProposalStatus
from pages.home.models import HomePage
from pages.standard.models import StandardPage
from tests.abierto.approval.newsroom import newsroom, person, submit
from tests.pages.admin.worlds import signed_in
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SCREEN = reverse("retention:list")
REASON = "El plazo del catálogo de archivo terminó."
LONG_AGO = timezone.now() - datetime.timedelta(days=800)


@built_once
def build_room():
    """A state team with two administrators, and one row of each kind past its term."""
    room = newsroom()
    room.boss = person("jefa", room.space.administrators, email="jefa@example.org")
    room.other_boss = person("jefe", room.space.administrators, email="jefe@example.org")
    room.draft = add_draft(room, "Un borrador olvidado")
    room.link = add_link(room, "Universidad de Guanajuato")
    redaction = Redaction(space=room.space, author=room.editor)
    redaction.write_content({"original": "secreto"})
    redaction.finish()
    redaction.expires_at = LONG_AGO
    redaction.save()
    return room


@pytest.fixture
def room():
    return build_room()


def add_draft(room, title, changed=LONG_AGO):
    page = StandardPage(title=title, slug=title.lower().replace(" ", "-"), live=False, owner=room.editor)
    HomePage.objects.get().add_child(instance=page)
    page.save_revision(user=room.editor)
    Page.objects.filter(pk=page.pk).update(latest_revision_created_at=changed)
    return page


def add_link(room, guest):
    page = Page.objects.get(pk=room.draft.pk)
    return GuestLink.objects.create(
        revision=page.latest_revision, guest=guest, expires_at=LONG_AGO, created_by=room.editor
    )


def proposal_of(kind):
    return DeletionProposal.objects.get(kind=kind, status=ProposalStatus.OPEN)


def broken_records():
    """Return the integrity checks that find something; the room is not a complete portal."""
    return {name for name, found in run_checks().items() if found}


def confirm(proposal, by):
    proposal.refresh_from_db()
    return confirm_deletion(proposal.pk, build_token(DELETION, proposal), by)


def test_the_job_proposes_once_and_deletes_nothing(room, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("propose_deletions")
        call_command("propose_deletions")

    assert {row.kind: row.keys for row in DeletionProposal.objects.all()} == {
        "redactions": [Redaction.objects.get().pk], "guest_links": [room.link.pk], "drafts": [room.draft.pk],
    }  # fmt: skip
    assert {row.proposed_by for row in DeletionProposal.objects.all()} == {None}
    letters = [letter for letter in mail.outbox if "jefa@example.org" in letter.to]
    assert len(letters) == 1
    assert SCREEN in letters[0].body


def test_two_people_delete_on_screen_and_the_ledger_names_them(room):
    found = broken_records()
    propose_due_deletions()
    proposal = proposal_of(DeletionKind.GUEST_LINKS)
    sent = {"proposal": proposal.pk, "reason": REASON}
    assert "Enlace para Universidad de Guanajuato" in signed_in(room.boss).get(SCREEN).content.decode()

    assert "Falta que otra" in signed_in(room.boss).post(SCREEN, {**sent, "agree": ""}, follow=True).text
    proposal.refresh_from_db()
    sent = {"proposal": proposal.pk, "token": build_token(DELETION, proposal), "confirm": ""}
    assert "La confirma otra persona" in signed_in(room.boss).post(SCREEN, sent, follow=True).text
    assert GuestLink.objects.exists()

    page = signed_in(room.other_boss).post(SCREEN, sent, follow=True).text

    assert "Borrado: 1." in page
    assert REASON not in page.split("Lo decidido")[0]
    assert not GuestLink.objects.exists()
    row = Approval.objects.of(proposal).get()
    assert (row.kind, row.reporter, row.approver) == (ApprovalKind.DIRECT, room.boss, room.other_boss)
    assert REASON in row.comment
    assert broken_records() == found


@pytest.mark.parametrize("kind", DeletionKind)
def test_every_kind_is_deleted_after_both_agreed(room, kind):
    propose_due_deletions()
    proposal = proposal_of(kind)
    agree_to_deletion(proposal.pk, REASON, room.boss)

    assert confirm(proposal, room.other_boss).deleted == 1

    assert not RETENTIONS[kind].find_due().exists()
    assert Page.objects.filter(pk=room.draft.pk).exists() == (kind != DeletionKind.DRAFTS)


def test_one_person_is_not_enough(room):
    propose_due_deletions()
    proposal = proposal_of(DeletionKind.DRAFTS)
    with pytest.raises(NotAllowed, match="Antes una persona"):
        confirm(proposal, room.boss)
    with pytest.raises(NotAllowed, match="Escribe por qué"):
        agree_to_deletion(proposal.pk, " ", room.boss)
    agree_to_deletion(proposal.pk, REASON, room.boss)
    with pytest.raises(NotAllowed, match="otra persona"):
        confirm(proposal, room.boss)
    with pytest.raises(NotAllowed, match="ya estuvo de acuerdo"):
        agree_to_deletion(proposal.pk, REASON, room.other_boss)

    assert Page.objects.filter(pk=room.draft.pk).exists()


@pytest.mark.parametrize("who", ["editor", "reviewer"])
def test_only_administrators_of_the_state_decide(room, who):
    propose_due_deletions()
    proposal = proposal_of(DeletionKind.DRAFTS)
    user = getattr(room, who)
    for step in (
        lambda: agree_to_deletion(proposal.pk, REASON, user),
        lambda: refuse_deletion(proposal.pk, "", user),
    ):
        with pytest.raises(NotAllowed):
            step()
    assert signed_in(user).get(SCREEN).status_code in {302, 403, 404}


def test_a_refusal_deletes_nothing_and_postpones(room):
    propose_due_deletions()
    sent = {
        "proposal": proposal_of(DeletionKind.DRAFTS).pk,
        "reason": "Se va a publicar.",
        "refuse": "",
    }
    page = signed_in(room.boss).post(SCREEN, sent, follow=True).text

    assert "Se va a publicar." in page
    assert propose_due_deletions() == []
    DeletionProposal.objects.filter(kind="drafts").update(decided_at=timezone.now() - POSTPONED)
    assert [row.kind for row in propose_due_deletions()] == ["drafts"]
    assert Page.objects.filter(pk=room.draft.pk).exists()


def test_what_changed_meanwhile_is_not_deleted(room):
    propose_due_deletions()
    proposal = proposal_of(DeletionKind.DRAFTS)
    agree_to_deletion(proposal.pk, REASON, room.boss)
    token = build_token(DELETION, DeletionProposal.objects.get(pk=proposal.pk))
    Page.objects.get(pk=room.draft.pk).specific.save_revision(user=room.editor)

    with pytest.raises(NotAllowed, match="Ya no queda nada"):
        confirm_deletion(proposal.pk, token, room.other_boss)

    assert Page.objects.filter(pk=room.draft.pk).exists()


def test_what_is_in_review_young_or_was_public_is_never_due(room, settings):
    add_draft(room, "Otro reciente", changed=timezone.now())
    waiting = add_draft(room, "Uno en revisión")
    submit(waiting.specific, room.editor)
    Page.objects.filter(pk=waiting.pk).update(latest_revision_created_at=LONG_AGO)
    public = add_draft(room, "Uno retirado")
    Page.objects.filter(pk=public.pk).update(first_published_at=LONG_AGO)

    assert [page.pk for page in RETENTIONS["drafts"].find_due()] == [room.draft.pk]
    settings.ABIERTO_RETENTION_DAYS = {**settings.ABIERTO_RETENTION_DAYS, "drafts": 0}
    assert not RETENTIONS["drafts"].find_due().exists()


@pytest.mark.parametrize("sent", [{}, {"proposal": "x"}, {"proposal": "9" * 30}, {"proposal": "999999"}])
def test_a_wrong_address_is_not_found(room, sent):
    assert signed_in(room.boss).post(SCREEN, {**sent, "agree": ""}).status_code == 404


def test_expired_sessions_are_deleted_with_their_addresses(room):
    client = signed_in(room.boss)
    Session.objects.create(session_key="vieja", session_data="", expire_date=LONG_AGO)

    call_command("delete_sessions")

    assert not Session.objects.filter(session_key="vieja").exists()
    assert client.get(SCREEN).status_code == 200
