"""Whether the screens can link to the manual."""

from django import template

from abierto.dashboard import manual

register = template.Library()


@register.simple_tag
def has_manual() -> bool:
    return manual.has_manual()
