"""What the review's templates ask for."""

from django import template
from wagtail.models import Revision, TaskState

from abierto.editorial.review import comparison, decisions, steps

register = template.Library()


@register.simple_tag
def review_changes(revision: Revision) -> comparison.Comparison:
    """Return what publishing ``revision`` would change in public."""
    return comparison.compare_versions(comparison.live_version(revision), revision.as_object())


@register.simple_tag
def review_token(revision: Revision) -> str:
    """Return what the form must carry: the revision shown and its content."""
    return decisions.token_of(revision)


@register.simple_tag
def review_step(task_state: TaskState) -> steps.Step:
    """Return which step of its review this is, and who comes next."""
    return steps.step_of(task_state)
