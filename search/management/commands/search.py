"""Command line of the search: rebuild, repair, compare, query and measure the index."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.html import strip_tags
from wagtail.models import Locale

from pages.core.search import SearchKind
from search.analytics.retention import delete_expired
from search.engines import EMBEDDED, ENGINES, get_engine, scratch_engine
from search.engines.base import EngineBusy, EngineError, EngineUnreachable, IndexUnwritable
from search.evaluation import PASSAGES, QUESTIONS, evaluate, index_passages, portal_target
from search.indexing import reconcile
from search.query.request import SearchRequest, freeze, quoted, tidy_text
from search.query.results import SearchResults
from search.query.service import current_glossary, run_search

UNWRITABLE = "Revisa los permisos y el espacio de su carpeta."
UNREACHABLE = "Arráncalo o revisa ELASTICSEARCH_URL."


class Command(BaseCommand):
    """`manage.py search rebuild|work|sync|check|query|tidy|evaluate`."""

    help = "Construye, repara, compara, consulta y mide el buscador."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add one subcommand per action."""
        actions = parser.add_subparsers(dest="action", required=True)
        for name, help_text in (
            ("rebuild", "construye el índice de nuevo, al lado, y lo cambia por el actual"),
            ("work", "lo mismo que manage.py work: atiende lo que espera mientras corre"),
            ("sync", "pone al día lo pendiente y repara las diferencias"),
            ("check", "compara el índice con la base de datos; sale con 1 si difieren"),
            ("query", "pregunta lo que preguntaría una persona"),
            ("tidy", "borra las preguntas anotadas hace más de noventa días"),
            ("evaluate", "mide el orden de los resultados con preguntas ya calificadas"),
        ):
            action = actions.add_parser(name, help=help_text)
            action.add_argument("--engine", choices=ENGINES, default="", help="si no es el configurado")
            action.add_argument("--json", action="store_true", dest="as_json")
            if name == "rebuild":
                action.add_argument(
                    "--processes", type=int, default=1, help="cuántos describen páginas a la vez"
                )
                action.add_argument(
                    "--restart", action="store_true", help="sin seguir una que se interrumpió"
                )
            if name in ("sync", "check"):
                action.add_argument("--deep", action="store_true", help="describe de nuevo cada página")
            if name == "query":
                action.add_argument("text", help="las palabras, o - para leer una pregunta por línea")
                action.add_argument("--kind", action="append", default=[])
                action.add_argument("--locale", default="")
            if name == "evaluate":
                action.add_argument("folder", type=Path)
                action.add_argument("--without-glossary", action="store_true", help="para ver qué aporta")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the action; report an engine error as one sentence."""
        try:
            ACTIONS[options["action"]](self, **options)
        except EngineBusy as error:
            raise CommandError("Otro proceso está escribiendo el índice. Inténtalo en un momento.") from error
        except EngineUnreachable as error:
            raise CommandError(f"El servidor del buscador no responde ({error}). {UNREACHABLE}") from error
        except ImproperlyConfigured as error:
            raise CommandError(f"Falta configurar el motor: define ELASTICSEARCH_URL ({error})") from error
        except IndexUnwritable as error:
            raise CommandError(f"No se puede escribir el índice ({error}). {UNWRITABLE}") from error
        except EngineError as error:
            raise CommandError(f"El índice no responde ({error}). Usa: manage.py search rebuild") from error

    def rebuild(self, as_json: bool, engine: str, processes: int, restart: bool, **options: Any) -> None:
        """Build the index and the fallback index of this machine; only the portal's own drains the outbox."""
        count = 0
        if engine in ("", settings.ABIERTO_SEARCH_ENGINE):
            count = reconcile.rebuild(get_engine(), processes, restart)
        if (engine or EMBEDDED) != settings.ABIERTO_SEARCH_ENGINE:
            count = get_engine(engine or EMBEDDED).rebuild(reconcile.iter_documents())
        self._say(as_json, {"documents": count}, f"Índice nuevo con {count} documentos.")

    def work(self, engine: str, **options: Any) -> None:
        """Run the worker of the portal, which drains the outbox and does all the other work."""
        self._refuse_other_engine(engine)
        call_command("work")

    def sync(self, as_json: bool, engine: str, deep: bool, **options: Any) -> None:
        self._refuse_other_engine(engine)
        done = reconcile.sync(get_engine(), deep)
        if done.busy:
            raise CommandError("Otro proceso está escribiendo el índice. Inténtalo en un momento.")
        if done.error:
            raise CommandError(f"El índice no responde ({done.error}). Usa: manage.py search rebuild")
        facts = {"settled": done.settled, "failed": done.failed}
        self._say(as_json, facts, f"Cambios atendidos: {done.settled}; con error: {done.failed}.")

    def compare(self, as_json: bool, engine: str, deep: bool, **options: Any) -> None:
        """Compare the index with the database; exit with 1 if they differ."""
        drift = reconcile.compare(get_engine(engine), deep)
        facts = {name: list(getattr(drift, name)) for name in ("missing", "extra", "stale")}
        numbers = {"waiting": drift.waiting, "dead": drift.dead}
        self._say(as_json, facts | numbers, _drift_sentence(drift))
        if drift:
            sys.exit(1)

    def query(
        self, text: str, kind: list[str], locale: str, as_json: bool, engine: str, **options: Any
    ) -> None:
        """Run one query, or one per line of the standard input."""
        kinds = tuple(found.value for name in kind if (found := SearchKind.parse(name)))
        if len(kinds) != len(kind):
            raise CommandError(f"Los tipos son: {', '.join(SearchKind)}.")
        language = _language(locale)
        lines: Iterable[str] = sys.stdin if text == "-" else [text]
        for line in lines:
            words, _cut = tidy_text(line)
            request = SearchRequest(
                text=words, filters=freeze({"kind": kinds}), locale=language, phrases=quoted(words)
            )
            results, _pages = run_search(request, get_engine(engine))
            self._say(as_json, _as_json(results), _as_text(results))

    def tidy(self, as_json: bool, **options: Any) -> None:
        """Delete the query records older than ninety days."""
        count = delete_expired()
        self._say(as_json, {"removed": count}, f"Preguntas borradas: {count}.")

    def evaluate(
        self, folder: Path, without_glossary: bool, as_json: bool, engine: str, **options: Any
    ) -> None:
        """Measure the ranking on judged queries, about the passages of the folder or about the portal."""
        expand = not without_glossary
        if not (folder / QUESTIONS).is_file():
            raise CommandError(
                f"En {folder} hacen falta {QUESTIONS} y, si no preguntan al portal, {PASSAGES}."
            )
        if (folder / PASSAGES).is_file():
            with scratch_engine(engine) as scratch:
                scores = evaluate(folder, index_passages(folder, scratch, current_glossary(), expand))
        else:
            scores = evaluate(
                folder, portal_target(get_engine(engine), current_glossary(), _language(""), expand)
            )
        facts = scores.as_json()
        self._say(as_json, facts, "\n".join(f"{name}: {value}" for name, value in facts.items()))

    def _refuse_other_engine(self, engine: str) -> None:
        if engine not in ("", settings.ABIERTO_SEARCH_ENGINE):
            raise CommandError(f"Ese no es el motor del portal. Usa: search rebuild --engine {engine}")

    def _say(self, as_json: bool, facts: dict[str, Any], sentence: str) -> None:
        self.stdout.write(json.dumps(facts, ensure_ascii=False) if as_json else sentence)


