"""Set who reviews the content of a municipality: its own reviewers, a neighbour's or the state's."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import WorkflowState, WorkflowTask

from abierto.accounts.models import User
from abierto.approval.concurrency.tree_lock import tree_lock
from abierto.approval.errors import NotAllowed, ReviewRefused
from abierto.approval.models.task import ReviewTask, add_steps, get_or_create_step
from abierto.approval.notifications import EmailText, active_members, notify, state_space
from abierto.approval.reader_links import build_admin_url
from abierto.approval.roles.grants import check_granter
from pages.core.formatting import full_date

from .enums import AgreementStatus, ReviewSource
from .models import MunicipalitySpace, ReviewAgreement


class ProvisioningRefused(NotAllowed):
    """A municipality that cannot be provisioned; nothing of it was created."""

    heading = gettext_lazy("No se creó nada")


def choose_review_steps(own: Group, review: ReviewSource, *, has_state_step: bool) -> list[Group]:
    """Return the groups that review, in order.

    Raises:
        ProvisioningRefused: if the state reviews and has no space.
    """
    if review == ReviewSource.OWN and not has_state_step:
        return [own]
    state = state_space()
    if state is None:
        raise ProvisioningRefused(_("El equipo estatal no tiene espacio. Créalo con «empty_portal»."))
    return [own, state.reviewers] if review == ReviewSource.OWN else [state.reviewers]


@tree_lock()
def change_review(link: MunicipalitySpace, review: ReviewSource, *, has_state_step: bool, by: User) -> None:
    """Change who reviews the content of a municipality, and notify its people.

    This ends an agreement in force with a neighbour.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    check_granter(by)
    space = link.holder
    if review == ReviewSource.OWN and not active_members(space.reviewers_id):
        raise NotAllowed(_("El municipio no tiene a nadie que revise. Agrega antes a esa persona."))
    set_review(link, review, has_state_step=has_state_step, by=by)
    people = active_members(space.editors_id, space.reviewers_id, space.administrators_id)

    def write(reader: User) -> EmailText:
        sentence = _("Desde hoy revisa lo que publica «%(space)s»: %(review)s.") % {
            "space": space,
            "review": describe_review(link),
        }
        text = _("Lo que estaba en un paso que terminó volvió a borrador: envíalo otra vez.")
        return _("Cambió quién revisa"), f"{sentence} {text}\n\n{build_admin_url('wagtailadmin_home')}"

    notify(people, write, by)


def set_review(
    link: MunicipalitySpace, review: ReviewSource, *, has_state_step: bool, by: User | None
) -> None:
    """Set the steps of the review; reviews at a removed step become drafts."""
    has_state_step = has_state_step and review == ReviewSource.OWN
    groups = choose_review_steps(link.holder.reviewers, review, has_state_step=has_state_step)
    close_agreement(link, by)
    replace_steps(link, [get_or_create_step(group) for group in groups])
    save_review(link, review, has_state_step=has_state_step)
    for state in find_ended_reviews(link):
        state.cancel(user=by)


def close_agreement(link: MunicipalitySpace, by: User | None) -> None:
    """Record that an agreement in force ends, if the municipality has one."""
    agreement = find_running_agreement(link)
    if agreement is None:
        return
    agreement.status, agreement.ended_by, agreement.ended_at = AgreementStatus.ENDED, by, timezone.now()
    agreement.save(update_fields=["status", "ended_by", "ended_at"])
    lender = agreement.neighbour.holder

    def write(reader: User) -> EmailText:
        sentence = _("«%(neighbour)s» ya no revisa lo que publica «%(town)s».")
        names = {"neighbour": lender, "town": link.holder}
        return _("Terminó un acuerdo de revisión"), sentence % names

    notify(active_members(lender.administrators_id, lender.reviewers_id), write, by)


def find_running_agreement(link: MunicipalitySpace) -> ReviewAgreement | None:
    rows = link.agreements.filter(status=AgreementStatus.IN_FORCE)
    found: ReviewAgreement | None = rows.select_related("neighbour__holder").first()
    return found


def hand_over_reviews(
    link: MunicipalitySpace,
    review: ReviewSource,
    steps: list[ReviewTask],
    *,
    has_state_step: bool,
    by: User | None,
) -> list[str]:
    """Set the steps of the review; reviews at a removed step continue at the new ones.

    Return the titles of those that became drafts, because their version is no longer valid.
    """
    replace_steps(link, steps)
    save_review(link, review, has_state_step=has_state_step)
    return [str(state.content_object) for state in find_ended_reviews(link) if not continue_review(state, by)]


def continue_review(state: WorkflowState, by: User | None) -> bool:
    """Continue a review at its first unapproved step; an invalid version becomes a draft and gives False."""
    try:
        with transaction.atomic():
            state.current_task_state.cancel(user=by)
    except (ReviewRefused, ValidationError):
        WorkflowState.objects.get(pk=state.pk).cancel(user=by)
        return False
    return True


def replace_steps(link: MunicipalitySpace, steps: list[ReviewTask]) -> None:
    workflow = link.holder.workflow
    add_steps(workflow, steps)
    WorkflowTask.objects.filter(workflow=workflow).exclude(task__in=steps).delete()


def save_review(link: MunicipalitySpace, review: ReviewSource, *, has_state_step: bool) -> None:
    link.review, link.has_state_step = review, has_state_step
    link.save(update_fields=["review", "has_state_step"])


def find_ended_reviews(link: MunicipalitySpace) -> list[WorkflowState]:
    """Return the open reviews at a step that the workflow no longer has."""
    workflow = link.holder.workflow
    steps = WorkflowTask.objects.filter(workflow=workflow).values("task")
    waiting = WorkflowState.objects.active().filter(workflow=workflow)
    return list(waiting.exclude(current_task_state__task__in=steps).order_by("pk"))


def describe_review(link: MunicipalitySpace) -> str:
    """Return who reviews as text for the screens."""
    text = str(ReviewSource(link.review).label)
    agreement = find_running_agreement(link)
    if link.review == ReviewSource.NEIGHBOUR and agreement is not None:
        text = _("%(neighbour)s, por acuerdo, hasta el %(day)s") % {
            "neighbour": agreement.neighbour.holder,
            "day": full_date(agreement.ends),
        }
    return f"{text}; {_('después, también el equipo estatal')}" if link.has_state_step else text
