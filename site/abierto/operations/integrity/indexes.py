"""Integrity checks of the search index and the reference index."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from abierto.approval.mixins import FourEyesPage
from abierto.media.models import PortalDocument, PortalImage
from search.admin_index import find_all_differences
from search.engines import get_engine
from search.engines.base import EngineError, EngineUnreachable
from search.indexing.reconcile import compare

from .findings import IntegrityFinding

SYNC = "Ejecuta: manage.py search sync --deep"
START_SERVER = "Arranca el servidor de ELASTICSEARCH_URL"
REBUILD = "Ejecuta: manage.py search rebuild"
UPDATE_ADMIN_INDEX = "Ejecuta: manage.py update_index"


def find_index_drift() -> Iterator[IntegrityFinding]:
    """Yield differences between search index and database."""
    try:
        drift = compare(get_engine(), deep=True)
    except EngineUnreachable as error:
        yield IntegrityFinding(f"El servidor del buscador no responde ({error}).", START_SERVER)
        return
    except EngineError as error:
        yield IntegrityFinding(f"El índice de búsqueda no responde ({error}).", REBUILD)
        return
    for words, count in (
        ("faltan {} páginas públicas", len(drift.missing)),
        ("sobran {} páginas que ya no son públicas", len(drift.extra)),
        ("hay {} páginas con un texto anterior", len(drift.stale)),
        ("hay {} cambios sin atender", drift.waiting),
        ("hay {} cambios abandonados por error", drift.dead),
    ):
        if count:
            yield IntegrityFinding(f"En el índice de búsqueda {words.format(count)}.", SYNC)


def find_admin_index_drift() -> Iterator[IntegrityFinding]:
    """Yield the numbers of missing, outdated and superfluous entries of the admin's search index."""
    counts = Counter("extra" if found.text is None else "wrong" for found in find_all_differences())
    for words, count in (
        ("faltan o tienen un texto anterior {} fichas", counts["wrong"]),
        ("sobran {} fichas que ya no existen", counts["extra"]),
    ):
        if count:
            yield IntegrityFinding(
                f"En el índice de la administración {words.format(count)}.", UPDATE_ADMIN_INDEX
            )


FIX = "Ejecuta: manage.py rebuild_references_index"
AT_ONCE = 100

Reference = tuple[int, str]


def find_wrong_references() -> Iterator[IntegrityFinding]:
    """Yield public pages whose stored file references differ from their content."""
    kinds = [ContentType.objects.get_for_model(model).pk for model in (PortalDocument, PortalImage)]
    page_type = ContentType.objects.get_for_model(Page).pk
    rows = ReferenceIndex.objects.filter(base_content_type=page_type, to_content_type__in=kinds)
    stored: dict[str, set[Reference]] = {}
    for key, kind, file in rows.values_list("object_id", "to_content_type_id", "to_object_id").iterator():
        stored.setdefault(key, set()).add((kind, file))
    page: Any
    for page in Page.objects.live().order_by("path").specific().iterator(chunk_size=AT_ONCE):
        if not issubclass(type(page), FourEyesPage):
            continue
        found = {
            (reference[0], str(reference[1]))
            for reference in ReferenceIndex._extract_references_from_object(page)
            if reference[0] in kinds
        }
        if found != stored.get(str(page.pk), set()):
            yield IntegrityFinding(
                f"El índice de referencias no dice qué archivos muestra «{page.title}» (página {page.pk}).",
                FIX,
            )
