"""Check an approval against the exact version that the reviewer read, and record it in the ledger."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Revision, TaskState

from abierto.accounts.models import User
from abierto.approval.conflicts.versions import ShownVersion, parse_version, public_version
from abierto.approval.errors import ContentChanged, InvalidVersion, ReviewRefused
from abierto.approval.ledger.hashing import content_hash
from abierto.approval.models.approval import Approval, ApprovalKind
from abierto.approval.models.stand_in import StandIn, collect_absent_reviewer_ids
from abierto.approval.references.checks import check_stored_references
from abierto.bad_requests.keys import parse_key
from abierto.text import visible_text

from .comparison import check_every_change_shown
from .eligibility import ReviewParticipants, find_approval_refusal, load_participants, load_step_groups
from .validation import check_valid


# --- The reviewed version ------------------------------------------------------------------------------
def build_token(revision: Revision) -> str:
    """Return the form token: the revision shown, its content hash and the public version beside it."""
    return str(ShownVersion(revision.pk, content_hash(revision), public_version(revision.content_object)))


def lock_review(task_state: TaskState) -> TaskState:
    """Return the current task state, locked until the transaction ends; refuse one that is not open."""
    states = TaskState.objects.select_for_update(of=("self",)).select_related("workflow_state", "revision")
    state = states.get(pk=task_state.pk)
    if state.workflow_state.current_task_state_id == state.pk:
        # The approved object is the one that is published: it is read once.
        state.workflow_state.current_task_state = state
    check_open(state)
    return state


def check_open(task_state: TaskState) -> None:
    """Refuse a review that is finished or cancelled, or that an edit turned back into a draft."""
    if task_state.status == TaskState.STATUS_IN_PROGRESS:
        return
    read, latest = task_state.revision, find_latest_revision(task_state.revision)
    if task_state.status == TaskState.STATUS_CANCELLED and content_hash(read) != content_hash(latest):
        sentence = _("Cambió después de enviarse y volvió a ser borrador. No se publicó nada.")
        raise ContentChanged(sentence, read.content_object, read=read, current=latest)
    raise ReviewRefused(_("Esta revisión ya se resolvió o se canceló. Mira el historial de la página."))


def check_reviewed_version(task_state: TaskState, token: str) -> str:
    """Return the content hash of the revision under review if ``token`` names that version.

    Raises:
        ContentChanged: when the draft or the public version changed meanwhile.
    """
    revision = task_state.revision
    expected = build_token(revision)
    shown, now = parse_version(token), parse_version(expected)
    latest = find_latest_revision(revision)
    if shown and now and shown.public != now.public:
        sentence = _("Lo público cambió después de que abriste la revisión. No se publicó nada.")
    elif not constant_time_compare(token, expected):
        sentence = _("El contenido cambió después de que abriste la revisión. No se publicó nada.")
    elif latest.pk != revision.pk:
        sentence = _("Hay una versión más nueva que la enviada a revisión. No se publicó nada.")
    else:
        return content_hash(revision)
    read = _find_revision_in_token(token, revision)
    raise ContentChanged(sentence, revision.content_object, read=read, current=latest)


def find_latest_revision(revision: Revision) -> Revision:
    """Return the latest revision of the same object."""
    return _revisions_of_object(revision).latest("created_at", "pk")


def _find_revision_in_token(token: str, revision: Revision) -> Revision | None:
    """Return the revision that a token names if it belongs to the same object."""
    key = parse_key(token.partition(":")[0])
    return _revisions_of_object(revision).filter(pk=key).first() if key is not None else None


def _revisions_of_object(revision: Revision) -> Any:
    return Revision.objects.filter(
        base_content_type_id=revision.base_content_type_id, object_id=revision.object_id
    )


# --- The decision --------------------------------------------------------------------------------------
def check_approval(
    task_state: TaskState, user: User, token: str, participants: ReviewParticipants | None = None
) -> str:
    """Refuse an approval that ``user`` may not give; return the content hash of the version she read.

    Raises:
        ReviewRefused: with the sentence for the reviewer.
    """
    refusal = find_approval_refusal(task_state, user, participants)
    if refusal:
        raise ReviewRefused(refusal)
    if _find_reporter(task_state) is None:
        raise ReviewRefused(
            _("No se sabe quién escribió esta versión. Pide que la guarden y la envíen otra vez.")
        )
    sha = check_reviewed_version(task_state, token)
    check_stored_references(task_state.revision.content_object, task_state.revision.content)
    check_valid(task_state.revision)
    check_every_change_shown(task_state.revision)
    return sha


def approve(task_state: TaskState, user: User, token: str, comment: str) -> None:
    """Check an approval and, at the last step, add its rows to the ledger."""
    participants = load_participants(task_state)
    sha = check_approval(task_state, user, token, participants)
    revision = task_state.revision
    if task_state.workflow_state.is_at_final_task:
        check_last_approval(task_state, user, comment, participants)
        decided = {
            "sha": sha,
            "reporter": _find_reporter(task_state),
            "authors": {author for author in participants.authors if author is not None},
            "revision_number": revision.pk,
        }
        record_steps(task_state, participants.earlier_approvals, **decided)
        row = Approval.record(
            revision.content_object, ApprovalKind.REVIEW, approver=user, comment=comment, **decided
        )
        record_stand_ins(row, user, participants.groups)


def check_last_approval(
    task_state: TaskState, user: User, comment: str, participants: ReviewParticipants | None = None
) -> None:
    """Refuse the last approval without the reason, the approver or the earlier page that the content needs.

    Raises:
        ReviewRefused: with what makes the reason, or the person, necessary.
    """
    content = task_state.revision.as_object()
    needed = content.approval_reason_needed()
    if needed and not visible_text(comment):
        raise ReviewRefused(needed)
    participants = participants or load_participants(task_state)
    earlier = (step.finished_by_id for step in participants.earlier_approvals)
    missing = content.missing_approver({user.pk, *earlier})
    found = (find(task_state) for find in hooks.get_hooks("pages_decided_together"))
    missing = missing or content.missing_before({key for keys in found for key in keys})
    if missing:
        raise ReviewRefused(missing)


def record_steps(task_state: TaskState, earlier_approvals: Iterable[TaskState], **decided: Any) -> None:
    """Add the approvals of earlier steps to the ledger, before the row that allows publication."""
    for step in earlier_approvals:
        if step.finished_by is None:
            raise ReviewRefused(
                _("Ya no existe la cuenta de quien aprobó antes. Devuélvelo para que lo envíen otra vez.")
            )
        row = Approval.record(
            task_state.revision.content_object,
            ApprovalKind.STEP,
            approver=step.finished_by,
            comment=step.comment,
            on=step.finished_at,
            **decided,
        )
        record_stand_ins(row, step.finished_by, load_step_groups(step))


def record_stand_ins(row: Approval, user: User, groups: Iterable[Group]) -> None:
    """Record the absent reviewers in whose place ``user`` took the decision of a row."""
    for absent in sorted(collect_absent_reviewer_ids(user, groups, row.created_at)):
        StandIn.objects.create(approval=row, absent_id=absent)


def _find_reporter(task_state: TaskState) -> User | None:
    return task_state.revision.user or task_state.workflow_state.requested_by


def format_validation_error(error: ValidationError) -> str:
    """Return the messages of a validation error as one text."""
    if isinstance(error, InvalidVersion):
        return f"«{error.title}»: {error.summary}"
    return " ".join(error.messages)
