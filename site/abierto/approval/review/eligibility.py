"""Check that a reviewer is independent of the authors, the sender and the earlier approvers of a version."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page, Revision, TaskState
from wagtail_localize.models import SegmentOverride, StringTranslation

from abierto.accounts.models import User
from abierto.approval.models.approval import Approval, ApprovalKind
from abierto.approval.roles.grant_history import find_barred_authors, find_key_setters, load_grant_history

from .steps import load_earlier_approvals

STEP_GRANTERS_HOOK = "shared_step_granters"
"""Hook that returns the ids of the people who agreed to a shared step."""

KEYS_SET_BY_OTHER = _(
    "Otra persona fijó tu contraseña o tu correo. Cámbiala en «Tu acceso» antes de decidir."
)
NOT_CONFIRMED = _("Tu papel espera que otra persona del equipo estatal lo confirme. Pídelo.")
GRANTED_BY_AUTHOR = _(
    "Quien escribió esto te dio el papel de revisar o tu contraseña. Debe aprobarlo otra persona."
)
KEYS_SET_BY_REVIEWER = _("Fijaste la contraseña o el correo de quien escribió. Debe aprobarlo otra persona.")


@dataclass(frozen=True)
class ReviewParticipants:
    """The authors and sender of a version, its earlier approvals and the groups of the current step.

    ``step_granters`` let the reviewers of another space decide at this step.
    """

    authors: set[int | None]
    earlier_approvals: list[TaskState]
    groups: list[Group]
    step_granters: frozenset[int] = frozenset()


def load_participants(task_state: TaskState) -> ReviewParticipants:
    """Read the participants of a review once, for every check of one decision."""
    authors = {*find_author_ids(task_state.revision), task_state.workflow_state.requested_by_id}
    return ReviewParticipants(
        authors,
        load_earlier_approvals(task_state),
        load_step_groups(task_state),
        find_step_granters(task_state),
    )


def load_step_groups(task_state: TaskState) -> list[Group]:
    """Return the groups that decide at the step of ``task_state``."""
    return list(task_state.task.specific.groups.all())


def find_step_granters(task_state: TaskState) -> frozenset[int]:
    """Return the ids of the people who granted a shared step, and of those who set their credentials."""
    task = task_state.task.specific
    if task.lender_id is None:
        return frozenset()
    granters = {number for answer in hooks.get_hooks(STEP_GRANTERS_HOOK) for number in answer(task)}
    return frozenset(granters | find_key_setters(granters))


def may_approve(task_state: TaskState, user: User) -> bool:
    """Check that ``user`` is independent of the authors, the sender and the earlier approvers."""
    return not find_approval_refusal(task_state, user)


def find_approval_refusal(
    task_state: TaskState, user: User, participants: ReviewParticipants | None = None
) -> str:
    """Return why ``user`` may not approve this step; an empty string if she may.

    Two steps need two people: an earlier approver, a holder of her credentials and the account that granted
    either role cannot approve the next step.
    """
    participants = participants or load_participants(task_state)
    if participants.step_granters & participants.authors:
        return gettext(
            "Quien escribió o envió esto acordó que revise tu municipio. Pide que lo revise el Estado."
        )
    if user.pk in participants.authors:
        return gettext("Escribiste o enviaste parte de este contenido. Debe aprobarlo otra persona.")
    approvers = {step.finished_by_id for step in participants.earlier_approvals}
    if user.pk in approvers:
        return gettext("Ya aprobaste un paso anterior. Este lo aprueba otra persona.")
    refusal = find_account_refusal(user, participants.groups, participants.authors)
    if refusal is not None:
        return str(refusal)
    if approvers and find_account_refusal(user, participants.groups, approvers) is not None:
        return gettext(
            "Quien aprobó antes te dio el papel o la contraseña, o tú la suya. Apruebe otra persona."
        )
    return ""


def find_account_refusal(
    reviewer: User, groups: Iterable[Group], authors: Collection[int | None]
) -> Promise | None:
    """Return why the account of ``reviewer`` may not decide for these groups on content of ``authors``.

    The account must be confirmed and used by one person, who shares no credentials with the authors.
    """
    groups = list(groups)
    author_ids = {author for author in authors if author is not None}
    history = load_grant_history(reviewer, groups)
    if find_barred_authors(reviewer, groups, history) & author_ids:
        return GRANTED_BY_AUTHOR
    if history.key_holder is not None:
        return KEYS_SET_BY_OTHER
    if not history.is_attested:
        return NOT_CONFIRMED
    return KEYS_SET_BY_REVIEWER if reviewer.pk in find_key_setters(author_ids) else None


# --- Authors -------------------------------------------------------------------------------------------
def find_author_ids(revision: Revision) -> set[int]:
    """Return the ids of all authors and translators since the last reviewed version of the object."""
    last = (
        Approval.objects.filter(content_type_id=revision.base_content_type_id, object_id=revision.object_id)
        .exclude(kind__in=[ApprovalKind.WITHDRAWN, ApprovalKind.EMERGENCY])
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
        authors.add(_find_owner_id(revision))
    translators = find_translator_ids(revision, last.created_at if last is not None else None)
    return {author for author in authors | translators if author is not None}


def _find_owner_id(revision: Revision) -> int | None:
    """Return the creator of a page, who is an author of everything before its first approval."""
    if not issubclass(revision.base_content_type.model_class(), Page):
        return None
    return Page.objects.filter(pk=revision.object_id).values_list("owner_id", flat=True).first()


def find_translator_ids(revision: Revision, since: datetime.datetime | None) -> set[int | None]:
    """Return the translators of a version after ``since``; of all time if None. One query."""
    key, locale = revision.content.get("translation_key"), revision.content.get("locale")
    if key is None or locale is None:
        return set()
    strings, overrides = (
        model.objects.filter(
            locale=locale,
            context__object=key,
            **({"updated_at__gt": since} if since is not None else {}),
        )
        .order_by()
        .values_list("last_translated_by", flat=True)
        for model in (StringTranslation, SegmentOverride)
    )
    return set(strings.union(overrides))
