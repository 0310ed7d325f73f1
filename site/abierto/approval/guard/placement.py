"""Guard of URL and privacy, which are outside the content hash but decide what is public.

A page that is moved, or whose privacy is opened, after the review would appear at another address or to
other visitors by the decision of one person.
"""

from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, WorkflowState, get_default_page_content_type

from abierto.approval.errors import NotAllowed
from abierto.approval.ledger.imports import current_import


def find_settled_pages(page: Page) -> QuerySet[Page]:
    """Return the pages at and below ``page`` that are public, under review or approved for a date."""
    of_page = {"base_content_type": get_default_page_content_type(), "object_id": OuterRef("key")}
    in_review = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, **of_page)
    dated = Revision.objects.filter(approved_go_live_at__isnull=False, **of_page)
    pages = Page.objects.filter(path__startswith=page.path).annotate(key=Cast("pk", CharField()))
    return pages.filter(Q(live=True) | Exists(in_review) | Exists(dated))


def check_not_settled(page: Page) -> None:
    """Refuse to move a page, or to open its privacy, while it or a descendant is under review or scheduled.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    if find_settled_pages(page).exclude(live=True).exists():
        raise NotAllowed(
            _("Esto o algo que cuelga de aquí está en revisión o espera su fecha. Pide que lo devuelvan.")
        )


def changes_public_urls(page: Any, before: str, after: str) -> bool:
    """Check whether a new slug of an unpublished page changes the URL of a public descendant."""
    if before == after or page.live or current_import():
        return False
    return find_settled_pages(page).exclude(pk=page.pk).exists()
