"""Publish the changes of an act: its proposer counts as author, the person who confirms as approver."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.ledger.hashing import content_hash
from abierto.approval.models import Approval, ApprovalKind
from abierto.spaces.models import TwoPersonProposal
from abierto.tenancy.models import Space
from pages.core.formatting import join_words

SHOWN_TITLES = 5


def apply_change[Row: Any](
    row: Row,
    change: Callable[[Row], None],
    act: TwoPersonProposal,
    by: User,
    *,
    is_public: bool | None = None,
) -> None:
    """Change a page or a registry row, and publish it with the act as its approval if it is public.

    ``is_public`` overrides whether it is. A draft, also one on top of a public version, gets the same change
    and stays a draft.

    Raises:
        NotAllowed: if the changed content is not valid; the whole act is rolled back.
    """
    has_draft = row.latest_revision_id is not None and (row.has_unpublished_changes or not row.live)
    draft = row.get_latest_revision_as_object() if has_draft else None
    change(row)
    if row.live if is_public is None else is_public:
        publish_with_act(row, act, by)
    else:
        row.save()
    if draft is not None:
        change(draft)
        draft.save_revision(user=act.proposed_by, clean=False)


def publish_with_act(row: Any, act: TwoPersonProposal, by: User) -> None:
    """Publish ``row`` as it is in memory, written by one person of the act and approved by the other.

    Raises:
        NotAllowed: if it is not valid.
    """
    proposer = act.proposed_by
    try:
        revision = row.save_revision(user=proposer)
        Approval.record(
            row,
            ApprovalKind.REVIEW,
            sha=content_hash(revision),
            reporter=proposer,
            approver=by,
            authors=[proposer.pk],
            revision_number=revision.pk,
            comment=str(act),
        )
        revision.publish(user=by)
    except ValidationError as error:
        sentence = _("«%(title)s» no se puede publicar así: %(problems)s")
        raise NotAllowed(sentence % {"title": row, "problems": " ".join(error.messages)}) from error


def check_nothing_in_review(titles: Iterable[str]) -> None:
    """Refuse an act while something that it concerns waits for a decision.

    Raises:
        NotAllowed: with their titles.
    """
    found = list(titles)
    if not found:
        return
    more = [_("%(number)s más") % {"number": len(found) - SHOWN_TITLES}] if len(found) > SHOWN_TITLES else []
    raise NotAllowed(
        _("Hay cosas en revisión: %(titles)s. Decide primero sobre ellas.")
        % {"titles": join_words([f"«{title}»" for title in found[:SHOWN_TITLES]] + more)}
    )


def find_reviews_of_space(space: Space) -> QuerySet[WorkflowState]:
    """Return the open reviews in the workflow of a space: of its pages and of its registry rows."""
    return WorkflowState.objects.active().filter(workflow=space.workflow_id).order_by("pk")


def find_titles_in_review(rows: Iterable[Any]) -> list[str]:
    """Return the names of those of ``rows`` whose review is open."""
    return [name_content(row) for row in rows if row.workflow_in_progress]


def read_titles(states: Iterable[WorkflowState]) -> list[str]:
    return [name_content(state.content_object) for state in states]


def name_content(row: Any) -> str:
    """Return the title of the draft of a page, which is what its reviewers see, or the name of a row."""
    return str(row.get_admin_display_title()) if isinstance(row, Page) else str(row)
