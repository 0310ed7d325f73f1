"""The pages that a ruling names, and those that name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from pages.plans.chosen import chosen_keys

from .models import RulingPage


@dataclass
class RelatedRulings:
    """The public rulings around one, by what they have to do with it."""

    changed_by: RulingPage | None = None
    replaces: RulingPage | None = None
    changes: list[RulingPage] = field(default_factory=list)
    cited: dict[int, RulingPage] = field(default_factory=dict)
    cited_by: list[RulingPage] = field(default_factory=list)


def read_related(ruling: RulingPage) -> RelatedRulings:
    """Return the rulings that ``ruling`` names or that name it, with one query."""
    cited = chosen_keys(ruling.citations, "ruling")
    named = {ruling.finality_ruling_id, ruling.replaces_id, *cited} - {None}
    rows = (
        RulingPage.objects.public()
        .filter(alias_of__isnull=True)
        .annotate(cites_this=Exists(_references_to(ruling)))
        .filter(Q(pk__in=named) | Q(cites_this=True) | Q(finality_ruling=ruling.pk))
        .exclude(pk=ruling.pk)
        .order_by("-decided_on", "path")
    )
    found = {row.pk: row for row in rows}
    return RelatedRulings(
        changed_by=found.get(ruling.finality_ruling_id or 0),
        replaces=found.get(ruling.replaces_id or 0),
        changes=[row for row in found.values() if row.finality_ruling_id == ruling.pk],
        cited={pk: found[pk] for pk in cited if pk in found},
        cited_by=[row for row in found.values() if row.cites_this],
    )


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
