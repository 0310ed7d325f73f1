"""The public addresses that every sweep visits: one page of each type, and the answers of the search."""

from wagtail.models import Page

PLAN = "/planes/pal-2022-2024/"
WORK_PLAN = "/planes/plan-de-trabajo-gobierno-abierto/"
LADRILLERAS = PLAN + "eje-1-gobierno-abierto/1-5-ladrilleras/"

ALSO = {
    "work plan": WORK_PLAN,
    "line of a work plan": WORK_PLAN + "estrategia-a/a-1/",
    "commitment with two figures": LADRILLERAS,
    "filtered list": PLAN + "?eje=1&estado=low",
    "list filtered to nothing": PLAN + "?eje=2&estado=done",
    "misunderstood filter": PLAN + "?eje=99",
    "search": "/buscar/?q=ladrilleras",
    "search of nothing": "/buscar/",
    "search in vain": "/buscar/?q=xyzzy",
    "page that is not there": "/no-existe/",
}


def public_places() -> dict[str, str]:
    """Return an address for each type of page that is live, whatever types there are, and the others."""
    first: dict[str, str] = {}
    for page in Page.objects.live().filter(depth__gt=1).order_by("path").specific():
        first.setdefault(type(page).__name__, page.url)
    return first | ALSO
