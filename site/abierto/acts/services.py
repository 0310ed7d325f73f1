"""Propose, confirm and withdraw acts of any kind."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.approval.concurrency.tree_lock import run_with_tree_lock
from abierto.approval.errors import NotAllowed
from abierto.approval.roles.grants import check_granter
from abierto.spaces.enums import ProposalStatus
from abierto.spaces.models import TwoPersonProposal
from abierto.spaces.proposals import check_second_person, close_proposal, withdraw


@dataclass(frozen=True)
class ActKind:
    """The functions of one kind of act."""

    key: str
    model: type[TwoPersonProposal]
    #: Returns the effects of the act, one sentence each, for the person who confirms.
    describe: Callable[[Any], list[str]]
    #: Raises ``NotAllowed`` if the act cannot be applied now.
    check: Callable[[Any], None]
    apply: Callable[[Any, User], None]


def build_token(kind: ActKind, act: TwoPersonProposal) -> str:
    """Return the hash of the effects of an act as the screen describes them."""
    text = json.dumps([kind.key, act.pk, kind.describe(act)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def save_proposal[Act: TwoPersonProposal](kind: ActKind, act: Act, by: User) -> Act:
    """Save an act for another state administrator to confirm, if it can be applied now.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    check_granter(by)
    kind.check(act)
    act.proposed_by = by
    act.save()
    return act


def confirm_act(kind: ActKind, key: int, token: str, by: User) -> TwoPersonProposal:
    """Confirm an act and apply it, in one transaction.

    Raises:
        NotAllowed: with the sentence for the user.
    """

    def confirm() -> TwoPersonProposal:
        act = kind.model._default_manager.select_related("proposed_by").get(pk=key)
        check_second_person(act, by)
        check_granter(act.proposed_by)
        kind.check(act)
        if build_token(kind, act) != token:
            raise NotAllowed(_("Lo que hace este acto cambió mientras lo leías. Léelo otra vez."))
        # Closed first, so that the rows written by the act have the time of the decision.
        close_proposal(act, ProposalStatus.CONFIRMED, by)
        kind.apply(act, by)
        return act

    return run_with_tree_lock(confirm)


def withdraw_act(kind: ActKind, key: int, by: User) -> None:
    """Close an act without applying it.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    withdraw(kind.model._default_manager.get(pk=key), by)
