"""The record of who let whom in, and what follows from it for reviews."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db.models import F

from abierto.accounts.models import User
from abierto.approval.models.accounts import AccountEvent, AccountRecord
from abierto.approval.review.stand_ins import collect_delegator_ids

REQUIRED_VOUCHERS = 2
"""How many people of the state's level answer for an account that decides."""


@dataclass
class GrantHistory:
    """What the record says of one account: who answers for it, and in whose hands it was."""

    vouchers: set[int | None]
    """Who gave it a role that decides, since the last time somebody else set its keys; None: a command."""
    granters: set[int]
    """Who ever gave it a role in the groups asked about."""
    key_holder: int | None
    """Who set its keys last, when that was not its owner."""
    had_key_holder: bool
    """Whether somebody else ever set its keys."""

    @property
    def is_attested(self) -> bool:
        """Whether it stands for a person of whom more than one of the state's level says so.

        The machine's own commands are enough, and so is an account that nobody else ever had in her hands.
        """
        if not self.vouchers:
            return not self.had_key_holder
        return None in self.vouchers or len(self.vouchers) >= REQUIRED_VOUCHERS


def record_account_event(
    event: AccountEvent, account: User, by: User | None, group: Group | None = None
) -> AccountRecord:
    """Write down what ``by`` did to an account."""
    return AccountRecord.objects.create(
        event=event,
        account_number=account.pk,
        account_name=account.username,
        group_number=group.pk if group else None,
        group_name=group.name if group else "",
        by_number=by.pk if by else None,
        by_name=by.username if by else "",
    )


def load_grant_history(account: User, groups: Iterable[Group] = ()) -> GrantHistory:
    """Read the record of one account. One query."""
    asked = {group.pk for group in groups}
    history = GrantHistory(vouchers=set(), granters=set(), key_holder=None, had_key_holder=False)
    rows = AccountRecord.objects.filter(account_number=account.pk).order_by("pk")
    for event, by, group in rows.values_list("event", "by_number", "group_number"):
        if event == AccountEvent.GRANTED:
            history.vouchers |= {by} - {account.pk}
            if group in asked and by is not None and by != account.pk:
                history.granters.add(by)
        elif event == AccountEvent.KEY:
            history.key_holder = None if by == account.pk else by
            if history.key_holder is not None:
                history.vouchers, history.had_key_holder = set(), True
    return history


def find_key_setters(accounts: Collection[int]) -> set[int]:
    """Return who ever set the keys of these accounts, and who set the keys of hers, and so on.

    Whoever opens an account can open another with it: a chain of accounts is still one person.
    """
    found: set[int] = set()
    asked = set(accounts)
    while asked:
        rows = AccountRecord.objects.filter(event=AccountEvent.KEY, account_number__in=asked)
        others = rows.exclude(by_number=F("account_number")).order_by()
        numbers = others.values_list("by_number", flat=True).distinct()
        asked = {number for number in numbers if number is not None} - found
        found |= asked
    return found


def find_barred_authors(reviewer: User, groups: Iterable[Group], history: GrantHistory) -> set[int]:
    """Return whose texts ``reviewer`` does not approve: of whoever let her in, or last set her keys.

    With a second account at hand, one person would be author and reviewer; so would she who chooses who
    decides in her place.
    """
    groups = list(groups)
    numbers = set(history.granters)
    if history.key_holder is not None:
        numbers.add(history.key_holder)
    if not reviewer.groups.filter(pk__in=[group.pk for group in groups]).exists():
        absent = collect_delegator_ids(reviewer, groups)
        numbers |= absent | find_key_setters(absent)
    return numbers - {reviewer.pk}
