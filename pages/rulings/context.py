"""The contexts of a ruling (with its structured data), of a list of rulings, and of the preview of a part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site
from wagtail.rich_text import expand_db_html

from abierto.accounts.models import User
from abierto.addresses import absolute_url, page_url
from abierto.approval.ledger.trace import TraceEntry, find_live_decision, known_decisions
from abierto.registry.enums import PriorityGroup
from abierto.registry.models import Institution
from abierto.tenancy.declared_reads import declared_reads
from abierto.tenancy.tree_paths import parent_path
from blocks.choosers import may_show
from blocks.visibility import document_url
from pages.core.content_language import content_language
from pages.core.formatting import full_date
from pages.core.pager import build_list_pager, get_list_page, is_filtered
from pages.glossary.linking import link_terms
from pages.glossary.queries import DefinedTerm, defined_terms
from pages.history.trace import read_decisions
from pages.plans.commitment_references import read_commitments

from .enums import Finality
from .filters import RulingFilter
from .index import RulingIndexPage
from .models import RulingPage
from .part_queries import RulingParts, read_part_names, read_parts
from .parts import PlainVersionPage, PublicVersionPage
from .queries import RelatedRulings, RulingList, find_guide, read_all_lists, read_related
from .rules import PLAIN_SCORE, describe_finality
from .sections import PLAIN_SECTIONS
from .texts import read_draft_text

PER_PAGE = 20


@dataclass(frozen=True)
class PlainSection:
    """A section of the plain version as HTML, its words explained."""

    anchor: str
    heading: str
    html: SafeString


@dataclass(frozen=True)
class PartTrace:
    """A part with the decision by which it is public."""

    title: str
    decision: TraceEntry | None
    anonymized_by: str = ""
    names_reviewed_by: str = ""


def build_ruling_context(page: RulingPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of the page of a ruling; the number of queries does not depend on its length.

    Rulings of every list may name it, so the page depends on their spaces, and on those of its commitments.
    """
    lists = read_all_lists()
    with declared_reads(page.path, *lists):
        return _build_ruling_context(page, lists, request)


def _build_ruling_context(
    page: RulingPage, lists: dict[str, RulingList], request: HttpRequest
) -> dict[str, Any]:
    parts = read_parts(page)
    related = read_related(page)
    tribunal, chamber = find_institutions(page, related, lists)
    decisions = _read_decisions(page, parts, request)
    sections, terms = build_plain_sections(parts.plain)
    url = page_url(page, request)
    return {
        "parts": parts,
        "sections": sections,
        "terms": terms,
        "tribunal": tribunal,
        "chamber": chamber,
        "groups": [PriorityGroup(group).label for group in related.groups],
        "votes": [block.value for block in page.votes],
        "finality_meaning": describe_finality(page.finality),
        "is_changed": page.finality in (Finality.REVOKED, Finality.MODIFIED, Finality.VOID),
        "related": related,
        "citations": build_citations(page, related),
        "commitments": [(one, one.get_url(request)) for one in read_commitments(page.commitments)],
        "traces": build_part_traces(parts, decisions),
        "low_score_reason": find_low_score_reason(parts.plain, decisions),
        "infographic_image": find_image(parts),
        "permanent_url": permanent_url(page) or url,
        "citation": write_citation(page, tribunal, permanent_url(page) or url),
        "guide": find_guide(page.path, lists),
        "structured": describe_ruling(page, parts, tribunal, url),
    }


