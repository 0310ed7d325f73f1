"""Find rows past their term, propose their deletion, and delete them after two people of the state agreed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page, WorkflowState, get_default_page_content_type

from abierto.accounts.models import User
from abierto.acts.services import ActKind, confirm_act
from abierto.approval.errors import NotAllowed
from abierto.approval.guard.permissions import find_settled_pages
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.notifications import EmailText, notify, state_team
from abierto.approval.overrides.direct_changes import check_private_data, hash_row
from abierto.approval.reader_links import build_admin_url
from abierto.approval.roles.grants import check_granter
from abierto.guest_links.models import GuestLink
from abierto.redactions.models import Redaction
from abierto.spaces.enums import ProposalStatus
from abierto.spaces.proposals import check_open, withdraw
from abierto.text import visible_text
from pages.core.formatting import full_date

from .models import NOTE_LENGTH, DeletionKind, DeletionProposal

AT_ONCE = 500
"""Maximum rows of one proposal; the rest is proposed after its decision."""
SHOWN_NAMES = 10
POSTPONED = datetime.timedelta(days=90)
"""How long after a refusal no deletion of the same kind is proposed."""


@dataclass(frozen=True)
class Retention:
    """A kind of rows with a term."""

    kind: DeletionKind
    #: Why they are deleted, shown for the decision.
    reason: Any
    #: Returns the rows whose term began before a moment.
    find: Callable[[datetime.datetime], QuerySet[Any]]
    #: Describes a row for the decision, without its content.
    describe: Callable[[Any], str]

    @property
    def days(self) -> int:
        """Return the term in days; with 0 rows of this kind are never proposed."""
        return int(settings.ABIERTO_RETENTION_DAYS[self.kind])

    def find_due(self) -> QuerySet[Any]:
        """Return the rows past their term, ordered by id."""
        if not self.days:
            return self.find(timezone.now()).none()
        return self.find(timezone.now() - datetime.timedelta(days=self.days)).order_by("pk")


def find_redactions(limit: datetime.datetime) -> QuerySet[Redaction]:
    """Return finished redactions past ``expires_at``, which does not change with the setting."""
    return Redaction.objects.expired().filter(finished_at__isnull=False).select_related("space")


def describe_redaction(redaction: Redaction) -> str:
    day = full_date(timezone.localdate(redaction.created_at))
    return _("Texto de «%(space)s», del %(day)s") % {"space": redaction.space, "day": day}


def find_guest_links(limit: datetime.datetime) -> QuerySet[GuestLink]:
    """Return the guest links that ended before ``limit``; their creator stays in the log of the page."""
    return GuestLink.objects.filter(Q(expires_at__lt=limit) | Q(revoked_at__lt=limit))


def describe_guest_link(link: GuestLink) -> str:
    day = full_date(timezone.localdate(link.created_at))
    return _("Enlace para %(guest)s, del %(day)s") % {"guest": link.guest, "day": day}


def find_drafts(limit: datetime.datetime) -> QuerySet[Page]:
    """Return leaf pages, unchanged since ``limit``, that were never public or decided, nor are in review."""
    in_review = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type=get_default_page_content_type(),
        object_id=OuterRef("key"),
    )
    never_public = Page.objects.filter(
        live=False,
        first_published_at__isnull=True,
        numchild=0,
        depth__gt=2,
        latest_revision_created_at__lt=limit,
    )
    decided = Approval.objects.filter(
        content_type__app_label="pages", object_id=OuterRef("key"), kind=ApprovalKind.REVIEW
    )
    return never_public.annotate(key=Cast("pk", CharField())).exclude(Exists(in_review) | Exists(decided))


def describe_draft(page: Page) -> str:
    day = full_date(timezone.localdate(page.latest_revision_created_at))
    return _("«%(title)s», sin cambios desde el %(day)s") % {"title": page.draft_title, "day": day}


RETENTIONS: dict[str, Retention] = {
    retention.kind: retention
    for retention in (
        Retention(
            DeletionKind.REDACTIONS,
            gettext_lazy("Tienen los datos personales que se ocultaron; ya nadie puede abrirlos."),
            find_redactions,
            describe_redaction,
        ),
        Retention(
            DeletionKind.GUEST_LINKS,
            gettext_lazy("Tienen el nombre de quien leyó un borrador; ya no abren nada."),
            find_guest_links,
            describe_guest_link,
        ),
        Retention(
            DeletionKind.DRAFTS,
            gettext_lazy("Nadie los terminó y pueden tener datos que no se revisaron."),
            find_drafts,
            describe_draft,
        ),
    )
}


# --- Proposing -----------------------------------------------------------------------------------------


def propose_due_deletions() -> list[DeletionProposal]:
    """Propose the due rows of each kind without an open proposal or recent refusal; notify the state team."""
    made = []
    for retention in RETENTIONS.values():
        rows = DeletionProposal.objects.filter(kind=retention.kind)
        refused = Q(status=ProposalStatus.WITHDRAWN, decided_at__gt=timezone.now() - POSTPONED)
        keys = list(retention.find_due().values_list("pk", flat=True)[:AT_ONCE])
        if keys and not rows.filter(Q(status=ProposalStatus.OPEN) | refused).exists():
            made.append(DeletionProposal.objects.create(kind=retention.kind, keys=keys))
    if made:
        notify(state_team(), partial(_write_proposals, made))
    return made


@transaction.atomic
def agree_to_deletion(key: int, reason: str, by: User) -> DeletionProposal:
    """Record the agreement of the first of two people, with a reason for the ledger.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    check_granter(by)
    proposal = DeletionProposal.objects.select_for_update(of=("self",)).get(pk=key)
    check_open(proposal)
    if proposal.proposed_by_id is not None:
        raise NotAllowed(_("Alguien ya estuvo de acuerdo. Falta que otra persona lo confirme."))
    proposal.reason = visible_text(reason)[:NOTE_LENGTH]
    if not proposal.reason:
        raise NotAllowed(_("Escribe por qué se borra. Queda en el libro de aprobaciones."))
    check_private_data(proposal, ["reason"])
    proposal.proposed_by, proposal.proposed_at = by, timezone.now()
    proposal.save(update_fields=["reason", "proposed_by", "proposed_at"])
    notify(state_team(), partial(_write_agreement, proposal), by)
    return proposal


