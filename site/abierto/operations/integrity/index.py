"""Whether the search finds what is public, and nothing else."""

from collections.abc import Iterator

from search.engines import get_engine
from search.engines.base import EngineError, EngineUnreachable
from search.reconcile import compare

from .findings import Finding

SYNC = "Ejecuta: manage.py search sync"
START_SERVER = "Arranca el servidor de ELASTICSEARCH_URL"
REBUILD = "Ejecuta: manage.py search rebuild"


def drifted_index() -> Iterator[Finding]:
    """Yield where the index and the database differ."""
    try:
        drift = compare(get_engine())
    except EngineUnreachable as error:
        yield Finding(f"El servidor del buscador no responde ({error}).", START_SERVER)
        return
    except EngineError as error:
        yield Finding(f"El índice de búsqueda no responde ({error}).", REBUILD)
        return
    for words, count in (
        ("faltan {} páginas públicas", len(drift.missing)),
        ("sobran {} páginas que ya no son públicas", len(drift.extra)),
        ("hay {} páginas con un texto anterior", len(drift.stale)),
        ("hay {} cambios sin atender", drift.waiting),
        ("hay {} cambios abandonados por error", drift.dead),
    ):
        if count:
            yield Finding(f"En el índice de búsqueda {words.format(count)}.", SYNC)
