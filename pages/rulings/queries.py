"""The pages that a ruling names, and those that name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from abierto.tenancy.declared_reads import declared_reads
from abierto.tenancy.tree_paths import parent_path
from pages.core.cache import cached_for_version
from pages.core.reads import record_pages
from pages.plans.chosen import chosen_keys

from .index import RulingIndexPage
from .models import RulingPage

#: How many similar rulings the page of a ruling names.
MOST_SIMILAR = 4
#: What a shared topic and a shared provision count; the first topics and provisions are compared.
TOPIC_COUNTS, PROVISION_COUNTS, MOST_COMPARED = 2, 1, 8


@dataclass
class RelatedRulings:
    """The public rulings around one, by what they have to do with it."""

    changed_by: RulingPage | None = None
    replaces: RulingPage | None = None
    changes: list[RulingPage] = field(default_factory=list)
    cited: dict[int, RulingPage] = field(default_factory=dict)
    cited_by: list[RulingPage] = field(default_factory=list)
    similar: list[RulingPage] = field(default_factory=list)


def read_related(ruling: RulingPage) -> RelatedRulings:
    """Return the rulings that ``ruling`` names, that name it or that are like it, with one query."""
    cited = chosen_keys(ruling.citations, "ruling")
    named = {ruling.finality_ruling_id, ruling.replaces_id, *cited} - {None}
    # An alias and its source are one ruling.
    others = RulingPage.objects.public().filter(alias_of__isnull=True)
    others = others.exclude(translation_key=ruling.translation_key)
    alike = find_similar(ruling, others.exclude(pk__in=named))
    rows = (
        others.annotate(cites_this=Exists(_references_to(ruling)), shared=count_shared(ruling))
        .filter(
            Q(pk__in=named)
            | Q(cites_this=True)
            | Q(finality_ruling=ruling.pk)
            | Q(pk__in=alike.values("pk")[: MOST_SIMILAR + len(named)])
        )
        .order_by("-decided_on", "path")
    )
    found = {row.pk: row for row in rows}
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
        similar=sorted(similar, key=lambda row: -row.shared)[:MOST_SIMILAR],
    )


def find_similar(ruling: RulingPage, rulings: QuerySet[RulingPage]) -> QuerySet[RulingPage]:
    """Return those of ``rulings`` of the same matter and language that share a topic or a provision.

    Those that share most come first, then the newest. Of lists of the same language only.
    """
    same = rulings.filter(matter=ruling.matter, locale=ruling.locale_id).annotate(alike=count_shared(ruling))
    return same.filter(alike__gt=0).order_by("-alike", "-decided_on", "path")


def count_shared(ruling: RulingPage) -> Any:
    """Return the expression of how much a ruling shares with ``ruling``: topics count twice as provisions."""
    topics = ((Q(topics__icontains=topic), TOPIC_COUNTS) for topic in ruling.topic_list[:MOST_COMPARED])
    provisions = (
        (Q(provisions__icontains=line), PROVISION_COUNTS) for line in ruling.provision_list[:MOST_COMPARED]
    )
    total: Any = Value(0)
    for shares, counts in (*topics, *provisions):
        total = total + Case(When(shares, then=Value(counts)), default=Value(0), output_field=IntegerField())
    return total


def read_list_paths() -> tuple[str, ...]:
    """Return the tree paths of all lists of rulings, drafts too, cached until a public change.

    A new list is a change of the space of the home page above it, or of its own.
    """
    return cached_for_version("lists of rulings", _read_list_paths)


def _read_list_paths() -> tuple[str, ...]:
    with declared_reads():
        paths = tuple(RulingIndexPage.objects.order_by("path").values_list("path", flat=True))
    record_pages(parent_path(path) for path in paths)
    return paths


def _references_to(ruling: RulingPage) -> Any:
    """Return the references to ``ruling`` from the citations of the outer page."""
    kinds = ContentType.objects.get_for_models(Page, RulingPage)
    return ReferenceIndex.objects.filter(
        base_content_type=kinds[Page],
        content_type=kinds[RulingPage],
        object_id=Cast(OuterRef("pk"), CharField()),
        to_content_type__in=(kinds[Page], kinds[RulingPage]),
        to_object_id=str(ruling.pk),
        model_path__startswith="citations.",
    )
