"""The record of deputies who decided for an absent reviewer, and the hooks that find them.

The delegation app stores the delegations and implements the hook ``stand_in_for_reviewer`` with the ids of
the absent reviewers and of the users who granted the delegation.
"""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from abierto.accounts.models import User
from abierto.approval.ledger.links import Exported, export_stand_in

from .append_only import AppendOnly, AppendOnlyQuerySet
from .approval import Approval


class StandIn(AppendOnly):
    """The absent reviewer for whom a deputy approved.

    A table of its own: a new column in the ledger would change the export of every earlier row.
    """

    ledger = "stand_ins"

    approval = models.ForeignKey(
        Approval, verbose_name=_("aprobación"), on_delete=models.PROTECT, related_name="stand_ins"
    )
    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("en lugar de"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("suplencia")
        verbose_name_plural = _("suplencias")
        constraints = [
            models.UniqueConstraint(fields=["approval", "absent"], name="approval_stand_in_once"),
        ]

    def __str__(self) -> str:
        return f"{self.approval_id}: {self.absent_id}"

    def exported(self) -> Exported:
        """Return the row in the format of exports and links."""
        return export_stand_in(self)


DELEGATORS_HOOK = "stand_in_for_reviewer"
ABSENT_HOOK = "absent_reviewers"
"""Hook that returns the ids of the reviewers in whose place a user decided at a moment."""


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
