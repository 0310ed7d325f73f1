"""Template tags with links to the views of redactions."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from wagtail.models import Page

from abierto.redactions.services import space_for_page

register = template.Library()


@register.simple_tag
def redaction_url(subject: Any, user: Any) -> str:
    """Return the address of a new redaction for a page; empty for a registry row or without permission."""
    if not isinstance(subject, Page) or space_for_page(subject, user) is None:
        return ""
    return reverse("redactions:create_for_page", args=[subject.pk])


@register.simple_tag
def redaction_query(place: str) -> str:
    """Return the query string that fills the form with the text at a content path of the last version."""
    return urlencode({"campo": place})
