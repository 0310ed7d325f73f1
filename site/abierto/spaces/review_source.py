"""Who is the second pair of eyes of a municipality: its own reviewers, the state's, or both in turn."""

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import WorkflowState, WorkflowTask

from abierto.accounts.models import User
from abierto.approval.concurrency.tree_lock import tree_lock
from abierto.approval.errors import NotAllowed
from abierto.approval.models.task import add_review_steps
from abierto.approval.notifications import active_members, notify, state_space
from abierto.approval.reader_links import build_admin_url
from abierto.approval.roles.grants import check_granter

from .enums import ReviewSource
from .models import MunicipalitySpace


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
    """Let others review what a municipality publishes, and notify its people.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    check_granter(by)
    space = link.holder
    if review == ReviewSource.OWN and not active_members(space.reviewers_id):
        raise NotAllowed(_("El municipio no tiene a nadie que revise. Agrega antes a esa persona."))
    set_review(link, review, has_state_step=has_state_step, by=by)
    people = active_members(space.editors_id, space.reviewers_id, space.administrators_id)
    sentence = _("Desde hoy revisa lo que publica «%(space)s»: %(review)s.") % {
        "space": space,
        "review": describe_review(link),
    }
    text = _("Lo que estaba en un paso que terminó volvió a borrador: envíalo otra vez.")
    notify(
        people, _("Cambió quién revisa"), f"{sentence} {text}\n\n{build_admin_url('wagtailadmin_home')}", by
    )


def set_review(link: MunicipalitySpace, review: ReviewSource, *, has_state_step: bool, by: User) -> None:
    """Set the steps of the review; what waits at a step that ends becomes a draft."""
    workflow = link.holder.workflow
    has_state_step = has_state_step and review == ReviewSource.OWN
    steps = choose_review_steps(link.holder.reviewers, review, has_state_step=has_state_step)
    tasks = add_review_steps(workflow, steps)
    WorkflowTask.objects.filter(workflow=workflow).exclude(task__in=tasks).delete()
    link.review, link.has_state_step = review, has_state_step
    link.save(update_fields=["review", "has_state_step"])
    ended = WorkflowState.objects.active().filter(workflow=workflow)
    for state in ended.exclude(current_task_state__task__in=tasks).order_by("pk"):
        state.cancel(user=by)


def describe_review(link: MunicipalitySpace) -> str:
    """Return who reviews, in words."""
    text = str(ReviewSource(link.review).label)
    return f"{text}; {_('después, también el equipo estatal')}" if link.has_state_step else text
