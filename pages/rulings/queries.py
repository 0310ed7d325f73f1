"""Read the rulings that a ruling refers to, that refer to it, and similar ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    StringAgg,
    Subquery,
    Value,
    When,
)
from wagtail.models import Page

from abierto.registry.enums import PriorityGroup
from abierto.registry.models import Institution
from abierto.tenancy.declared_reads import declared_reads
from abierto.tenancy.tree_paths import branch_paths, find_nearest, parent_path
from abierto.tenancy.visibility import filter_public
from pages.core.cache import cached_for_version
from pages.core.reads import record_pages
from pages.plans.commitment_references import find_references, list_chosen_keys

from .index import RulingIndexPage
from .models import RulingGroup, RulingPage

SEPARATOR = ","
#: The most similar rulings that a page lists.
MAX_SIMILAR = 4
#: The weights of a shared topic and provision, and how many of each are compared.
TOPIC_COUNTS, PROVISION_COUNTS, MAX_COMPARED = 2, 1, 8


@dataclass
class RelatedRulings:
    """The public rulings related to one, by their relation, with its institutions and groups."""

    changed_by: RulingPage | None = None
    replaces: RulingPage | None = None
    changes: list[RulingPage] = field(default_factory=list)
    cited: dict[int, RulingPage] = field(default_factory=dict)
    cited_by: list[RulingPage] = field(default_factory=list)
    similar: list[RulingPage] = field(default_factory=list)
    tribunal: Institution | None = None
    chamber: Institution | None = None
    groups: list[str] = field(default_factory=list)


def read_related(ruling: RulingPage) -> RelatedRulings:
    """Return the rulings that ``ruling`` refers to, that refer to it or that are similar, with one query.

    The same query reads its institutions and groups; those of a draft come from the instance.
    """
    cited = list_chosen_keys(ruling.citations, "ruling")
    named = {ruling.finality_ruling_id, ruling.replaces_id, *cited} - {None}
    # An alias and its source are one ruling.
    is_other = Q(alias_of__isnull=True) & ~Q(translation_key=ruling.translation_key)
    public = RulingPage.objects.public()
    alike = find_similar(ruling, public.filter(is_other).exclude(pk__in=named))
    is_related = (
        Q(pk__in=named)
        | Q(cites_this=True)
        | Q(finality_ruling=ruling.pk)
        | Q(pk__in=alike.values("pk")[: MAX_SIMILAR + len(named)])
    )
    rows = (
        public.annotate(
            cites_this=Exists(find_references(RulingPage, "citations", RulingPage, [str(ruling.pk)])),
            shared=count_shared(ruling),
            joined_groups=_join_groups(),
        )
        .filter(Q(pk=ruling.pk) | (is_other & is_related))
        .select_related("tribunal", "chamber")
        .order_by("-decided_on", "path")
    )
    found = {row.pk: row for row in rows}
    own = found.pop(ruling.pk, None)
    changes = [row for row in found.values() if row.finality_ruling_id == ruling.pk]
    cited_by = [row for row in found.values() if row.cites_this]
    shown = named | {row.pk for row in (*changes, *cited_by)}
    similar = [row for row in found.values() if row.pk not in shown]
    return RelatedRulings(
        changed_by=found.get(ruling.finality_ruling_id or 0),
        replaces=found.get(ruling.replaces_id or 0),
        changes=changes,
        cited={pk: found[pk] for pk in cited if pk in found},
        cited_by=cited_by,
        similar=sorted(similar, key=lambda row: -row.shared)[:MAX_SIMILAR],
        tribunal=(own or ruling).tribunal,
        chamber=(own or ruling).chamber,
        groups=_list_groups(ruling, own),
    )


def _join_groups() -> Subquery:
    """Return the groups of the outer ruling in any order, joined to one text."""
    rows = RulingGroup.objects.filter(page=OuterRef("pk")).order_by().values("page")
    joined = StringAgg("group", delimiter=Value(SEPARATOR))
    return Subquery(rows.annotate(joined=joined).values("joined"))


def _list_groups(ruling: RulingPage, own: Any) -> list[str]:
    """Return the groups in the order of their list: of the public row ``own``, else of a draft."""
    if own is None:
        found = {row.group for row in ruling.groups.all()}
    else:
        found = set((own.joined_groups or "").split(SEPARATOR))
    return [group for group in PriorityGroup.values if group in found]


def find_similar(ruling: RulingPage, rulings: QuerySet[RulingPage]) -> QuerySet[RulingPage]:
    """Return those of ``rulings`` of the same matter and language that share a topic or a provision.

    Those that share most come first, then the newest.
    """
    same = rulings.filter(matter=ruling.matter, locale=ruling.locale_id).annotate(alike=count_shared(ruling))
    return same.filter(alike__gt=0).order_by("-alike", "-decided_on", "path")


def count_shared(ruling: RulingPage) -> Any:
    """Return the similarity of a row to ``ruling`` as an expression; a topic weighs twice a provision."""
    topics = ((Q(topics__icontains=topic), TOPIC_COUNTS) for topic in ruling.topic_list[:MAX_COMPARED])
    provisions = (
        (Q(provisions__icontains=line), PROVISION_COUNTS) for line in ruling.provision_list[:MAX_COMPARED]
    )
    total: Any = Value(0)
    for shares, counts in (*topics, *provisions):
        total = total + Case(When(shares, then=Value(counts)), default=Value(0), output_field=IntegerField())
    return total


@dataclass(frozen=True)
class RulingList:
    """A list of rulings: its public tribunal, and the public page that explains how to read a ruling."""

    tribunal: Institution | None
    guide: Page | None


def read_all_lists() -> dict[str, RulingList]:
    """Return the lists of rulings by their tree paths, with one query, cached until a public change.

    Draft lists are included, so that the publication of one invalidates the pages that depend on its space.
    """
    return cached_for_version("lists of rulings", _read_all_lists)


def _read_all_lists() -> dict[str, RulingList]:
    public = filter_public(Page.objects.filter(pk=OuterRef("guide")))
    rows = RulingIndexPage.objects.annotate(is_open=Exists(public)).select_related("tribunal", "guide")
    with declared_reads():
        found = list(rows.order_by("path"))
    record_pages(parent_path(row.path) for row in found)
    # A guide that is not public yet appears when it, or what is above it, becomes public.
    record_pages(step for row in found if row.guide is not None for step in branch_paths(row.guide.path))
    return {row.path: RulingList(row.public_tribunal, row.guide if row.is_open else None) for row in found}


def find_guide(path: str, lists: dict[str, RulingList]) -> Page | None:
    """Return the page that explains how to read the ruling at ``path``: of its list, or of one above."""
    return find_nearest(path, {place: one.guide for place, one in lists.items() if one.guide is not None})
