"""Tag for the public trace of a page."""

from typing import Any

from django import template
from wagtail.models import Page, Site

from abierto.approval.ledger.trace import TraceEntry, known_decisions, load_live_decision
from abierto.tenancy.declared_reads import declared_reads

register = template.Library()


@register.simple_tag(takes_context=True)
def page_trace(context: dict[str, Any]) -> TraceEntry | None:
    """Return the decision that made this page public, read once per request.

    A draft shown as a preview has no decision.
    """
    page, request = context.get("page"), context.get("request")
    if request is None or not isinstance(page, Page) or page.pk is None:
        return None
    if getattr(request, "is_preview", False):
        return None
    known = known_decisions(request)
    if page.pk not in known:
        with declared_reads():
            known[page.pk] = load_live_decision(page, Site.find_for_request(request))
    return known[page.pk]
