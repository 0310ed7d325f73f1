"""E-mails about submitted, returned and approved content, in place of Wagtail's.

Wagtail sends its e-mail during the submission, before the note is saved, and links to the edit form; after an
approval it links to an address that does not open before its date. These are sent after the commit, one for
each decision, also on a bundle; users turn them off with Wagtail's own preferences.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted
from wagtail.users.models import UserProfile

from abierto.accounts.models import User
from abierto.addresses import page_url
from abierto.approval.models import ReviewTask, SubmissionNote
from abierto.approval.notifications import EmailText, active_members, notify
from abierto.approval.reader_links import build_admin_url, find_reader_url
from abierto.approval.review.formatting import format_value
from abierto.approval.review.steps import load_step
from abierto.bundles.models import BundleItem, BundleStatus
from abierto.delegation.models import Delegation


def notify_on_submission(sender: Any, instance: TaskState, user: User | None = None, **kwargs: Any) -> None:
    """Notify the reviewers of the step after the commit."""
    if isinstance(instance.task.specific, ReviewTask):
        transaction.on_commit(partial(email_reviewers, instance.pk, user), robust=True)


def notify_on_return(sender: Any, instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    """Notify the sender and the author, with the reasons, after the commit."""
    transaction.on_commit(partial(email_authors, instance.current_task_state_id, user), robust=True)


def notify_on_approval(sender: Any, instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    """Notify the sender and the author after the commit."""
    if instance.current_task_state_id is not None:
        transaction.on_commit(partial(email_approval, instance.current_task_state_id, user), robust=True)


def ignore_signal(sender: Any, **kwargs: Any) -> None:
    """Replace Wagtail's e-mail to superusers: only reviewers are notified."""


@transaction.atomic
def email_reviewers(number: int, by: User | None) -> None:
    """Notify the reviewers of a submission, with its sender, its note and the link to the decision."""
    states = TaskState.objects.select_related("revision", "workflow_state__requested_by", "task")
    state = states.get(pk=number)
    sender = state.workflow_state.requested_by
    step, note = load_step(state), SubmissionNote.objects.filter(workflow_state=state.workflow_state).first()
    item = state.workflow_state.bundle_items.filter(bundle__status=BundleStatus.SENT).first()
    if item is not None and is_covered_by_bundle_email(state, item):
        return
    title = item.bundle.name if item is not None else state.revision.object_str

    def write(reader: User) -> EmailText:
        subject = _("Para revisar: %(title)s") % {"title": title}
        who = sender.public_name if sender else _("Alguien")
        lines = [_("%(who)s envió «%(title)s».") % {"who": who, "title": title}]
        if step.total > 1:
            numbers = {"number": step.number, "total": step.total}
            lines.append(_("Paso %(number)s de %(total)s.") % numbers)
        if note is not None:
            lines += ["", _("Nota: %(note)s") % {"note": note.text}]
        return subject, "\n".join([*lines, "", decision_url(state, item)])

    notify(filter_subscribed(find_step_reviewers(state), "submitted"), write, by)


def is_covered_by_bundle_email(state: TaskState, item: BundleItem) -> bool:
    """Check whether an earlier page of the bundle waits at the same step: one e-mail covers all."""
    before = BundleItem.objects.filter(bundle=item.bundle_id, pk__lt=item.pk)
    return before.filter(
        workflow_state__current_task_state__task=state.task_id,
        workflow_state__current_task_state__status=TaskState.STATUS_IN_PROGRESS,
    ).exists()


@transaction.atomic
def email_authors(number: int, by: User | None) -> None:
    """Notify the authors of returned content, with the reviewer, the reason and the link to the editor."""
    state = load_decided(number)
    item = find_bundle_item(state, BundleStatus.RETURNED)
    if item is not None and is_covered_by_first_item(item):
        return
    title = item.bundle.name if item is not None else state.revision.object_str

    def write(reader: User) -> EmailText:
        subject = _("Te devolvieron: %(title)s") % {"title": title}
        who = state.finished_by.public_name if state.finished_by else _("Quien revisa")
        lines = [
            _("%(who)s devolvió «%(title)s».") % {"who": who, "title": title},
            "",
            _("Qué falta o qué hay que corregir: %(reasons)s") % {"reasons": state.comment},
            "",
            content_url(state, item, reader),
        ]
        return subject, "\n".join(lines)

    notify(filter_subscribed(find_authors(state, item), "rejected"), write, by)


