"""Read the rows of the ledger that the history of a page shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from wagtail.models import Page, PageLogEntry, Site

from abierto.approval.ledger.public_names import annotate_names
from abierto.approval.ledger.trace import PUBLISHING_KINDS
from abierto.approval.models import Approval, ApprovalKind, WithdrawnFrom

from .timeline import LedgerDecision, Moment, build_timeline

PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")
SCHEDULED = ("wagtail.publish.schedule",)
OUTLINED = ("id", "object_id", "kind", "revision_number", "published_at", "scheduled_at")


@dataclass(frozen=True)
class Outline:
    """The public decisions about a page, and the withdrawals of its child pages."""

    # Newest first.
    numbers: list[int]
    own: dict[int, Moment]


def read_outline(page: Page) -> Outline:
    """Read the outline of ``page`` with one query.

    A decision about a scheduled version is left out until the version is public.
    """
    key = str(page.pk)
    kind = ContentType.objects.get_for_model(Page)
    own_rows = Q(object_id=key, kind__in=[*PUBLISHING_KINDS, ApprovalKind.WITHDRAWN])
    rows = Approval.objects.filter(own_rows | _withdrawn_below(page), content_type=kind)
    rows = rows.annotate(published_at=_logged_at(page, PUBLISHED), scheduled_at=_logged_at(page, SCHEDULED))
    shown, own = [], []
    for row in rows.order_by("id").values(*OUTLINED):
        decided = LedgerDecision(row["id"], ApprovalKind(row["kind"]), row["revision_number"])
        if row["object_id"] != key:
            shown.append(decided.number)
        elif row["published_at"] or not _is_awaiting_publication(
            decided, page, is_scheduled=bool(row["scheduled_at"])
        ):
            shown.append(decided.number)
            own.append(decided)
    return Outline(shown[::-1], build_timeline(own))


def _is_awaiting_publication(decided: LedgerDecision, page: Page, *, is_scheduled: bool) -> bool:
    """Check whether a decision without a log entry of publication is about a version that is not public yet.

    An import writes rows directly, often without a log: they are public at once unless they have a date.
    """
    if decided.kind in (ApprovalKind.WITHDRAWN, ApprovalKind.INHERITED) or decided.version in (
        None,
        page.live_revision_id,
    ):
        return False
    return decided.kind != ApprovalKind.IMPORT or is_scheduled


def _logged_at(page: Page, actions: tuple[str, ...]) -> Subquery:
    """Return the time of the first log entry with one of ``actions`` for the version, after the decision."""
    log = PageLogEntry.objects.filter(
        page_id=page.pk,
        action__in=actions,
        revision_id=OuterRef("revision_number"),
        timestamp__gte=OuterRef("created_at"),
    )
    return Subquery(log.order_by("timestamp").values("timestamp")[:1])


def _withdrawn_below(page: Page) -> Q:
    """Return the withdrawals of the child pages that are not public again."""
    back = Page.objects.filter(pk=Cast(OuterRef("object_id"), BigIntegerField()), live=True)
    hung = Q(withdrawn_from__page_number=page.pk, withdrawn_from__was_open=True)
    return Q(~Exists(back), hung, kind=ApprovalKind.WITHDRAWN)


def read_rows(page: Page, numbers: Iterable[int], site: Site | None) -> list[Approval]:
    """Return these rows, newest first, with when their versions went public."""
    rows = Approval.objects.filter(pk__in=list(numbers)).annotate(published_at=_logged_at(page, PUBLISHED))
    return list(annotate_names(rows, site).prefetch_related("stand_ins__absent").order_by("-id"))


def read_earlier_approvals(
    page: Page, rows: Iterable[Approval], site: Site | None
) -> dict[int, list[Approval]]:
    """Return, by version, the approvals of the review steps before the last one, in their order."""
    reviewed = [row.revision_number for row in rows if row.kind == ApprovalKind.REVIEW]
    steps = Approval.objects.of(page).filter(kind=ApprovalKind.STEP, revision_number__in=reviewed)
    found: dict[int, list[Approval]] = {}
    for step in annotate_names(steps, site).prefetch_related("stand_ins__absent").order_by("id"):
        found.setdefault(step.revision_number or 0, []).append(step)
    return found


def withdrawn_type_names(rows: Iterable[Approval], page: Page) -> dict[str, str]:
    """Return the type names of the withdrawn child pages by their keys: their titles are not shown."""
    below = {row.pk: row.object_id for row in rows if row.object_id != str(page.pk)}
    places = WithdrawnFrom.objects.filter(approval__in=below).select_related("page_type")
    kinds = {below[place.approval_id]: place.page_type.model_class() for place in places if place.page_type}
    return {key: str(model._meta.verbose_name) for key, model in kinds.items() if model is not None}
