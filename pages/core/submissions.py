"""Drafts that were never public, and the moment at which they were submitted for review."""

from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState, get_default_page_content_type

from .formatting import full_date


def annotate_submissions(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate each page with ``sent_at``, the moment of its pending submission, and ``goes_live_at``."""
    steps = TaskState.objects.filter(
        workflow_state__base_content_type=get_default_page_content_type(),
        workflow_state__object_id=OuterRef("submitted_key"),
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        status__in=[TaskState.STATUS_IN_PROGRESS, TaskState.STATUS_APPROVED],
    )
    return pages.annotate(submitted_key=Cast("pk", CharField())).annotate(
        sent_at=Subquery(steps.order_by("started_at").values("started_at")[:1]),
        goes_live_at=F("latest_revision__approved_go_live_at"),
    )


def find_begun(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return those of ``pages`` that were never public, as ``annotate_submissions`` annotates them."""
    return annotate_submissions(
        pages.filter(live=False, first_published_at__isnull=True, alias_of__isnull=True)
    )


def is_delivered(page: Any) -> bool:
    """Check whether the author of a page of ``annotate_submissions`` has nothing left to do."""
    return bool(page.sent_at or page.goes_live_at)


def submission_label(page: Any) -> str:
    """Describe the state of a page of ``annotate_submissions``: not submitted, in review or scheduled."""
    if page.goes_live_at:
        day = full_date(timezone.localdate(page.goes_live_at))
        return _("Aprobado: se publica el %(day)s") % {"day": day}
    if page.sent_at:
        return _("Enviado a revisión el %(day)s") % {"day": full_date(timezone.localdate(page.sent_at))}
    return _("Borrador sin enviar")