@transaction.atomic
def email_approval(number: int, by: User | None) -> None:
    """Notify the authors of approved content, with the approver, the comment and the publication date."""
    state = load_decided(number)
    item = find_bundle_item(state, BundleStatus.DONE)
    if item is not None and is_covered_by_first_item(item):
        return
    title = item.bundle.name if item is not None else state.revision.object_str
    date = state.revision.approved_go_live_at

    def write(reader: User) -> EmailText:
        who = state.finished_by.public_name if state.finished_by else _("Quien revisa")
        lines = [_("%(who)s aprobó «%(title)s».") % {"who": who, "title": title}]
        if date is not None:
            lines.append(
                _("Se publica el %(date)s. Antes no se ve en público.") % {"date": format_value(date)}
            )
        else:
            lines.append(_("Ya es público."))
        if state.comment:
            lines += ["", _("Comentario: %(comment)s") % {"comment": state.comment}]
        subject = _("Se aprobó: %(title)s") % {"title": title}
        return subject, "\n".join([*lines, "", approved_url(state, item, reader)])

    notify(filter_subscribed(find_authors(state, item), "approved"), write, by)


def load_decided(number: int) -> TaskState:
    """Return a decision with its people."""
    related = ("revision__user", "workflow_state__requested_by", "finished_by")
    return TaskState.objects.select_related(*related).get(pk=number)


def find_authors(state: TaskState, item: BundleItem | None) -> set[User]:
    """Return the sender and the author of the content, of every page of a bundle."""
    states = [state]
    if item is not None:
        reviews = BundleItem.objects.filter(bundle=item.bundle_id).values(
            "workflow_state__current_task_state"
        )
        states += TaskState.objects.filter(pk__in=reviews).select_related(
            "revision__user", "workflow_state__requested_by"
        )
    people = {person for each in states for person in (each.workflow_state.requested_by, each.revision.user)}
    return {person for person in people if person is not None}


def find_bundle_item(state: TaskState, status: BundleStatus) -> BundleItem | None:
    """Return the item of the bundle that was decided with this review."""
    items = BundleItem.objects.filter(workflow_state=state.workflow_state_id, bundle__status=status)
    return items.select_related("bundle").order_by("-pk").first()


def is_covered_by_first_item(item: BundleItem) -> bool:
    """Check whether an earlier page of the bundle was decided with it: one e-mail covers all."""
    decided = item.workflow_state.status if item.workflow_state is not None else ""
    before = BundleItem.objects.filter(bundle=item.bundle_id, pk__lt=item.pk)
    return before.filter(workflow_state__status=decided).exists()


def content_url(state: TaskState, item: BundleItem | None, person: User) -> str:
    """Return the URL of the decided content for its author: the bundle's, or the editor's."""
    if item is not None:
        return build_admin_url("bundles:detail", item.bundle_id)
    subject = state.revision.content_object
    return find_reader_url(subject, person) if subject is not None else build_admin_url("dashboard:pending")


def approved_url(state: TaskState, item: BundleItem | None, person: User) -> str:
    """Return the public URL of published content; the admin's while it waits for its date."""
    subject = state.revision.content_object
    public = page_url(subject) if isinstance(subject, Page) else ""
    if item is None and public and subject.live and state.revision.approved_go_live_at is None:
        return public
    return content_url(state, item, person)


def find_step_reviewers(state: TaskState) -> list[User]:
    """Return the active members of a step's groups and their deputies of today."""
    task = state.task.specific
    groups = list(task.groups.all())
    if task.lender_id is not None:  # a shared step has no deputies
        return active_members(*groups)
    deputies = Delegation.objects.in_force().filter(absent__groups__in=groups).values("deputy")
    stand_ins = User.objects.filter(Q(pk__in=deputies), is_active=True).order_by("pk")
    return list({person.pk: person for person in [*active_members(*groups), *stand_ins]}.values())


def filter_subscribed(people: Iterable[User], notice: str) -> list[User]:
    """Return the active users who did not turn off this notification."""
    return [
        person
        for person in people
        if person.is_active and getattr(UserProfile.get_for_user(person), f"{notice}_notifications")
    ]


def decision_url(state: TaskState, item: BundleItem | None) -> str:
    """Return the URL of the decision: the bundle's, or the review's own."""
    if item is not None:
        return build_admin_url("bundles:detail", item.bundle_id)
    return build_admin_url("approval:review", state.pk)


def connect() -> None:
    """Connect under the dispatch ids of Wagtail's receivers, which then do not connect."""
    task_submitted.connect(
        notify_on_submission,
        sender=TaskState,
        dispatch_uid="group_approval_task_submitted_email_notification",
    )
    workflow_rejected.connect(
        notify_on_return, sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification"
    )
    workflow_approved.connect(
        notify_on_approval, sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification"
    )
    workflow_submitted.connect(
        ignore_signal, sender=WorkflowState, dispatch_uid="workflow_state_submitted_email_notification"
    )
