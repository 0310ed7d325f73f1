"""Documents invented for the engine tests."""

import datetime

from pages.core.search import Passage, SearchContent, SearchKind
from search.indexing.schema import build_documents
from search.query.glossary import Glossary
from search.query.pipeline import run
from search.query.request import SearchRequest, freeze, quoted

LOCALE = "es-mx"


def documents(group, title, *texts, **values):
    """Return the documents of one page, one passage per text."""
    values.setdefault("kind", SearchKind.COMMITMENT)
    values.setdefault("locale", LOCALE)
    values.setdefault("url", f"/pagina-{group}/")
    passages = [Passage(text, anchor=f"p{n}" if n else "") for n, text in enumerate(texts)]
    return build_documents(SearchContent(group=group, title=title, passages=passages, **values))


def world():
    """Seven pages: commitments of two plans, a report of several passages, one page in English."""
    return [
        *documents(
            1, "Vigilar las ladrilleras",
            "Medir el humo de los hornos y publicar cada mes la calidad del aire.",
            code="1.5", plan="pal-2022", axis="pal-2022.1", institution=("SMAOT",),
            day=datetime.date(2022, 8, 1), trail=("Plan 2022", "Medio ambiente"),
        ),
        *documents(
            2, "Sentencias que se entienden", "Escribir las sentencias en lenguaje ciudadano, sin latín.",
            code="3.1", plan="pal-2022", axis="pal-2022.3", institution=("PJEG", "TJA"),
            day=datetime.date(2022, 8, 1),
        ),
        *documents(
            3, "Sentencias con perspectiva de género",
            "Publicar infografías de las sentencias en redes sociales.",
            code="4", plan="pal-2019", axis="pal-2019.2", institution=("PJEG",),
            day=datetime.date(2019, 7, 1),
        ),
        *documents(
            4, "Primer informe parcial",
            "Las sentencias del tribunal avanzaron poco.",
            "Los hornos y sus sentencias siguen sin medirse: el aire espera.",
            "Las personas trabajadoras pidieron indemnización por despido.",
            kind=SearchKind.REPORT, plan="pal-2022", day=datetime.date(2023, 12, 4),
        ),
        *documents(5, "Sesión ordinaria", "Se aprobó el acta de la niñez.", kind=SearchKind.SESSION),
        *documents(6, "Clear rulings", "Sentencias in English, a page of another language.", locale="en"),
        *documents(7, "Gobierno sin corrupción", "Nada por debajo de la mesa.", kind=SearchKind.STANDARD),
    ]  # fmt: skip


def ask(engine, text="", glossary=None, visible=None, **values):
    """Run a query through the search pipeline."""
    filters = freeze({name: tuple(found) for name, found in values.pop("filters", {}).items()})
    request = SearchRequest(
        text=text, phrases=quoted(text), locale=values.pop("locale", LOCALE), filters=filters, **values
    )
    return run(request, engine, glossary or Glossary(), visible)


def found(engine, text="", **values):
    """Return the page ids found, best first."""
    return [hit.group for hit in ask(engine, text, **values).hits]
