"""The workflow of a space: one review by its reviewers."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Workflow, WorkflowTask

from abierto.approval.models import ReviewTask


@transaction.atomic
def review_workflow(name: str, *reviewers: Group) -> Workflow:
    """Return the workflow called ``name``, whose steps are reviews by each of the groups in turn."""
    workflow, _created = Workflow.objects.get_or_create(name=name)
    for order, group in enumerate(reviewers):
        task, _created = ReviewTask.objects.get_or_create(name=group.name)
        task.groups.set([group])
        WorkflowTask.objects.update_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
    return workflow
