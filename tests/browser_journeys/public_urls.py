"""The public URLs for checks of every page: one page of each type, and the search results."""

from django.db.models import Count
from wagtail.models import Page, get_default_page_content_type

from abierto.approval.models import Approval, ApprovalKind
from abierto.registry.models import Institution
from pages.history.ledger_rows import read_outline
from pages.institutions.queries import institution_url
from pages.rulings.parts import RulingPart
from pages.standard.models import StandardPage

PLAN = "/planes/pal-2022-2024/"
WORK_PLAN = "/planes/plan-de-trabajo-gobierno-abierto/"
LADRILLERAS = PLAN + "eje-1-gobierno-abierto/1-5-ladrilleras/"

ALSO = {
    "work plan": WORK_PLAN,
    "line of a work plan": WORK_PLAN + "estrategia-a/a-1/",
    "commitment with two figures": LADRILLERAS,
    "filtered list": PLAN + "?eje=1&estado=reported",
    "list filtered to nothing": PLAN + "?eje=2&estado=done",
    "misunderstood filter": PLAN + "?eje=99",
    "ruling with everything": "/sentencias/poder-judicial/despido-embarazo/",
    "withdrawn ruling": "/sentencias/poder-judicial/visitas-padre-primera/",
    "filtered rulings": "/sentencias/?materia=familiar",
    "institutions": "/instituciones/",
    "agreements": "/acuerdos/",
    "act of a session": "/gobierno-abierto/secretariado-2022-2024/cuarta-sesion-ordinaria-2023/acta/",
    "changes": "/cambios/",
    "changes of a microsite": "/cambios/municipios/coroneo/",
    "proofs": "/pruebas/pal-2022-2024/",
    "glossary": "/glosario/",
    "open data": "/datos/",
    "data dictionary": "/datos/diccionario/",
    "search": "/buscar/?q=ladrilleras",
    "searched term": "/buscar/?q=despido",
    "search of nothing": "/buscar/",
    "search in vain": "/buscar/?q=xyzzy",
    "page that is not there": "/no-existe/",
    "municipality of the register": "/municipios/tarimoro/",
    "page that is not in a microsite": "/municipios/coroneo/no-existe/",
}


def public_places() -> dict[str, str]:
    """Return a URL for each page type with a live page, and the other public URLs."""
    first: dict[str, str] = {}
    for page in Page.objects.live().filter(depth__gt=1).order_by("path").specific():
        if not isinstance(page, RulingPart):  # a section of the page of its ruling
            first.setdefault(type(page).__name__, page.url)
    promising = Institution.objects.get(acronym="OUSANEG")
    return first | ALSO | {"institution": institution_url(promising)} | histories()


def histories() -> dict[str, str]:
    """Return the history of a changed page, and the URL of its change."""
    imported = Approval.objects.filter(kind=ApprovalKind.IMPORT, content_type=get_default_page_content_type())
    changed = imported.values("object_id").annotate(times=Count("pk"))
    page = StandardPage.objects.live().get(
        pk=changed.filter(times__gt=1).order_by("object_id")[0]["object_id"]
    )
    moments = read_outline(page).own.values()
    number = next(moment.number for moment in moments if moment.compared_with)
    return {"history": f"/historial/{page.pk}/", "what changed": f"/historial/{page.pk}/{number}/"}
