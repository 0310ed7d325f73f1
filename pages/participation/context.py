"""The contexts of the participation pages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from abierto.addresses import page_url
from abierto.progress.rounding import half_up
from abierto.tenancy.visibility import filter_public
from blocks.visibility import build_page_card
from pages.charts.badges import Badge
from pages.charts.bars import Bar
from pages.core.formatting import describe_period, full_date, percent
from pages.core.pager import build_list_pager, get_list_page, is_filtered
from pages.core.structured_data import describe_event
from pages.plans.commitment_references import read_commitments

from .enums import CallState
from .fields import GatheringMixin, HeadcountMixin
from .filters import TYPES, ParticipationFilter
from .gatherings import CoCreationTablePage, ForumPage
from .models import CallPage, ConsultationPage, ParticipationIndexPage
from .rules import describe_answers_gap, describe_gap, describe_paper_gap

PER_PAGE = 40
BADGES = {
    CallState.OPEN: "done",
    CallState.UPCOMING: "stage",
    CallState.CLOSED: "none",
    CallState.UNKNOWN: "none",
}


# --- The list ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ListedPage:
    """A page of the list with its kind, its dates as text and, for a call, its state."""

    page: Any
    url: str
    kind: str
    when: str
    badge: Badge | None = None


def build_index_context(page: ParticipationIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of a list: open calls first, then all pages by date, newest first."""
    today = timezone.localdate()
    filters = ParticipationFilter(request.GET or None, queryset=read_listed(page))
    listed = get_list_page(request, filters.qs, PER_PAGE)
    return {
        "open_calls": [describe_listed(call, today, request) for call in read_open_calls(page, today)],
        "filters": filters,
        "is_filtered": is_filtered(filters),
        "listed": listed,
        "rows": [describe_listed(get_own_type(row), today, request) for row in listed.object_list],
        "pager": build_list_pager(request, listed),
        "clear_url": page.get_url(request) or "",
        "feed_url": reverse("pages:participation_feed", args=[page.pk]) if page.pk else "",
    }


def read_listed(page: Page) -> Any:
    """Return the public pages below ``page`` of the types of the list, joined with their own tables."""
    names = [model._meta.model_name for model in TYPES.values()]
    wanted = Q()
    for name in names:
        wanted |= Q(**{f"{name}__isnull": False})
    days = Coalesce(
        *(f"{name}__{'opens_on' if name == CallPage._meta.model_name else 'starts_on'}" for name in names)
    )
    rows = filter_public(Page.objects.descendant_of(page)).filter(wanted).select_related(*names)
    return rows.annotate(day=days).order_by(days.desc(nulls_last=True), "path")


def read_open_calls(page: Page, day: datetime.date) -> list[CallPage]:
    """Return the public calls below ``page`` that are open on ``day``, the first to close on top."""
    rows = CallPage.objects.public().descendant_of(page)
    rows = rows.exclude(opens_on__gt=day).exclude(closes_on__lt=day)
    calls = [call for call in rows if call.find_state(day) == CallState.OPEN]
    return sorted(calls, key=lambda call: (call.closes_on is None, call.closes_on or day, call.path))


def get_own_type(row: Page) -> Any:
    """Return the joined row as its own type, without a query."""
    names = [model._meta.model_name for model in TYPES.values()]
    return next(own for name in names if (own := getattr(row, str(name), None)) is not None)


def describe_listed(page: Any, today: datetime.date, request: HttpRequest) -> ListedPage:
    """Describe a page of the list."""
    badge = describe_state(page, today) if isinstance(page, CallPage) else None
    kind = page.get_kind_display() if isinstance(page, ForumPage) else page._meta.verbose_name
    return ListedPage(page, page.get_url(request) or "", str(kind).capitalize(), describe_days(page), badge)


def describe_days(page: Any) -> str:
    """Write the date of a page: a day, a month or a period; of a call, its first and last day."""
    if isinstance(page, CallPage):
        return describe_period(page.opens_on, page.closes_on) or full_date(page.opens_on)
    if page.starts_on is not None and page.ends_on == page.starts_on:
        return full_date(page.starts_on)
    return describe_period(page.starts_on, page.ends_on) or full_date(page.starts_on)


