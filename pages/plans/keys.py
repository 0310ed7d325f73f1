"""The key of a plan in short addresses and filters.

It is the slug, and for a plan of a microsite also that of the microsite: «coroneo--plan». Every town may call
its plan «plan»; no slug that the portal proposes has two hyphens in a row.
"""

from typing import Any

from wagtail.models import Page

from pages.core.slugs import HOME_DEPTH

#: The depth of a plan below the list of plans; plans of microsites are deeper.
PLAN_DEPTH = HOME_DEPTH + 2
SEPARATOR = "--"


def plan_key(plan: Page) -> str:
    """Return the key of a plan, without a query."""
    if plan.depth <= PLAN_DEPTH:
        return str(plan.slug)
    _above, town, slug = plan.url_path.rstrip("/").rsplit("/", 2)
    return f"{town}{SEPARATOR}{slug}"


def plan_filter(key: str) -> dict[str, Any]:
    """Return the keyword arguments that filter plans by their key."""
    town, _separator, slug = key.partition(SEPARATOR)
    if not slug:
        return {"slug": key, "depth__lte": PLAN_DEPTH}
    return {"url_path__endswith": f"/{town}/{slug}/", "depth__gt": PLAN_DEPTH}
