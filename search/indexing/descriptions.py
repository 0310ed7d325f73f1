"""How each page type is described to the search: one small function a type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.rich_text import get_text_for_indexing

from abierto.registry.models import Institution, Person, Seat
from pages.declarations.models import DeclarationPage, Signatory
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentAction, CommitmentParty
from pages.plans.models import AxisPage, PlanPage
from pages.reports.models import ReportPage
from pages.secretariats.models import SecretariatPage, SessionPage
from pages.standard.models import StandardPage
from pages.updates.models import ProgressUpdatePage

from .documents import Content, documents_for
from .schema import Kind, Passage


@documents_for(PlanPage, Kind.PLAN)
def plan(page: PlanPage) -> Content:
    """A plan: what it is for, what it aims at, and its own words."""
    texts = text_of(page.summary, page.objective, page.target_text, page.source_note)
    return Content([texts, *sections_of(page.body)], day=page.period_start)


@documents_for(AxisPage, Kind.AXIS)
def axis(page: AxisPage) -> Content:
    """An axis, also found as «eje 3»."""
    texts = text_of(page.summary, page.objective, page.justification, page.expected_effect)
    return Content([texts], code=page.code, ref=(f"eje {page.code}",))


@documents_for(CommitmentPage, Kind.COMMITMENT)
def commitment(page: CommitmentPage) -> Content:
    """A commitment: the promise in all its wordings, its actions, who answers; also found as «ods 16»."""
    promise = text_of(
        page.official_name, page.summary, page.objective, page.citizen_purpose, page.problem, page.relevance
    )
    rows = page.parties.select_related("institution", "person").all()
    parties = [row for row in rows if row.is_public]
    targets = list(page.sdg_targets.all())
    goals = tuple(dict.fromkeys(str(target.goal_id) for target in targets))
    return Content(
        [
            promise,
            text_of(*(text for party in parties for text in _signed(party, party.public_person))),
            text_of(page.sdg_note),
            *sections_of(page.body),
            *(at("acciones", _action(action)) for action in page.actions.all()),
        ],
        code=page.code,
        day=page.start,
        institution=_names(party.institution for party in parties),
        sdg=goals,
        plain=" ".join(target.title for target in targets),  # a goal is not what was promised: it counts half
        ref=(f"compromiso {page.code}", *(f"ods {goal}" for goal in goals)),
    )


@documents_for(ProgressUpdatePage, Kind.UPDATE)
def update(page: ProgressUpdatePage) -> Content:
    """An update: what was done, and for each action its stage, its note and its evidence."""
    rows = list(page.rows.all())
    titles = dict(
        CommitmentAction.objects.filter(
            translation_key__in=[row.action_key for row in rows], page__locale=page.locale_id
        ).values_list("translation_key", "title")
    )
    return Content(
        [
            text_of(page.summary, get_text_for_indexing(page.narrative), page.declared_note),
            *(
                at(
                    "acciones",
                    text_of(titles.get(row.action_key), row.stage, row.note, *_words(row.evidence)),
                )
                for row in rows
            ),
            at("pruebas", text_of(*_words(page.evidence))),
        ],
        day=page.period_end,
    )


@documents_for(ReportPage, Kind.REPORT)
def report(page: ReportPage) -> Content:
    """A report: its words, the names and notes of its figures, and what was corrected."""
    rows = (at("cifras", text_of(f"{row.code} {row.label}", row.stage, row.note)) for row in page.rows.all())
    errata = (at("erratas", text_of(erratum.text)) for erratum in page.errata.all())
    return Content(
        [text_of(page.summary, page.intro), *sections_of(page.body), *errata, *rows],
        day=page.presented_on or page.cutoff,
    )


@documents_for(SecretariatPage, Kind.SECRETARIAT)
def secretariat(page: SecretariatPage) -> Content:
    """A secretariat and who sits in it."""
    seats = Seat.objects.public().filter(secretariat=page.secretariat_id)
    seats = seats.select_related("institution", "person")
    names = (text for seat in seats for text in _signed(seat, seat.person))
    body = page.public_secretariat
    municipality = body.municipality if body is not None else None
    return Content(
        [text_of(page.summary, page.intro), *sections_of(page.body), at("integrantes", text_of(*names))],
        day=body.valid_from if body is not None else None,
        municipality=municipality.name if municipality is not None and municipality.live else "",
    )


@documents_for(SessionPage, Kind.SESSION)
def session(page: SessionPage) -> Content:
    """A session: where, about what, and what was agreed."""
    agreements = page.agreements.select_related("responsible").all()
    agreed = (at("acuerdos", text_of(one.text, one.public_responsible)) for one in agreements)
    agenda = at("orden", text_of(get_text_for_indexing(page.agenda)))
    return Content(
        [text_of(page.summary, page.place), agenda, *agreed],
        day=timezone.localdate(page.starts_at) if page.starts_at else None,
        ref=(f"sesión {page.number}",) if page.number else (),
    )


@documents_for(DeclarationPage, Kind.DECLARATION)
def declaration(page: DeclarationPage) -> Content:
    """A declaration: its text and who signed it."""
    rows = page.signatories.select_related("institution", "person").all()
    signatures = [row for row in rows if row.is_public]
    names = (text for one in signatures for text in _signed(one, one.person))
    return Content(
        [text_of(page.summary, page.place), *sections_of(page.body), at("firmas", text_of(*names))],
        day=page.signed_on,
        institution=_names(one.institution for one in signatures),
    )


@documents_for(StandardPage, Kind.STANDARD)
def standard(page: StandardPage) -> Content:
    """A page of text."""
    day = timezone.localdate(page.last_published_at) if page.last_published_at else None
    return Content([text_of(page.summary), *sections_of(page.body)], day=day)


def text_of(*texts: Any) -> Passage:
    """Whatever is not empty, one line each, each ended as a sentence is: a snippet joins the lines."""
    lines = (line for text in texts if text and (line := str(text).strip()))
    return Passage("\n".join(line if line[-1] in ".!?…:;" else f"{line}." for line in lines))


def at(anchor: str, passage: Passage) -> Passage:
    """The passage, said to stand under the heading of the page with this anchor."""
    return replace(passage, anchor=anchor)


def sections_of(body: StreamValue) -> Iterator[Passage]:
    """The body of a page, one section per heading, each with the heading's place on the page."""
    heading, anchor = "", ""
    lines: list[str] = []
    for child in body:
        if child.block_type == "heading":
            yield Passage("\n".join(lines), heading, anchor)
            heading, anchor, lines = child.value.get("text") or "", child.value.anchor_id, []
        else:
            lines += child.block.get_searchable_content(child.value)
    yield Passage("\n".join(lines), heading, anchor)


def _words(value: StreamValue) -> list[str]:
    return [text for child in value for text in child.block.get_searchable_content(child.value)]


def _action(action: CommitmentAction) -> Passage:
    return text_of(f"{action.number}. {action.title}", action.text, action.deliverable, *_words(action.means))


def _signed(row: CommitmentParty | Seat | Signatory, person: Person | None) -> tuple[Any, ...]:
    acronym = row.institution.acronym if row.institution else ""
    return row.institution, acronym, person, row.post


def _names(institutions: Iterable[Institution]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(institution.name for institution in institutions))