@transaction.atomic
def refuse_deletion(key: int, reason: str, by: User) -> None:
    """Refuse a deletion; rows of the same kind are not proposed again for ``POSTPONED``.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    proposal = DeletionProposal.objects.select_for_update(of=("self",)).get(pk=key)
    withdraw(proposal, by)
    proposal.refusal = visible_text(reason)[:NOTE_LENGTH]
    proposal.save(update_fields=["refusal"])


# --- Deleting ------------------------------------------------------------------------------------------


def confirm_deletion(key: int, token: str, by: User) -> DeletionProposal:
    """Record the agreement of the second person, and delete the rows that are still due, in one transaction.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    if not DeletionProposal.objects.filter(pk=key, proposed_by__isnull=False).exists():
        raise NotAllowed(_("Antes una persona dice por qué se borra; otra lo confirma."))
    return cast(DeletionProposal, confirm_act(DELETION, key, token, by))


def find_rows(proposal: DeletionProposal) -> QuerySet[Any]:
    """Return the rows of a proposal that are still due."""
    return RETENTIONS[proposal.kind].find_due().filter(pk__in=proposal.keys)


def describe_deletion(proposal: DeletionProposal) -> list[str]:
    """Return the number of rows and the descriptions of the first ones."""
    retention, rows = RETENTIONS[proposal.kind], list(find_rows(proposal))
    names = [retention.describe(row) for row in rows[:SHOWN_NAMES]]
    if len(rows) > SHOWN_NAMES:
        names.append(_("y %(number)s más") % {"number": len(rows) - SHOWN_NAMES})
    total = ngettext("Se borra %(count)s, para siempre.", "Se borran %(count)s, para siempre.", len(rows))
    return [total % {"count": len(rows)}, *names]


def check_deletion(proposal: DeletionProposal) -> None:
    """Refuse a proposal without remaining rows.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    if not find_rows(proposal).exists():
        raise NotAllowed(_("Ya no queda nada de esto por borrar. Ciérralo con «No borrar»."))


def apply_deletion(proposal: DeletionProposal, by: User) -> None:
    """Delete the rows, and record both people, the kind and the number in the ledger."""
    rows = list(find_rows(proposal))
    for row in rows:
        if isinstance(row, Page) and find_settled_pages(row).exists():
            raise NotAllowed(_("«%(title)s» está en revisión. Léelo otra vez.") % {"title": row.draft_title})
        row.delete()
    proposal.deleted = len(rows)
    proposal.save(update_fields=["deleted"])
    Approval.record(
        proposal,
        ApprovalKind.DIRECT,
        sha=hash_row(proposal),
        reporter=proposal.proposed_by,
        approver=by,
        comment=f"{proposal}: {len(rows)}. {proposal.reason}",
    )
    notify(state_team(), partial(_write_deletion, proposal), by)


def _write_proposals(made: list[DeletionProposal], reader: User) -> EmailText:
    lines = [f"{proposal}: {len(proposal.keys)}" for proposal in made]
    text = _("Su plazo terminó. Nada se borra hasta que dos personas del equipo estatal lo aprueben.")
    address = build_admin_url("retention:list")
    return _("Hay cosas por borrar"), "\n".join([text, "", *lines, "", address])


def _write_agreement(proposal: DeletionProposal, reader: User) -> EmailText:
    who = proposal.proposed_by.public_name if proposal.proposed_by else ""
    text = _("%(who)s está de acuerdo. Otra persona lo confirma o decide no borrar.") % {"who": who}
    return str(proposal), f"{text}\n\n{build_admin_url('retention:list')}"


def _write_deletion(proposal: DeletionProposal, reader: User) -> EmailText:
    values = {"count": proposal.deleted, "reason": proposal.reason}
    return str(proposal), _("Se borraron %(count)s. Motivo: %(reason)s") % values


DELETION = ActKind("deletion", DeletionProposal, describe_deletion, check_deletion, apply_deletion)
