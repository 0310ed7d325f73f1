"""What the review's templates ask for."""

from typing import Any

from django import template
from wagtail.models import Revision, TaskState

from abierto.editorial.review import comparison, decisions, steps

register = template.Library()


@register.simple_tag(takes_context=True)
def review_changes(context: dict[str, Any], revision: Revision) -> comparison.Comparison:
    """Return what publishing ``revision`` would change in public."""
    live = comparison.live_version(revision)
    return comparison.compare_versions(live, revision.as_object(), context["request"])


@register.simple_tag
def review_token(revision: Revision) -> str:
    """Return what the form must carry: the revision shown and its content."""
    return decisions.token_of(revision)


@register.simple_tag
def review_step(task_state: TaskState) -> steps.Step:
    """Return which step of its review this is, and who comes next."""
    return steps.step_of(task_state)
