"""What public pages say of how they came to be public."""

from typing import Any

from django import template
from wagtail.models import Page

from abierto.editorial.alone.emergency import emergency_behind
from abierto.editorial.models import Approval

register = template.Library()


@register.simple_tag(takes_context=True)
def emergency(context: dict[str, Any]) -> Approval | None:
    """Return the emergency by which this page is public, if it is."""
    page = context.get("page")
    return emergency_behind(page) if isinstance(page, Page) else None
