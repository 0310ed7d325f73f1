"""What the review's templates ask for."""

from django import template
from wagtail.models import Revision

from abierto.editorial.review import comparison, decisions

register = template.Library()


@register.simple_tag
def review_changes(revision: Revision) -> comparison.Comparison:
    """Return what publishing ``revision`` would change in public."""
    return comparison.compare_versions(comparison.live_version(revision), revision.as_object())


@register.simple_tag
def review_token(revision: Revision) -> str:
    """Return what the form must carry: the revision shown and its content."""
    return decisions.token_of(revision)
