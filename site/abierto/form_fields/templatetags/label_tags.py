"""Names of fields that Django derives from English, looked up in the catalogues."""

from django import template
from django.utils.translation import gettext

register = template.Library()
#: Between the names of a field and of those that hold it, in Wagtail's reports of references.
ARROW = " → "


@register.filter
def translate_path(path: str) -> str:
    """Translate each name of «Comentario → User»."""
    return ARROW.join(gettext(name) if name else "" for name in path.split(ARROW))
