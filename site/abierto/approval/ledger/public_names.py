"""How the public reads who did something: by post, or by name and post where the site says so.

The setting is read together with the rows of the ledger, so that a page pays no query for it. A row that was
read without it shows posts: nobody's name appears because somebody forgot to ask.
"""

from django.db.models import Exists
from django.utils.translation import gettext as _
from wagtail.models import Site

from abierto.accounts.models import User
from abierto.approval.models import Approval, TraceSettings
from abierto.approval.models.approval import ApprovalQuerySet

NAMES = "shows_names"


def annotate_names(rows: ApprovalQuerySet, site: Site | None = None) -> ApprovalQuerySet:
    """Return ``rows`` with their people and whether ``site`` (or the default one) names them."""
    if site is None:
        settings = TraceSettings.objects.filter(site__is_default_site=True)
    else:
        settings = TraceSettings.objects.filter(site=site)
    named = Exists(settings.filter(by_post=False))
    return rows.select_related("reporter", "approver").annotate(**{NAMES: named})


def public_reporter(row: Approval) -> str:
    """Return how the public reads who reported; empty when nobody is known."""
    return public_name_of(row.reporter, row)


def public_approver(row: Approval) -> str:
    """Return how the public reads who approved, published or withdrew; empty when nobody is known."""
    return public_name_of(row.approver, row)


def public_name_of(user: User | None, row: Approval) -> str:
    """Return how the public reads ``user`` where ``row`` is told."""
    if user is None:
        return ""
    if getattr(row, NAMES, False):
        return user.public_name
    return user.post or _("una persona sin cargo publicado")
