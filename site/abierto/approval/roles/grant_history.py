"""The history of role grants and credential changes, and whose content a reviewer may therefore approve."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db.models import F

from abierto.accounts.models import User
from abierto.approval.models.accounts import AccountEvent, AccountRecord
from abierto.approval.models.stand_in import collect_delegator_ids

REQUIRED_VOUCHERS = 2
"""The number of people of the state level who must vouch for a deciding account."""


@dataclass
class GrantHistory:
    """The vouchers of one account and the other people who set its credentials."""

    vouchers: set[int | None]
    """The grantors of a deciding role since another user last set the credentials; None: a command."""
    granters: set[int]
    """The grantors of a role in the given groups."""
    key_holder: int | None
    """The user who set the credentials last, if not the owner."""
    had_key_holder: bool
    """Whether another user ever set the credentials."""

    @property
    def is_attested(self) -> bool:
        """Check whether enough people of the state level vouch for the account.

        A command counts as enough, and so does an account whose credentials no other user ever set.
        """
        if not self.vouchers:
            return not self.had_key_holder
        return None in self.vouchers or len(self.vouchers) >= REQUIRED_VOUCHERS


def record_account_event(
    event: AccountEvent, account: User, by: User | None, group: Group | None = None
) -> AccountRecord:
    """Record a role grant or a credential change of ``account`` made ``by`` a user or by a command."""
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
    return load_grant_histories([account.pk], groups)[account.pk]


def load_grant_histories(accounts: Collection[int], groups: Iterable[Group] = ()) -> dict[int, GrantHistory]:
    """Read the records of these accounts, by id. One query."""
    group_ids = {group.pk for group in groups}
    found = {
        number: GrantHistory(vouchers=set(), granters=set(), key_holder=None, had_key_holder=False)
        for number in accounts
    }
    rows = AccountRecord.objects.filter(account_number__in=found).order_by("pk")
    for number, event, by, group in rows.values_list("account_number", "event", "by_number", "group_number"):
        history = found[number]
        if event == AccountEvent.GRANTED:
            history.vouchers |= {by} - {number}
            if group in group_ids and by is not None and by != number:
                history.granters.add(by)
        elif event == AccountEvent.KEY:
            history.key_holder = None if by == number else by
            if history.key_holder is not None:
                history.vouchers, history.had_key_holder = set(), True
    return found


def find_key_setters(accounts: Collection[int]) -> set[int]:
    """Return the ids of all who set the credentials of these accounts, transitively.

    A person who controls one account can control another through it: such a chain is one person.
    """
    found: set[int] = set()
    pending = set(accounts)
    while pending:
        rows = AccountRecord.objects.filter(event=AccountEvent.KEY, account_number__in=pending)
        others = rows.exclude(by_number=F("account_number")).order_by()
        numbers = others.values_list("by_number", flat=True).distinct()
        pending = {number for number in numbers if number is not None} - found
        found |= pending
    return found


def find_barred_authors(reviewer: User, groups: Iterable[Group], history: GrantHistory) -> set[int]:
    """Return the authors whose texts ``reviewer`` may not approve: her grantors and key setters.

    With a second account, one person would be author and reviewer; so would a person who chooses her deputy.
    """
    groups = list(groups)
    numbers = set(history.granters)
    if history.key_holder is not None:
        numbers.add(history.key_holder)
    if not reviewer.groups.filter(pk__in=[group.pk for group in groups]).exists():
        absent = collect_delegator_ids(reviewer, groups)
        numbers |= absent | find_key_setters(absent)
    return numbers - {reviewer.pk}
