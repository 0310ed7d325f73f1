"""The review task of the workflow."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.models import AbstractGroupApprovalTask, TaskState, Workflow, WorkflowTask

from abierto.accounts.models import User
from abierto.approval.errors import InvalidSubmission, NotApproved, ReviewRefused
from abierto.approval.guard.suspension import check_may_publish, check_may_write
from abierto.approval.review import decisions, eligibility
from abierto.approval.review.forms import ApprovalForm, ReturnForm
from abierto.approval.review.publication import inactive_step_message
from abierto.approval.review.validation import check_valid
from abierto.tenancy.models import Space
from abierto.text import visible_text

from .stand_in import collect_delegator_ids

APPROVE, RETURN = "approve", "reject"


class ReviewTask(AbstractGroupApprovalTask):
    """A task that only a person who is not an author can approve, and only for the version that was read.

    A step with a lender is shared: the reviewers of another space decide at it, until a date, and do nothing
    else in the space of the workflow.
    """

    lender = models.ForeignKey(
        Space,
        verbose_name=gettext_lazy("espacio que presta a quien revisa"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    until = models.DateField(gettext_lazy("último día"), null=True, editable=False)

    class Meta:
        verbose_name = gettext_lazy("revisión por otra persona")
        verbose_name_plural = gettext_lazy("revisiones por otra persona")

    @classmethod
    def get_description(cls) -> str:
        return _("La aprueba alguien de los grupos elegidos que no haya escrito el contenido")

    def _user_in_groups(self, user: Any) -> bool:
        """Check whether ``user`` reviews at this step, or is deputy of a reviewer today.

        A shared step has no deputies: another space agreed to these reviewers only.
        """
        if self.is_over():
            return False
        if super()._user_in_groups(user):
            return True
        if self.lender_id is not None:
            return False
        return bool(user.is_active and collect_delegator_ids(user, self.groups.all()))

    def is_over(self, today: datetime.date | None = None) -> bool:
        """Check that the last day of a shared step has passed."""
        return self.until is not None and self.until < (today or timezone.localdate())

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Keep the editor closed to the reviewers of another space."""
        return self.lender_id is None and super().user_can_access_editor(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self.lender_id is None and super().user_can_lock(obj, user)

    def has_reviewers(self) -> bool:
        """Check that an account that can sign in is in the groups of this step."""
        return not self.is_over() and bool(
            User.objects.filter(is_active=True, groups__in=self.groups.all()).exists()
        )

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """Offer to return and, if the user is independent, to approve. Superusers have no extra rights.

        All actions open the form, which has the token.
        """
        if not self._user_in_groups(user):
            return []
        actions = [(RETURN, _("Devolver"), True)]
        state = obj.current_workflow_task_state
        if state is not None and eligibility.may_approve(state, user):
            actions.append((APPROVE, _("Aprobar"), True))
        return actions

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ApprovalForm if action == APPROVE else ReturnForm

    def get_template_for_action(self, action: str) -> str:
        """Return the template that shows the content under review above its form."""
        return "approval/review_modal.html"

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Lock the page for all users but the reviewers."""
        return not self._user_in_groups(user)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Return the task states that wait for a review by ``user``."""
        if self._user_in_groups(user):
            return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return TaskState.objects.none()

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Start at the first step without an approval of this version; a changed version restarts."""
        if not self.active:
            raise ReviewRefused(inactive_step_message())
        check_may_write(workflow_state.content_object, user)
        first = workflow_state.get_next_task()
        if first is not None and first.pk != self.pk:
            return first.specific.start(workflow_state, user=user)
        check_valid(workflow_state.content_object.get_latest_revision(), InvalidSubmission, user)
        return super().start(workflow_state, user=user)

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Approve or return the content in one transaction."""
        if not self._user_in_groups(user):
            raise ReviewRefused(_("No estás en el grupo que revisa esta página."))
        check_may_publish(task_state.workflow_state.content_object, user)
        comment = visible_text(kwargs.get("comment"))
        state = decisions.lock_review(task_state)
        for check in hooks.get_hooks("check_review_decision"):
            check(state, user, action_name)
        state.task = self  # saves a query
        if action_name == APPROVE:
            decisions.approve(state, user, kwargs.get("token", ""), comment)
        elif not comment:
            raise ReviewRefused(_("Escribe qué debe cambiar para que se pueda aprobar."))
        try:
            return super().on_action(state, user, action_name, comment=comment)
        except ValidationError as error:
            raise ReviewRefused(decisions.format_validation_error(error)) from error
        except NotApproved as error:
            sentence = _("Algo a lo que apunta este contenido ya no existe. Devuélvelo para que lo corrijan.")
            raise ReviewRefused(sentence) from error


def filter_decidable_steps(groups: Any, user: User) -> models.QuerySet[ReviewTask]:
    """Return the steps of ``groups``, and those at which ``user`` decides today for another space."""
    shared = Q(lender__isnull=False, until__gte=timezone.localdate(), groups__user=user)
    steps = ReviewTask.objects.filter(Q(lender__isnull=True, groups__in=groups) | shared, active=True)
    return steps.distinct()


@transaction.atomic
def create_review_workflow(name: str, *reviewers: Group) -> Workflow:
    """Create or update the workflow called ``name`` with one review step per group, in order."""
    workflow, _created = Workflow.objects.get_or_create(name=name)
    add_review_steps(workflow, reviewers)
    return workflow


def add_review_steps(workflow: Workflow, reviewers: Iterable[Group]) -> list[ReviewTask]:
    """Let these groups review in this order, and return their steps; other steps stay."""
    return add_steps(workflow, [get_or_create_step(group) for group in reviewers])


def get_or_create_step(group: Group) -> ReviewTask:
    """Return the step at which ``group`` reviews, the same in every workflow."""
    task, _created = ReviewTask.objects.get_or_create(name=group.name)
    task.groups.set([group])
    return task


def add_steps(workflow: Workflow, tasks: list[ReviewTask]) -> list[ReviewTask]:
    """Put ``tasks`` into ``workflow`` in this order, and return them."""
    for order, task in enumerate(tasks):
        WorkflowTask.objects.update_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
    return tasks
