"""Deputies who decide for an absent reviewer.

The delegation app stores the delegations and implements the hook ``stand_in_for_reviewer`` with the ids of
the absent reviewers and of the users who granted the delegation.
"""

import datetime
from collections.abc import Iterable

from django.contrib.auth.models import Group
from wagtail import hooks

from abierto.accounts.models import User

DELEGATORS_HOOK = "stand_in_for_reviewer"
ABSENT_HOOK = "absent_reviewers"
"""Answered with the ids of the reviewers in whose place a user decided at a moment."""


def collect_delegator_ids(user: User, groups: Iterable[Group]) -> set[int]:
    """Return the ids of the absent reviewers and grantors for whom ``user`` decides today in these groups."""
    group_list = list(groups)
    return {number for answer in hooks.get_hooks(DELEGATORS_HOOK) for number in answer(user, group_list)}


def collect_absent_reviewer_ids(user: User, groups: Iterable[Group], moment: datetime.datetime) -> set[int]:
    """Return the ids of the reviewers in whose place ``user`` decided then; empty if she reviews herself."""
    group_list = list(groups)
    if user.groups.filter(pk__in=[group.pk for group in group_list]).exists():
        return set()
    return {number for answer in hooks.get_hooks(ABSENT_HOOK) for number in answer(user, group_list, moment)}