def describe_state(call: CallPage, day: datetime.date) -> Badge:
    """Return the badge of the state of a call on ``day``."""
    state = call.find_state(day)
    return Badge(BADGES[state], str(state.label))


# --- One page ------------------------------------------------------------------------------------------


def build_call_context(page: CallPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of a call."""
    return {"state": describe_state(page, timezone.localdate())}


@dataclass(frozen=True)
class Answer:
    """An answer with its share as text and as a bar; ``is_computed`` says that the share is not published."""

    text: str
    share: str
    bar: Bar | None
    online: int | None
    paper: int | None
    is_computed: bool = False


def build_consultation_context(page: ConsultationPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of a consultation, with notes on inconsistent published numbers."""
    answers = read_answers(page)
    counts = [add_counts(item.value) for item in page.answers]
    notes = [
        describe_gap(page.headcount),
        describe_paper_gap(page.people_total, page.paper_total),
        describe_answers_gap(counts, page.people_total),
    ]
    return {
        "when": describe_days(page),
        "answers": answers,
        "has_online": any(answer.online is not None for answer in answers),
        "has_paper": any(answer.paper is not None for answer in answers),
        "has_computed": any(answer.is_computed for answer in answers),
        "notes": [note for note in notes if note],
        "groups": [item.value for item in page.groups],
        "published_share": add_shares(page),
    }


def add_counts(value: Any) -> int | None:
    """Return the sum of the online and paper counts of an answer; None if both are unknown."""
    known = [value[name] for name in ("online", "paper") if value.get(name) is not None]
    return sum(known) if known else None


def add_shares(page: ConsultationPage) -> str:
    """Return the sum of the published percentages as text; empty where one is missing."""
    shares = [item.value.get("percent") for item in page.answers]
    if not shares or any(share is None for share in shares):
        return ""
    return percent(sum(shares, Decimal(0)))


def read_answers(page: ConsultationPage) -> list[Answer]:
    """Return the answers with their published share or, without one, the share computed from the counts."""
    values = [item.value for item in page.answers]
    counts = [add_counts(value) for value in values]
    known = [count for count in counts if count is not None]
    whole = sum(known) if len(known) == len(values) else 0
    found = []
    for value, count in zip(values, counts, strict=True):
        share = value.get("percent")
        is_computed = share is None and bool(whole) and count is not None
        if is_computed:
            share = half_up(Decimal(100 * (count or 0)) / whole)
        text = percent(share)
        bar = Bar(words=f"{value['text']}: {text}", declared=str(share)) if share is not None else None
        found.append(Answer(value["text"], text, bar, value.get("online"), value.get("paper"), is_computed))
    return found


def build_forum_context(page: ForumPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of a forum: its attendance and its tables."""
    tables = CoCreationTablePage.objects.public().child_of(page).order_by("path")
    return {
        "when": describe_days(page),
        "tables": [(table, table.get_url(request) or "") for table in tables],
        "structured": describe_gathering(page, request),
        **describe_attendance(page),
    }


def describe_attendance(page: HeadcountMixin) -> dict[str, Any]:
    """Return the attendance by group, and a note if the published numbers are inconsistent."""
    note = describe_gap(page.headcount)
    return {"groups": [item.value for item in page.groups], "notes": [note] if note else []}


def build_table_context(page: CoCreationTablePage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of a co-creation table: its participants, and the public commitments from it."""
    rows = page.participants.select_related("institution").order_by("sort_order", "pk")
    cards = [build_page_card(one, request) for one in read_commitments(page.commitments)]
    return {
        "when": describe_days(page),
        "participants": [row for row in rows if row.institution.live],
        "cards": [card for card in cards if card is not None],
        "structured": describe_gathering(page, request),
    }


def describe_gathering(page: GatheringMixin, request: HttpRequest) -> dict[str, Any] | None:
    """Return the structured data of a meeting."""
    own: Any = page
    return describe_event(own.title, page_url(own, request), page.starts_on, page.ends_on, page.place)
