"""The review task of the workflow."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.models import AbstractGroupApprovalTask, TaskState, Workflow, WorkflowTask

from abierto.accounts.models import User
from abierto.approval.errors import InvalidSubmission, NotApproved, ReviewRefused
from abierto.approval.review import decisions, eligibility
from abierto.approval.review.forms import ApprovalForm, ReturnForm
from abierto.approval.review.publication import inactive_step_message
from abierto.approval.review.validation import check_valid
from abierto.text import visible_text

from .stand_in import collect_delegator_ids

APPROVE, RETURN = "approve", "reject"


class ReviewTask(AbstractGroupApprovalTask):
    """A task that only a person who is not an author can approve, and only for the version that was read."""

    class Meta:
        verbose_name = gettext_lazy("revisión por otra persona")
        verbose_name_plural = gettext_lazy("revisiones por otra persona")

    @classmethod
    def get_description(cls) -> str:
        return _("La aprueba alguien de los grupos elegidos que no haya escrito el contenido")

    def _user_in_groups(self, user: Any) -> bool:
        """Check whether ``user`` reviews at this step, or is deputy of a reviewer today."""
        if super()._user_in_groups(user):
            return True
        return bool(user.is_active and collect_delegator_ids(user, self.groups.all()))

    def has_reviewers(self) -> bool:
        """Check that an account that can sign in is in the groups of this step."""
        return bool(User.objects.filter(is_active=True, groups__in=self.groups.all()).exists())

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
        """Return the template that shows what is reviewed above its form."""
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


@transaction.atomic
def create_review_workflow(name: str, *reviewers: Group) -> Workflow:
    """Create or update the workflow called ``name`` with one review step per group, in order."""
    workflow, _created = Workflow.objects.get_or_create(name=name)
    add_review_steps(workflow, reviewers)
    return workflow


def add_review_steps(workflow: Workflow, reviewers: Iterable[Group]) -> list[ReviewTask]:
    """Let these groups review in this order, and return their steps; other steps stay."""
    tasks = []
    for order, group in enumerate(reviewers):
        task, _created = ReviewTask.objects.get_or_create(name=group.name)
        task.groups.set([group])
        WorkflowTask.objects.update_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
        tasks.append(task)
    return tasks
