"""The names of people in the public trace: the post, or name and post if the site's setting allows it.

The setting is annotated on the rows of the ledger, so that a page needs no query for it. Rows without the
annotation show posts: no name is published by mistake.
"""

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _
from wagtail.models import Site, TaskState

from abierto.accounts.models import User
from abierto.approval.models import Approval, TraceSettings
from abierto.approval.models.approval import ApprovalQuerySet

NAMES = "shows_names"
LENDER = "lender_name"
"""The space whose reviewer decided in the review of another space; null for all other decisions."""


def annotate_names(rows: ApprovalQuerySet, site: Site | None = None) -> ApprovalQuerySet:
    """Return ``rows`` with their people and whether ``site`` (or the default site) publishes names."""
    if site is None:
        settings = TraceSettings.objects.filter(site__is_default_site=True)
    else:
        settings = TraceSettings.objects.filter(site=site)
    named = Exists(settings.filter(by_post=False))
    shared = TaskState.objects.filter(
        revision=OuterRef("revision_number"),
        finished_by=OuterRef("approver"),
        status=TaskState.STATUS_APPROVED,
        task__reviewtask__lender__isnull=False,
    )
    lender = Subquery(shared.order_by("-pk").values("task__reviewtask__lender__name")[:1])
    return rows.select_related("reporter", "approver").annotate(**{NAMES: named, LENDER: lender})


def public_reporter(row: Approval) -> str:
    """Return the public name of the reporter; empty if unknown."""
    return public_name_of(row.reporter, row)


def public_approver(row: Approval) -> str:
    """Return the public name of the person who approved, published or withdrew; empty if unknown.

    A reviewer of another space is named with that space.
    """
    name, lender = public_name_of(row.approver, row), getattr(row, LENDER, None)
    return f"{name} ({lender})" if name and lender else name


def public_name_of(user: User | None, row: Approval) -> str:
    """Return the public name of ``user`` in the context of ``row``."""
    if user is None:
        return ""
    if getattr(row, NAMES, False):
        return user.public_name
    return user.post or _("una persona sin cargo publicado")
