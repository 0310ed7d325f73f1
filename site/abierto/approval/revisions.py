"""Build objects from revisions with fewer queries, and cancel reviews that an edit makes outdated.

For every key in a revision, modelcluster queries whether the row it names still exists: the language and the
page of each inline row among them, although the page is the one being built.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from modelcluster.models import model_from_serializable_data
from wagtail.models import AbstractGroupApprovalTask, ReferenceIndex, Revision, WorkflowState

from abierto.accounts.models import User

from .guard.checks import find_parental_key
from .ledger.hashing import content_hash
from .notifications import EmailText, active_members, notify
from .reader_links import find_reader_url

ROW_FIELDS = ("content_type", "latest_revision", "live_revision", "locale")
"""Fields whose current value on the row counts, not the one stored in a revision."""

NOT_IN_FORMS = frozenset({*ROW_FIELDS, "owner", "locked_by", "alias_of"})
"""Keys that only code writes: checking a form against the database for them finds nothing."""


def drop_row_keys(content: dict[str, Any]) -> dict[str, Any]:
    """Return the content of a revision without ``ROW_FIELDS``."""
    return {name: value for name, value in content.items() if name not in ROW_FIELDS}


def build_row(model: type[models.Model], data: dict[str, Any], **checks: bool) -> Any:
    """Build an inline row from its content; None if a required object does not exist."""
    known = [find_parental_key(model)]
    known += [field for field in model._meta.fields if field.name == "locale"]
    names = {field.name for field in known}
    rest = {name: value for name, value in data.items() if name not in names}
    row = model_from_serializable_data(model, rest, **checks)
    if row is not None:
        for field in known:
            setattr(row, field.attname, data.get(field.name))
    return row


@contextmanager
def index_references_once(instance: Any, changes_content: bool) -> Iterator[None]:
    """Save ``instance`` with its rows and update the reference index once, at the end.

    Bookkeeping fields hold no references. A bulk load that disabled the index updates it itself.
    """
    from wagtail import signal_handlers  # noqa: PLC0415 - it reads models, which import this

    if getattr(signal_handlers.reference_index_auto_update_disabled, "value", False):
        yield
        return
    with signal_handlers.disable_reference_index_auto_update():
        yield
    if changes_content and ReferenceIndex.is_indexed(type(instance)):
        with transaction.atomic(savepoint=False):
            ReferenceIndex.create_or_update_for_object(instance)


def cancel_outdated_review(subject: Any, revision: Revision, user: Any) -> None:
    """Cancel the review in progress if ``revision`` differs from the version under review."""
    states = WorkflowState.objects.filter(
        base_content_type_id=revision.base_content_type_id,
        object_id=revision.object_id,
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    for state in states.select_related(
        "workflow", "requested_by", "current_task_state__revision", "current_task_state__task"
    ):
        handed_in = state.current_task_state.revision if state.current_task_state else None
        if handed_in is None or handed_in.pk == revision.pk:
            continue
        if content_hash(handed_in) != content_hash(revision):
            state.cancel(user=user)
            notify_cancelled_review(state, user)


def notify_cancelled_review(state: WorkflowState, user: Any) -> None:
    """Notify the reviewers and the sender."""
    task = state.current_task_state.task.specific
    reviewers = active_members(*task.groups.all()) if isinstance(task, AbstractGroupApprovalTask) else []
    people = {*reviewers, *([state.requested_by] if state.requested_by else [])}
    title = state.current_task_state.revision.object_str

    def write(reader: User) -> EmailText:
        who = user.public_name if user is not None else _("Alguien")
        text = _(
            "%(who)s cambió «%(title)s» después de que se envió. Volvió a ser borrador: nada se decide aún."
        ) % {"who": who, "title": title}
        subject = _("Salió de la revisión: %(title)s") % {"title": title}
        return subject, f"{text}\n\n{find_reader_url(state.content_object, reader)}"

    notify(people, write, user)
