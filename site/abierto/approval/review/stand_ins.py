"""Whoever decides in an absent reviewer's place.

The layer above keeps who stands in for whom and answers the hook ``stand_in_for_reviewer`` with the numbers
of those in whose place, and by whose word, somebody decides in these groups.
"""

import datetime
from collections.abc import Iterable

from django.contrib.auth.models import Group
from wagtail import hooks

from abierto.accounts.models import User

DELEGATORS_HOOK = "stand_in_for_reviewer"
ABSENT_HOOK = "absent_reviewers"
"""Answered with the numbers of those alone in whose place somebody decided at a moment."""


def collect_delegator_ids(user: User, groups: Iterable[Group]) -> set[int]:
    """Return in whose place and by whose word ``user`` decides today; nobody's when she does not."""
    wanted = list(groups)
    return {number for answer in hooks.get_hooks(DELEGATORS_HOOK) for number in answer(user, wanted)}


def collect_absent_reviewer_ids(user: User, groups: Iterable[Group], moment: datetime.datetime) -> set[int]:
    """Return in whose place ``user`` decided then in these groups; nobody's where she reviews herself."""
    wanted = list(groups)
    if user.groups.filter(pk__in=[group.pk for group in wanted]).exists():
        return set()
    return {number for answer in hooks.get_hooks(ABSENT_HOOK) for number in answer(user, wanted, moment)}
