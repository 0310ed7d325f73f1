"""The public parts of rulings, with one query for one ruling or for many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from abierto.tenancy.tree_paths import parent_path
from abierto.tenancy.visibility import own_public_condition

from .parts import PART_TYPES, EasyReadPage, InfographicPage, PlainVersionPage, PublicVersionPage


@dataclass(frozen=True)
class RulingParts:
    """The public parts of a ruling."""

    plain: PlainVersionPage | None = None
    easy: EasyReadPage | None = None
    infographic: InfographicPage | None = None
    public: PublicVersionPage | None = None

    @property
    def pages(self) -> list[Any]:
        """Return the parts that there are, in the order in which they are read."""
        return [part for part in (self.plain, self.easy, self.infographic, self.public) if part is not None]


#: The field of :class:`RulingParts` and the relation from a page to each part.
PARTS: dict[str, str] = {model.role: str(model._meta.model_name) for model in PART_TYPES}

JOINED = (
    "infographicpage__image",
    "publicversionpage__document",
    "publicversionpage__anonymized_by",
    "publicversionpage__names_reviewed_by",
)


def read_parts(ruling: Page) -> RulingParts:
    """Return the parts of a public ruling with one query."""
    rows = Page.objects.child_of(ruling).filter(own_public_condition())
    joined = rows.select_related(*PARTS.values(), *JOINED).order_by("path")
    found: dict[str, Any] = {}
    for row in joined:
        for name, relation in PARTS.items():
            if (part := getattr(row, relation, None)) is not None:
                found.setdefault(name, part)
    return RulingParts(**found)


def read_part_names(rulings: Collection[Page]) -> dict[str, set[str]]:
    """Return which public parts each of these public rulings has, by tree path, with one query."""
    found: dict[str, set[str]] = defaultdict(set)
    if not rulings:
        return found
    wanted = Q()
    for ruling in rulings:
        wanted |= Q(path__startswith=ruling.path, depth=ruling.depth + 1)
    names = {ContentType.objects.get_for_model(model).pk: model.anchor for model in PART_TYPES}
    rows = Page.objects.filter(wanted).filter(own_public_condition())
    for path, kind in rows.values_list("path", "content_type"):
        if kind in names:
            found[parent_path(path)].add(names[kind])
    return found
