"""The address in an e-mail: one that opens for its reader."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import AbstractGroupApprovalTask, Page

from abierto.accounts.models import User


def build_admin_url(name: str, *args: object) -> str:
    """Return the absolute URL of an admin screen."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=args)}"


def build_public_url(page: Any) -> str:
    """Return the absolute URL of a page at the configured address; empty for a page outside the site.

    Not ``full_url``, whose host and port are those of Wagtail's record of the site.
    """
    parts = page.get_url_parts()
    return f"{settings.WAGTAILADMIN_BASE_URL}{parts[2]}" if parts and parts[2] else ""


def find_reader_url(subject: Any, person: User) -> str:
    """Return the absolute URL of ``subject`` for ``person``: its review, its editor or its public page.

    The front page of the admin, when all three are closed to the person.
    """
    if review := find_review_url(subject, person):
        return review
    if path := AdminURLFinder(person).get_edit_url(subject):
        return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
    public = build_public_url(subject) if isinstance(subject, Page) and subject.live else ""
    return public or build_admin_url("wagtailadmin_home")


def find_review_url(subject: Any, person: User) -> str:
    """Return the URL of the pending review that ``person`` may read; empty when there is none."""
    state = getattr(subject, "current_workflow_task_state", None)
    if state is None:
        return ""
    task = state.task.specific
    if isinstance(task, AbstractGroupApprovalTask) and task._user_in_groups(person):
        return build_admin_url("approval:review", state.pk)
    return ""
