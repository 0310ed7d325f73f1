"""The steps of a space's review: its own reviewers, then optionally the state's."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowTask

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.models import ReviewTask
from abierto.approval.notifications import EmailText, active_members, notify, state_space, state_team
from abierto.approval.overrides.direct_changes import record_direct_change
from abierto.approval.reader_links import build_admin_url
from abierto.approval.roles.grants import is_state_administrator
from abierto.spaces.enums import ReviewSource
from abierto.spaces.models import MunicipalitySpace
from abierto.tenancy.models import Space

OWN_STEPS = 1


def get_state_task() -> ReviewTask | None:
    """Return the review task of the state's reviewers, created on first use."""
    state = state_space()
    if state is None:
        return None
    task, _created = ReviewTask.objects.get_or_create(name=state.reviewers.name)
    if not task.groups.filter(pk=state.reviewers_id).exists():
        task.groups.set([state.reviewers])
    return task


def has_second_step(space: Space) -> bool:
    """Check whether the state approves after the space's own reviewers."""
    return space.workflow.workflow_tasks.filter(task__active=True).count() > OWN_STEPS


def is_reviewed_by_state(space: Space) -> bool:
    """Check whether only the state team reviews the content of a municipality."""
    return MunicipalitySpace.objects.filter(holder=space, review=ReviewSource.STATE).exists()


@transaction.atomic
def set_second_step(space: Space, wanted: bool, by: User) -> None:
    """Add or remove the state's approval after the space's own, on record, and notify the people concerned.

    A review that already waits at the second step still needs its approval.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    if not is_state_administrator(by):
        raise NotAllowed(_("Los pasos de la revisión los pone la administración estatal. Pídeselo."))
    step, state = get_state_task(), state_space()
    if step is None or state is None or space == state or is_reviewed_by_state(space):
        raise NotAllowed(_("Después del equipo estatal no hay otro paso. Su revisión es de uno."))
    if wanted == has_second_step(space):
        return
    if wanted:
        WorkflowTask.objects.create(workflow=space.workflow, task=step, sort_order=OWN_STEPS)
        done = _("pidió dos pasos: primero el espacio, después el equipo estatal.")
    else:
        space.workflow.workflow_tasks.filter(task=step).delete()
        done = _("dejó un solo paso: lo aprueba el espacio.")
    MunicipalitySpace.objects.filter(holder=space).update(has_state_step=wanted)
    record_direct_change(space.workflow, by, done)
    people = set(active_members(space.reviewers_id, space.administrators_id)) - set(state_team())

    def write(reader: User) -> EmailText:
        names = {"who": by.public_name, "done": done, "space": space.name}
        text = _("%(who)s %(done)s Espacio: %(space)s.") % names
        link = build_admin_url("wagtailadmin_home")
        return _("Cambiaron los pasos de la revisión"), f"{text}\n\n{link}"

    notify(people, write, by)
