"""Find public content without approval, and rows of ledgers and revisions that were edited by hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, Max, OuterRef
from wagtail.models import Page, Revision

from abierto.approval.mixins import FourEyesMixin
from abierto.approval.models import Approval, ApprovalKind, LedgerHead, LedgerLink, PublicRecord
from abierto.approval.models.append_only import AppendOnly
from abierto.approval.models.approval import ALLOWS_NOTHING, base_content_type
from abierto.approval.records.fields import PLACEMENT

from .exported_rows import MODELS
from .hashing import content_hash
from .links import beginning, link
from .trace import PUBLISHING_KINDS

BATCH_SIZE = 500


@dataclass(frozen=True)
class UnapprovedObject:
    """A live object whose content has no approval."""

    model: str
    pk: Any
    title: str
    live_revision: int | None


def find_unapproved() -> Iterator[UnapprovedObject]:
    """Yield every live object whose content, in the version that is live, has no decision that counts.

    An approval counts until the object is withdrawn. With a version approved for a later date, the one
    that is live is covered by an earlier row: any row since the last withdrawal will do.
    """
    for model in apps.get_models():
        if issubclass(model, FourEyesMixin) and not model._meta.proxy:
            yield from _find_unapproved_of(model)


def _find_unapproved_of(model: type[models.Model]) -> Iterator[UnapprovedObject]:
    decisions = load_valid_decisions(model)
    for row in model._base_manager.filter(live=True).order_by("pk").iterator(chunk_size=200):
        sha, version = content_hash(row), row.live_revision_id  # type: ignore[attr-defined]
        if not any(decision.allows(sha, version) for decision in decisions.get(str(row.pk), ())):
            yield UnapprovedObject(model._meta.label_lower, row.pk, str(row), row.live_revision_id)  # type: ignore[attr-defined]


def load_valid_decisions(model: type[models.Model]) -> dict[str, list[Approval]]:
    """Return, for each live object of ``model``, the decisions since it was last withdrawn."""
    live = {str(pk) for pk in model._base_manager.filter(live=True).values_list("pk", flat=True)}
    if not live:
        return {}
    rows = Approval.objects.filter(content_type=base_content_type(model())).order_by("pk")
    counting: dict[str, list[Approval]] = {}
    for row in rows.only("object_id", "kind", "sha", "revision_number").iterator():
        if row.object_id not in live:
            continue
        if row.kind == ApprovalKind.WITHDRAWN:
            counting[row.object_id] = []
        else:
            counting.setdefault(row.object_id, []).append(row)
    return counting


# --- Versions ------------------------------------------------------------------------------------------


def find_rewritten_revisions() -> Iterator[Revision]:
    """Yield revisions that a decision made public and whose content is not what any decision approved."""
    shas: dict[tuple[int, str, int | None], set[str]] = {}
    rows = Approval.objects.filter(
        kind__in=PUBLISHING_KINDS - {ApprovalKind.INHERITED}, revision_number__isnull=False
    )
    for kind, key, number, sha in rows.values_list(
        "content_type_id", "object_id", "revision_number", "sha"
    ).iterator():
        shas.setdefault((kind, key, number), set()).add(sha)
    for numbers in batched(
        sorted({number for _kind, _key, number in shas if number is not None}), BATCH_SIZE
    ):
        for revision in Revision.objects.filter(pk__in=numbers).order_by("pk"):
            approved = shas.get((revision.base_content_type_id, revision.object_id, revision.pk))
            if approved is not None and content_hash(revision) not in approved:
                yield revision


# --- Unpublished without a decision --------------------------------------------------------------------


@dataclass(frozen=True)
class VanishedObject:
    """An object that is public in the ledger and is not live."""

    model: str
    pk: str
    title: str
    exists: bool


def find_vanished() -> Iterator[VanishedObject]:
    """Yield the objects that were published and never withdrawn, and are now drafts or deleted."""
    yield from _find_vanished_pages()
    for model in apps.get_models():
        if issubclass(model, FourEyesMixin) and not issubclass(model, Page) and not model._meta.proxy:
            yield from _find_vanished_rows(model)


def _find_vanished_pages() -> Iterator[VanishedObject]:
    """Compare with the record of each publication: an approval may still wait for its date."""
    page_type = base_content_type(Page())
    ended = Approval.objects.filter(content_type=page_type, kind=ApprovalKind.WITHDRAWN).order_by()
    withdrawn = dict(ended.values_list("object_id").annotate(Max("created_at")))
    public = {
        key: record
        for key, record in PublicRecord.objects.latest_of(PLACEMENT).items()
        if key not in withdrawn or record.created_at > withdrawn[key]
    }
    state = _live_flags(Page, list(public))
    for key, record in public.items():
        if not state.get(key):
            yield VanishedObject("wagtailcore.page", key, record.title, exists=key in state)


def _find_vanished_rows(model: type[models.Model]) -> Iterator[VanishedObject]:
    """Compare with the last decision: rows have no date to wait for."""
    decisions = Approval.objects.filter(content_type=base_content_type(model())).order_by()
    last = decisions.values("object_id").annotate(last=Max("pk")).values("last")
    public = Approval.objects.filter(pk__in=last).exclude(kind__in=ALLOWS_NOTHING)
    titles = dict(public.values_list("object_id", "title"))
    state = _live_flags(model, list(titles))
    for key, title in titles.items():
        if not state.get(key):
            yield VanishedObject(model._meta.label_lower, key, title, exists=key in state)


def _live_flags(model: type[models.Model], keys: Sequence[str]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for some in batched(keys, BATCH_SIZE):
        rows = model._base_manager.filter(pk__in=some).values_list("pk", "live")
        found |= {str(pk): live for pk, live in rows}
    return found


# --- The ledgers themselves ----------------------------------------------------------------------------


@dataclass(frozen=True)
class TamperedRow:
    """A row of a ledger that differs from its link; ``number`` is None for the end of the chain."""

    ledger: str
    number: int | None
    problem: str


CHANGED, MISSING, INSERTED, CUT = "changed", "missing", "inserted", "cut"


def find_tampered_rows() -> Iterator[TamperedRow]:
    """Yield the ledger rows edited, removed or inserted outside the application, and truncated chains."""
    for ledger, (model, related) in MODELS.items():
        yield from _follow_chain(ledger, model, related)
        linked = LedgerLink.objects.filter(ledger=ledger, number=OuterRef("pk"))
        unlinked = model._default_manager.exclude(Exists(linked)).order_by("pk")
        for number in unlinked.values_list("pk", flat=True).iterator():
            yield TamperedRow(ledger, number, INSERTED)


def _follow_chain(ledger: str, model: type[AppendOnly], related: Sequence[str]) -> Iterator[TamperedRow]:
    """Follow one chain from its beginning. After a wrong row, go on from the link that is stored."""
    last, count = beginning(ledger), 0
    links = LedgerLink.objects.filter(ledger=ledger).order_by("pk").values_list("number", "link")
    for some in batched(links.iterator(chunk_size=BATCH_SIZE), BATCH_SIZE):
        rows = model._default_manager.select_related(*related) if related else model._default_manager.all()
        found = rows.in_bulk([number for number, _link in some])
        for number, stored in some:
            row = found.get(number)
            if row is None:
                yield TamperedRow(ledger, number, MISSING)
            elif link(last, row.exported()) != stored:
                yield TamperedRow(ledger, number, CHANGED)
            last, count = stored, count + 1
    head = LedgerHead.objects.filter(pk=ledger).first()
    if (head.rows, head.link) != (count, last) if head else count:
        yield TamperedRow(ledger, None, CUT)
