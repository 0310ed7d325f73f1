"""What the review's templates ask for."""

from typing import Any

from django import template
from wagtail.models import Revision

from abierto.editorial.review import comparison, decisions

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
