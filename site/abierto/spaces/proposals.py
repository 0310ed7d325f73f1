"""Two people of the state provision a municipality: one proposes, another confirms, its accounts included."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from abierto.accounts.invitations import send_invitation
from abierto.accounts.models import User
from abierto.approval.concurrency.tree_lock import run_with_tree_lock
from abierto.approval.errors import NotAllowed
from abierto.approval.models.accounts import AccountEvent
from abierto.approval.roles.grant_history import record_account_event
from abierto.approval.roles.grants import check_granter
from abierto.registry.models import Municipality
from abierto.tenancy.models import Space

from .enums import ProposalStatus, ReviewSource, Role
from .microsite_template import load_template
from .models import MunicipalityProposal, MunicipalitySpace, ReviewerProposal, TemplatePage, TwoPersonProposal
from .municipalities import NewMunicipality, ProvisioningResult, provision_locked
from .names import is_address_taken
from .review_source import ProvisioningRefused, set_review
from .services import NewAccount, get_role_group

TEMPLATE_FIELDS = ("key", "title", "slug", "summary", "show_in_menus", "is_public", "is_included")
PROPOSED_FIELDS = (
    "municipality_id", "title", "band_color", "accent_color", "presentation", "review", "has_state_step",
    "accounts",
)  # fmt: skip


@transaction.atomic
def propose_municipality(
    new: NewMunicipality, accounts: Sequence[NewAccount], by: User
) -> MunicipalityProposal:
    """Save a proposal for another person of the state to confirm.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    check_granter(by)
    town = new.municipality
    if not find_free_municipalities().filter(pk=town.pk).exists():
        raise ProvisioningRefused(
            _("«%(name)s» ya tiene quien administre su espacio, o alguien ya lo propuso.") % {"name": town}
        )
    return MunicipalityProposal.objects.create(
        municipality=town,
        title=new.title,
        band_color=new.band_color,
        accent_color=new.accent_color,
        presentation=new.presentation,
        review=new.review,
        has_state_step=new.has_state_step,
        accounts=[asdict(account) for account in accounts],
        proposed_by=by,
    )


def find_free_municipalities() -> QuerySet[Municipality]:
    """Return the public municipalities without an open proposal and without an administrator."""
    proposed = MunicipalityProposal.objects.filter(status=ProposalStatus.OPEN).values("municipality")
    run = User.objects.filter(groups__runs_space__isnull=False).values("groups__runs_space")
    found: QuerySet[Municipality] = Municipality.objects.filter(live=True).exclude(pk__in=proposed)
    return found.exclude(space_link__holder__in=run).order_by("name")


def build_token(proposal: MunicipalityProposal, template: Iterable[TemplatePage]) -> str:
    """Return the hash of the proposal and the template pages, which a confirmation must match."""
    content = {name: getattr(proposal, name) for name in PROPOSED_FIELDS}
    pages = [[getattr(row, name) for name in TEMPLATE_FIELDS] for row in template]
    text = json.dumps([content, pages], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def confirm_municipality(key: int, token: str, by: User) -> ProvisioningResult:
    """Provision a proposed municipality and invite its accounts, all or nothing.

    The two people vouch for every deciding role among the accounts.

    Raises:
        NotAllowed: with the sentence for the user.
    """

    def confirm() -> ProvisioningResult:
        proposal = MunicipalityProposal.objects.select_related("municipality", "proposed_by").get(pk=key)
        check_second_person(proposal, by)
        check_granter(proposal.proposed_by)
        if build_token(proposal, load_template()) != token:
            raise NotAllowed(_("La propuesta o la plantilla cambió mientras la leías. Léela otra vez."))
        new = read_proposal(proposal)
        done = provision_locked(new, by)
        if not done.is_new:
            link = MunicipalitySpace.objects.select_related("holder").get(holder=done.space)
            set_review(link, new.review, has_state_step=new.has_state_step, by=by)
        for account in proposal.accounts:
            role = Role(account["role"])
            invite(NewAccount(**account | {"role": role}), role, done.space, by, proposal.proposed_by)
        close_proposal(proposal, ProposalStatus.CONFIRMED, by)
        return done

    return run_with_tree_lock(confirm)


def read_proposal(proposal: MunicipalityProposal) -> NewMunicipality:
    return NewMunicipality(
        municipality=proposal.municipality,
        title=proposal.title,
        band_color=proposal.band_color,
        accent_color=proposal.accent_color,
        presentation=proposal.presentation,
        review=ReviewSource(proposal.review),
        has_state_step=proposal.has_state_step,
    )


@transaction.atomic
def confirm_reviewer(key: int, by: User) -> User:
    """Invite a reviewer whom a municipality proposed; the proposer and ``by`` vouch for her.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    rows = ReviewerProposal.objects.select_for_update(of=("self",)).select_related("holder", "proposed_by")
    proposal = rows.get(pk=key)
    check_second_person(proposal, by)
    if not proposal.holder.administrators.user_set.filter(
        pk=proposal.proposed_by_id, is_active=True
    ).exists():
        raise NotAllowed(_("Quien propuso a «%(name)s» ya no administra su espacio.") % {"name": proposal})
    person = NewAccount(proposal.first_name, proposal.last_name, proposal.email, Role.REVIEWER)
    account = invite(person, Role.REVIEWER, proposal.holder, by, proposal.proposed_by)
    close_proposal(proposal, ProposalStatus.CONFIRMED, by)
    return account


@transaction.atomic
def withdraw(proposal: TwoPersonProposal, by: User) -> None:
    """Close a proposal without applying it; its author may do so too."""
    check_open(proposal)
    if proposal.proposed_by_id != by.pk:
        check_granter(by)
    close_proposal(proposal, ProposalStatus.WITHDRAWN, by)


def check_second_person(proposal: TwoPersonProposal, by: User) -> None:
    """Refuse the confirmation of a closed proposal, or by the person who proposed it."""
    check_open(proposal)
    if proposal.proposed_by_id == by.pk:
        raise NotAllowed(_("Tú propusiste «%(name)s». La confirma otra persona.") % {"name": proposal})
    check_granter(by)


def check_open(proposal: TwoPersonProposal) -> None:
    if proposal.status != ProposalStatus.OPEN:
        raise NotAllowed(_("Alguien ya decidió sobre «%(name)s».") % {"name": proposal})


def close_proposal(proposal: TwoPersonProposal, status: ProposalStatus, by: User) -> None:
    proposal.status, proposal.decided_by, proposal.decided_at = status, by, timezone.now()
    proposal.save(update_fields=["status", "decided_by", "decided_at"])


def invite(new: NewAccount, role: Role, space: Space, by: User, proposer: User) -> User:
    """Create an account with a role that two people give, and invite its owner.

    Raises:
        NotAllowed: if the address opens an account already; not whose or where.
    """
    address = new.email.lower()
    if is_address_taken(address):
        raise NotAllowed(
            _("Ya hay una cuenta con el correo %(address)s. Retira la propuesta y usa otro.")
            % {"address": address}
        )
    account = User(username=address, email=address, first_name=new.first_name, last_name=new.last_name)
    account.set_unusable_password()
    account.save()
    group = get_role_group(role, space)
    if role == Role.REVIEWER:
        record_account_event(AccountEvent.GRANTED, account, proposer, group)
    account.groups.add(group)
    send_invitation(account, by)
    return account
