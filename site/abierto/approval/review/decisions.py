"""Approving: exactly what was read, by somebody who did not write it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from abierto.accounts.models import User
from abierto.approval.conflicts.versions import Version, parse, public_state
from abierto.approval.errors import ContentChanged, InvalidVersion, ReviewRefused
from abierto.approval.ledger.hashing import content_hash
from abierto.approval.models.approval import Approval, Kind
from abierto.approval.models.stand_in import StandIn
from abierto.approval.references.checks import check_stored_references

from . import eligibility as standing
from .completeness import check_all_is_shown
from .eligibility import translators_of
from .stand_ins import absent_behind
from .steps import steps_before
from .validation import check_valid


def token_of(revision: Revision) -> str:
    """Return what a reviewer's form carries: which revision was shown, its content, and beside what."""
    return str(Version(revision.pk, content_hash(revision), public_state(revision.content_object)))


def authors_of(revision: Revision) -> set[int]:
    """Return the keys of everybody who wrote since the last reviewed version of the revision's object."""
    last = (
        Approval.objects.filter(content_type_id=revision.base_content_type_id, object_id=revision.object_id)
        .exclude(kind__in=[Kind.WITHDRAWN, Kind.EMERGENCY])
        .first()
    )
    revisions = Revision.objects.filter(
        base_content_type_id=revision.base_content_type_id, object_id=revision.object_id
    )
    if last is not None and last.revision_number is not None:
        revisions = revisions.filter(pk__gt=last.revision_number)
    elif last is not None:
        revisions = revisions.filter(created_at__gt=last.created_at)
    authors = {*revisions.order_by().values_list("user_id", flat=True).distinct(), revision.user_id}
    if last is None:
        authors.add(_owner_of(revision))
    translated = translators_of(revision, last.created_at if last is not None else None)
    return {author for author in authors | translated if author is not None}


def _owner_of(revision: Revision) -> int | None:
    """Return who created a page: what is in it before its first approval is theirs too."""
    if not issubclass(revision.base_content_type.model_class(), Page):
        return None
    return Page.objects.filter(pk=revision.object_id).values_list("owner_id", flat=True).first()


def authors_and_sender(task_state: TaskState) -> set[int | None]:
    """Return everybody who wrote or submitted what the task is about."""
    return {*authors_of(task_state.revision), task_state.workflow_state.requested_by_id}


@dataclass(frozen=True)
class Involved:
    """Who wrote or sent what is under review, who approved before, who decides now: read once."""

    authors: set[int | None]
    before: list[TaskState]
    groups: list[Group]


def involved_in(task_state: TaskState) -> Involved:
    """Read who has a part in a review."""
    return Involved(authors_and_sender(task_state), steps_before(task_state), _groups_of(task_state))


def _groups_of(task_state: TaskState) -> list[Group]:
    """Return the groups that decide at this step."""
    return list(task_state.task.specific.groups.all())


def may_approve(task_state: TaskState, user: User) -> bool:
    """Say whether ``user`` is a stranger to whoever wrote or submitted it, and to whoever approved before."""
    return not why_not(task_state, user)


def why_not(task_state: TaskState, user: User, involved: Involved | None = None) -> str:
    """Return why ``user`` may not approve this; nothing when she may.

    Two steps on one person's word would be one step: whoever approved before, and whoever holds her keys or
    gave the other the role, cannot approve the next.
    """
    involved = involved or involved_in(task_state)
    if user.pk in involved.authors:
        return _("Escribiste o enviaste parte de este contenido. Debe aprobarlo otra persona.")
    before = {step.finished_by_id for step in involved.before}
    if user.pk in before:
        return _("Ya aprobaste un paso anterior. Este lo aprueba otra persona.")
    refusal = standing.refusal(user, involved.groups, involved.authors)
    if refusal is not None:
        return str(refusal)
    if before and standing.refusal(user, involved.groups, before) is not None:
        return _("Quien aprobó antes te dio el papel o la contraseña, o tú la suya. Apruebe otra persona.")
    return ""


def check_open(task_state: TaskState) -> None:
    """Refuse a review that somebody already finished or cancelled, or that an edit took back to a draft."""
    if task_state.status == TaskState.STATUS_IN_PROGRESS:
        return
    read, latest = task_state.revision, latest_of(task_state.revision)
    if task_state.status == TaskState.STATUS_CANCELLED and content_hash(read) != content_hash(latest):
        sentence = _("Cambió después de enviarse y volvió a ser borrador. No se publicó nada.")
        raise ContentChanged(sentence, read.content_object, read=read, current=latest)
    raise ReviewRefused(_("Esta revisión ya se resolvió o se canceló. Mira el historial de la página."))