def _language(code: str) -> str:
    """Return the content language with this code; «es» is enough for «es-mx»."""
    codes = list(Locale.objects.values_list("language_code", flat=True))
    if not code:
        return str(Locale.get_default().language_code)
    found = next((known for known in codes if known == code or known.startswith(f"{code}-")), None)
    if found is None:
        raise CommandError(f"Los idiomas son: {', '.join(codes)}.")
    return str(found)


def _as_json(results: SearchResults) -> dict[str, Any]:
    names = ("title", "code", "kind", "url", "snippet", "score")
    return {
        "total": results.total,
        "hits": [{name: getattr(hit, name) for name in names} for hit in results.hits],
        "facets": {name: dict(counts) for name, counts in results.facets.items()},
        "suggestion": results.suggestion,
        "expansions": [expansion.label for expansion in results.expansions],
    }


def _as_text(results: SearchResults) -> str:
    lines = [f"{results.total} resultados"]
    for hit in results.hits:
        lines += [f"- {hit.kind} {hit.code} {hit.title} <{hit.url}>", f"  {strip_tags(hit.snippet)[:200]}"]
    return "\n".join(lines)


def _drift_sentence(drift: reconcile.Drift) -> str:
    if not drift:
        return "El índice y la base de datos dicen lo mismo."
    return (
        f"Faltan {len(drift.missing)}, sobran {len(drift.extra)}, viejas {len(drift.stale)}, "
        f"pendientes {drift.waiting}, abandonadas {drift.dead}. Usa: manage.py search sync"
    )


# By table: `check` is already a method of Django's BaseCommand.
ACTIONS: dict[str, Callable[..., None]] = {
    "rebuild": Command.rebuild,
    "work": Command.work,
    "sync": Command.sync,
    "check": Command.compare,
    "query": Command.query,
    "tidy": Command.tidy,
    "evaluate": Command.evaluate,
}
