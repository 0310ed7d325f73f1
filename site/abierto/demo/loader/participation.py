"""Pages of participation (calls, consultations, forums and their tables) and the list of good practices."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from wagtail.models import Page

from abierto.demo.loader.body import build_body, build_stream
from abierto.demo.loader.content import Entry, read_content, select_fields, source_fields
from abierto.demo.loader.page_loader import PageLoader
from abierto.demo.loader.standard import redirect_old_address
from pages.participation.gatherings import CoCreationTablePage, ForumPage
from pages.participation.models import CallPage, ConsultationPage, ParticipationIndexPage
from pages.practices.models import GoodPracticeIndexPage

TEXTS = ("title", "summary", "intro", "question", "method", "audience", "how_to", "results", "place")
DAYS = ("opens_on", "closes_on", "is_permanent", "starts_on", "ends_on", "kind")
PEOPLE = ("people_total", "people_women", "people_men", "age_from", "age_to", "age_mean")
RESULTS = ("results_source", "results_note")
#: The path of the consultation in earlier versions of the demo, and the slug of the list that replaced it.
OLD_PATH, NEW_SLUG = "/gobierno-abierto/consulta-2018/", "participa"


def load_participation(loader: PageLoader, home: Page) -> None:
    """Load the list with its pages; the commitments that a table refers to must be loaded before."""
    content = read_content("participation")
    _load(loader, home, GoodPracticeIndexPage, content["practices"])
    index = _load(
        loader,
        home,
        ParticipationIndexPage,
        content["index"],
        show_in_menus=True,
        body=build_body(content["index"]["slug"], [content["index"]], loader.pages),
    )
    for entry in content["call"]:
        _load(loader, index, CallPage, entry)
    for entry in content["consultation"]:
        answers = build_stream(entry["slug"], _build_answers(entry.get("answers", ())))
        _load(loader, index, ConsultationPage, entry, answers=answers)
    for entry in content["forum"]:
        forum = _load(loader, index, ForumPage, entry)
        for table in entry.get("table", ()):
            _load_table(loader, forum, entry, table)


def _load_table(loader: PageLoader, forum: Page, entry: Entry, table: Entry) -> None:
    """Load a table of a forum, with the days and the source document of the forum as defaults."""
    days = select_fields(entry, "document", "starts_on", "ends_on")
    chosen = [("commitment", loader.pages[slug].pk) for slug in table.get("commitments", ())]
    _load(
        loader, forum, CoCreationTablePage, {**days, **table}, commitments=build_stream(table["slug"], chosen)
    )


def _load[P: Page](loader: PageLoader, parent: Page, model: type[P], entry: Entry, **fields: Any) -> P:
    known = select_fields(entry, *TEXTS, *DAYS, *PEOPLE, *RESULTS)
    return loader.get_or_add(parent, model, entry["slug"], **known, **source_fields(entry), **fields)


def _build_answers(rows: Iterable[tuple[str, int]]) -> list[tuple[str, Any]]:
    return [
        ("answer", {"text": text, "percent": share, "online": None, "paper": None}) for text, share in rows
    ]


def redirect_old_consultation() -> None:
    """Redirect the former page of the consultation to the filtered list of consultations."""
    redirect_old_address(OLD_PATH, f"{reverse('wagtail_serve', args=[f'{NEW_SLUG}/'])}?tipo=consultas")