def latest_of(revision: Revision) -> Revision:
    """Return the latest revision of the same object."""
    same = Revision.objects.filter(
        base_content_type_id=revision.base_content_type_id, object_id=revision.object_id
    )
    return same.latest("created_at", "pk")


def locked(task_state: TaskState) -> TaskState:
    """Return the task's state as it is now, kept from other people until the transaction ends."""
    states = TaskState.objects.select_for_update(of=("self",)).select_related("workflow_state", "revision")
    state = states.get(pk=task_state.pk)
    if state.workflow_state.current_task_state_id == state.pk:
        # One object for one row: what is approved is what is published, and is read once.
        state.workflow_state.current_task_state = state
    check_open(state)
    return state


def check_read(task_state: TaskState, token: str) -> str:
    """Return the fingerprint of the revision under review, if it is the one that ``token`` says was read."""
    revision = task_state.revision
    expected = token_of(revision)
    shown, now = parse(token), parse(expected)
    latest = latest_of(revision)
    if shown and now and shown.public != now.public:
        sentence = _("Lo público cambió después de que abriste la revisión. No se publicó nada.")
    elif not constant_time_compare(token, expected):
        sentence = _("El contenido cambió después de que abriste la revisión. No se publicó nada.")
    elif latest.pk != revision.pk:
        sentence = _("Hay una versión más nueva que la enviada a revisión. No se publicó nada.")
    else:
        return content_hash(revision)
    raise ContentChanged(sentence, revision.content_object, read=_named_by(token, revision), current=latest)


def _named_by(token: str, revision: Revision) -> Revision | None:
    """Return the revision that a token names, if it is one of the same object."""
    number = token.partition(":")[0]
    same = Revision.objects.filter(
        base_content_type_id=revision.base_content_type_id, object_id=revision.object_id
    )
    return same.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None


def check_approval(task_state: TaskState, user: User, token: str, involved: Involved | None = None) -> str:
    """Refuse what ``user`` may not approve; return the fingerprint of what she read."""
    refusal = why_not(task_state, user, involved)
    if refusal:
        raise ReviewRefused(refusal)
    if _reporter_of(task_state) is None:
        raise ReviewRefused(
            _("No se sabe quién escribió esta versión. Pide que la guarden y la envíen otra vez.")
        )
    sha = check_read(task_state, token)
    check_stored_references(task_state.revision.content_object, task_state.revision.content)
    check_valid(task_state.revision)
    check_all_is_shown(task_state.revision)
    return sha


def _reporter_of(task_state: TaskState) -> User | None:
    return task_state.revision.user or task_state.workflow_state.requested_by


def approve(task_state: TaskState, user: User, token: str, comment: str) -> None:
    """Check an approval and, when it is the last one needed, add its row to the ledger."""
    involved = involved_in(task_state)
    sha = check_approval(task_state, user, token, involved)
    revision = task_state.revision
    if task_state.workflow_state.is_at_final_task:
        decided = {
            "sha": sha,
            "reporter": _reporter_of(task_state),
            "authors": {author for author in involved.authors if author is not None},
            "revision_number": revision.pk,
        }
        record_steps(task_state, involved.before, **decided)
        row = Approval.record(revision.content_object, Kind.REVIEW, approver=user, comment=comment, **decided)
        record_stand_ins(row, user, involved.groups)


def record_steps(task_state: TaskState, before: Iterable[TaskState], **decided: Any) -> None:
    """Add to the ledger who approved the earlier steps, just before the row that lets it be public."""
    for step in before:
        if step.finished_by is None:
            raise ReviewRefused(
                _("Ya no existe la cuenta de quien aprobó antes. Devuélvelo para que lo envíen otra vez.")
            )
        row = Approval.record(
            task_state.revision.content_object,
            Kind.STEP,
            approver=step.finished_by,
            comment=step.comment,
            on=step.finished_at,
            **decided,
        )
        record_stand_ins(row, step.finished_by, _groups_of(step))


def record_stand_ins(row: Approval, user: User, groups: Iterable[Group]) -> None:
    """Note in whose place ``user`` took the decision of a row."""
    for absent in sorted(absent_behind(user, groups, row.created_at)):
        StandIn.objects.create(approval=row, absent_id=absent)


def sentences_of(error: ValidationError) -> str:
    """Return what publishing found wrong, as one text."""
    if isinstance(error, InvalidVersion):
        return f"«{error.title}»: {error.summary}"
    return " ".join(error.messages)