def build_part_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Build the context of a part alone, as its preview shows it."""
    text = read_draft_text(page) if page.role == PublicVersionPage.role else ()
    file_url = document_url(page.document) if page.role == PublicVersionPage.role else ""
    parts = RulingParts(**{page.role: page}, text=text, file_url=file_url)
    sections, terms = build_plain_sections(parts.plain)
    return {
        "parts": parts,
        "sections": sections,
        "terms": terms,
        "infographic_image": find_image(parts),
    }


def find_institutions(
    page: RulingPage, related: RelatedRulings, lists: dict[str, RulingList]
) -> tuple[Institution | None, Institution | None]:
    """Return the public tribunal and chamber of a ruling: the tribunal of its list unless it names one."""
    above = lists.get(parent_path(page.path))
    of_list = above.tribunal if above is not None else None
    tribunal, chamber = related.tribunal, related.chamber
    return (
        (tribunal if tribunal.live else None) if tribunal is not None else of_list,
        chamber if chamber is not None and chamber.live else None,
    )


# --- The plain version ---------------------------------------------------------------------------------
_BREAK = "<!-- section -->"


def build_plain_sections(
    plain: PlainVersionPage | None,
) -> tuple[list[PlainSection], list[DefinedTerm]]:
    """Return the sections of the plain version and the words of the glossary that they use.

    Each word is a link where it is used first, to its definition at the foot of the page.
    """
    if plain is None:
        return [], []
    named = [
        (anchor, str(heading), expand_db_html(getattr(plain, name)))
        for name, anchor, heading in PLAIN_SECTIONS
        if getattr(plain, name)
    ]
    html, used = link_terms_on_page(_BREAK.join(html for _anchor, _heading, html in named))
    pieces = html.split(_BREAK)
    return [
        PlainSection(anchor, heading, mark_safe(piece))
        for (anchor, heading, _html), piece in zip(named, pieces, strict=True)
    ], used


def link_terms_on_page(html: str) -> tuple[str, list[DefinedTerm]]:
    """Link the terms of the glossary to their definitions on the same page; return the HTML and the terms."""
    if get_language() != settings.LANGUAGE_CODE:
        return html, []
    terms = defined_terms()
    linked = link_terms(html, terms)
    used = [term for term in terms if f'href="{escape(term.url)}"' in linked]
    for term in used:
        described = f'href="#{term.anchor}" data-definition="{escape(term.definition)}"'
        linked = linked.replace(f'href="{escape(term.url)}"', described)
    return linked, used


def find_image(parts: RulingParts) -> Any:
    """Return the picture of the infographic if the page may show it."""
    page = parts.infographic
    if page is None or page.image is None:
        return None
    return page.image if may_show(page.image, page) else None


# --- Who approved --------------------------------------------------------------------------------------
def _read_decisions(page: RulingPage, parts: RulingParts, request: HttpRequest) -> dict[int, TraceEntry]:
    """Return the live decisions about the parts, and cache that about the page on the request. One query."""
    if getattr(request, "is_preview", False):
        return {}
    known = read_decisions([*parts.pages, page], Site.find_for_request(request))
    if page.alias_of_id is None:
        known_decisions(request)[page.pk] = find_live_decision(page, known.get(page.pk, []))
    found = {part.pk: find_live_decision(part, known.get(part.pk, [])) for part in parts.pages}
    return {pk: decision for pk, decision in found.items() if decision is not None}


def build_part_traces(parts: RulingParts, decisions: dict[int, TraceEntry]) -> list[PartTrace]:
    """Return who prepared and who approved each part."""
    return [
        PartTrace(
            part.title,
            decisions.get(part.pk),
            _write_post(getattr(part, "anonymized_by", None)),
            _write_post(getattr(part, "names_reviewed_by", None)),
        )
        for part in parts.pages
    ]


def _write_post(user: User | None) -> str:
    if user is None:
        return ""
    return user.post or _("una persona sin cargo publicado")


def find_low_score_reason(plain: PlainVersionPage | None, decisions: dict[int, TraceEntry]) -> str:
    """Return the reviewer's comment if the plain version was approved with a score below plain language."""
    decision = decisions.get(plain.pk) if plain is not None else None
    if plain is None or decision is None or not decision.comment:
        return ""
    score = plain.score
    return decision.comment if score is not None and score < PLAIN_SCORE else ""


# --- Citations -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Citation:
    """A ruling that this one cites: of the portal, or of another site."""

    text: str
    url: str = ""
    ruling: RulingPage | None = None


def build_citations(page: RulingPage, related: RelatedRulings) -> list[Citation]:
    """Return the cited rulings in order: the public ones of this portal, and those of other sites."""
    found = []
    for item in page.citations.raw_data:
        value = item.get("value")
        if item.get("type") == "ruling" and value in related.cited:
            ruling = related.cited[value]
            found.append(Citation(ruling.title, ruling.get_url() or "", ruling))
        elif item.get("type") == "other" and isinstance(value, dict):
            found.append(Citation(value.get("text") or "", value.get("url") or ""))
    return found


def permanent_url(page: RulingPage) -> str:
    """Return the full address of a ruling by its case number; empty where its list has none."""
    *_above, list_slug, _own, _end = page.url_path.split("/")
    if not page.case_key or not list_slug:
        return ""
    return absolute_url(reverse("pages:ruling", args=[list_slug, page.case_key.replace(".", "-")]))


