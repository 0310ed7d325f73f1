"""The steps of a review: the current one, the earlier approvals and the next step."""

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import TaskState, WorkflowTask


@dataclass(frozen=True)
class ReviewStep:
    """The step of a review with its number, total, name, next step and earlier approvals."""

    number: int
    total: int
    name: str
    next_name: str
    earlier_approvals: tuple[TaskState, ...]

    @property
    def is_last(self) -> bool:
        return not self.next_name


def load_earlier_approvals(task_state: TaskState) -> list[TaskState]:
    """Return the approvals of earlier steps, of this version in this review, in order."""
    same = TaskState.objects.filter(
        workflow_state_id=task_state.workflow_state_id,
        revision_id=task_state.revision_id,
        status=TaskState.STATUS_APPROVED,
    )
    return list(same.exclude(pk=task_state.pk).select_related("finished_by").order_by("finished_at", "pk"))


def load_step(task_state: TaskState) -> ReviewStep:
    """Return the current step of a review. Two queries."""
    rows = WorkflowTask.objects.filter(workflow=task_state.workflow_state.workflow_id, task__active=True)
    names = dict(rows.order_by("sort_order", "pk").values_list("task", "task__name"))
    before = load_earlier_approvals(task_state)
    done = {state.task_id for state in before}
    left = [name for key, name in names.items() if key not in done and key != task_state.task_id]
    keys = list(names)
    # A step removed from the workflow while this review waits at it is still its last.
    number = keys.index(task_state.task_id) + 1 if task_state.task_id in keys else len(done) + 1
    return ReviewStep(
        number=number,
        total=max(len(keys), number),
        name=names.get(task_state.task_id, task_state.task.name),
        next_name=left[0] if left else "",
        earlier_approvals=tuple(before),
    )


def annotate_steps(reviews: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """Annotate each review with its step number, total, name and next step."""
    steps = WorkflowTask.objects.filter(workflow=OuterRef("workflow_state__workflow"), task__active=True)
    mine = steps.filter(task=OuterRef("task")).values("sort_order")[:1]
    counted = steps.order_by().values("workflow").annotate(number=Count("pk")).values("number")
    reviews = reviews.annotate(step_order=Subquery(mine))
    upto = counted.filter(sort_order__lte=OuterRef("step_order"))
    later = steps.filter(sort_order__gt=OuterRef("step_order")).order_by("sort_order", "pk")
    return reviews.annotate(
        step_total=Coalesce(Subquery(counted), 1),
        step_number=Coalesce(Subquery(upto), F("step_total")),
        step_name=F("task__name"),
        step_next=Subquery(later.values("task__name")[:1]),
    )
