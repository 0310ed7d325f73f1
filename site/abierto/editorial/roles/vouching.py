"""The record of who let whom in, and what follows from it for reviews."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db.models import F

from abierto.accounts.models import User
from abierto.editorial.models.accounts import AccountEvent, AccountRecord
from abierto.editorial.review.stand_ins import stands_in_for


def record(event: AccountEvent, account: User, by: User | None, group: Group | None = None) -> AccountRecord:
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


def vouched_by(reviewer: User, groups: Iterable[Group]) -> set[int]:
    """Return who let ``reviewer`` review, and who last set the keys of her account when not she herself.

    With a second account at hand, one person would be author and reviewer; so would she who chooses who
    decides in her place.
    """
    groups = list(groups)
    records = AccountRecord.objects.filter(account_number=reviewer.pk)
    let_in = records.filter(event=AccountEvent.GRANTED, group_number__in=[group.pk for group in groups])
    latest = (let_in.first(), records.filter(event=AccountEvent.KEY).first())
    numbers = {row.by_number for row in latest if row is not None and row.by_number is not None}
    if not reviewer.groups.filter(pk__in=[group.pk for group in groups]).exists():
        numbers |= behind_stand_in(reviewer, groups)
    return numbers - {reviewer.pk}


def behind_stand_in(deputy: User, groups: list[Group]) -> set[int]:
    """Return in whose place and by whose word ``deputy`` decides, and who ever set the keys of theirs.

    Whoever can open the absent one's account can delegate in her name.
    """
    absent = stands_in_for(deputy, groups)
    return absent | hands_behind(absent)


def hands_behind(accounts: Iterable[int]) -> set[int]:
    """Return who ever set the keys of these accounts and could have come in as one of them."""
    opened = AccountRecord.objects.filter(event=AccountEvent.KEY, account_number__in=list(accounts))
    numbers = opened.exclude(by_number=F("account_number")).order_by().values_list("by_number", flat=True)
    return {number for number in numbers.distinct() if number is not None}