def write_citation(page: RulingPage, tribunal: Institution | None, url: str) -> str:
    """Write the citation of a ruling in one line."""
    parts = [
        _("Sentencia %(number)s") % {"number": page.case_number}
        + (f" ({_('ejemplo ficticio')})" if page.is_fictional else ""),
        tribunal.name if tribunal is not None else "",
        full_date(page.decided_on),
        url,
    ]
    return ". ".join(part for part in parts if part)


# --- The list ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ListedRuling:
    """A ruling of the list."""

    page: RulingPage
    url: str
    parts: set[str]
    tribunal: str


def build_index_context(page: RulingIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of a list of rulings, or of a withdrawn ruling."""
    if page.withdrawn is not None:
        placed = page.withdrawn.replacement
        return {
            "withdrawn": page.withdrawn,
            "list_url": page.get_url(request),
            "replacement_url": placed.get_url(request) if placed is not None else "",
        }
    lists = read_lists(page, request)
    filters = filter_rulings(page, request, lists)
    shown = filters.qs.select_related("tribunal")
    listed = get_list_page(request, shown, PER_PAGE)
    rows = list(listed.object_list)
    names = read_part_names(rows)
    own = page.get_url(request) or ""
    return {
        "filters": filters,
        "is_filtered": is_filtered(filters),
        "listed": listed,
        "rulings": [
            ListedRuling(
                ruling,
                ruling.get_url(request) or "",
                names[ruling.path],
                _name_tribunal(ruling, lists) if page.tribunal_id is None else "",
            )
            for ruling in rows
        ],
        "pager": build_list_pager(request, listed),
        "lists": [one for one in lists if one.path != page.path],
        "tribunal": page.public_tribunal,
        "guide": find_guide(page.path, read_all_lists()),
        "feed_url": feed_url(page, filters),
        "clear_url": own,
    }


def filter_rulings(
    page: RulingIndexPage, request: HttpRequest, lists: list[RulingIndexPage] | None = None
) -> RulingFilter:
    """Return the filters of a list with the rulings that pass them, the last decided first."""
    rulings = RulingPage.objects.public().descendant_of(page).order_by("-decided_on", "path")
    known = read_lists(page, request) if lists is None else lists
    return RulingFilter(request.GET or None, queryset=rulings, lists=known)


def read_lists(page: RulingIndexPage, request: HttpRequest) -> list[Any]:
    """Return the public lists at and below ``page`` with their tribunals, with one query."""
    rows = RulingIndexPage.objects.public().descendant_of(page, inclusive=True)
    return list(rows.select_related("tribunal").order_by("path"))


def _name_tribunal(ruling: RulingPage, lists: list[RulingIndexPage]) -> str:
    above = next((one for one in lists if one.path == parent_path(ruling.path)), None)
    tribunal = ruling.tribunal or (above.tribunal if above is not None else None)
    return tribunal.name if tribunal is not None and tribunal.live else ""


def feed_url(page: Page, filters: RulingFilter) -> str:
    """Return the address of the feed of a list, of one matter if the list is filtered by it."""
    matter = filters.form.cleaned_data.get("materia") if filters.is_bound and filters.is_valid() else ""
    name = "pages:rulings_of_matter_feed" if matter else "pages:rulings_feed"
    return reverse(name, args=[page.slug, matter] if matter else [page.slug])


# --- Structured data -----------------------------------------------------------------------------------


def describe_ruling(
    page: RulingPage, parts: RulingParts, tribunal: Institution | None, url: str
) -> dict[str, Any]:
    """Return the record of a ruling and its public parts; never the name of a person."""
    known = {
        "description": page.decision,
        "datePublished": page.decided_on.isoformat() if page.decided_on else "",
        "citation": page.provision_list,
        "keywords": page.topic_list,
        "sameAs": page.original_url,
        "hasPart": [
            {"@type": "CreativeWork", "name": part.title, "url": f"{url}#{part.anchor}"}
            for part in parts.pages
        ],
        "creator": {"@type": "GovernmentOrganization", "name": tribunal.name} if tribunal is not None else {},
        "creativeWorkStatus": str(page.get_finality_display()),
    }
    return {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "genre": "Ejemplo ficticio" if page.is_fictional else "Sentencia",
        "name": page.title,
        "identifier": page.case_number,
        "url": url,
        "inLanguage": content_language(page),
        "isAccessibleForFree": True,
    } | {name: value for name, value in known.items() if value}
