"""Find the URL of an object that the reader of an e-mail may open."""

from typing import Any

from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import AbstractGroupApprovalTask, Page

from abierto.accounts.models import User
from abierto.addresses import absolute_url, page_url


def build_admin_url(name: str, *args: object) -> str:
    """Return the absolute URL of an admin screen."""
    return absolute_url(reverse(name, args=args))


def find_reader_url(subject: Any, person: User) -> str:
    """Return the absolute URL of ``subject`` for ``person``: its review, its editor or its public page.

    The front page of the admin, when all three are closed to the person.
    """
    if review := find_review_url(subject, person):
        return review
    if path := AdminURLFinder(person).get_edit_url(subject):
        return absolute_url(path)
    public = page_url(subject) if isinstance(subject, Page) and subject.live else None
    return str(public or build_admin_url("wagtailadmin_home"))


def find_review_url(subject: Any, person: User) -> str:
    """Return the URL of the pending review that ``person`` may read; empty when there is none."""
    state = getattr(subject, "current_workflow_task_state", None)
    if state is None:
        return ""
    task = state.task.specific
    if isinstance(task, AbstractGroupApprovalTask) and task._user_in_groups(person):
        return build_admin_url("approval:review", state.pk)
    return ""
