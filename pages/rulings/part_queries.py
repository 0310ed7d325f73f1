"""Read the public parts of rulings, with one query for one ruling or for many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, QuerySet, Value, When
from wagtail.models import Collection, Page

from abierto.media.access import restricted_collection
from abierto.media.texts import stored_text
from abierto.privacy.extraction.parts import FilePage
from abierto.tenancy.tree_paths import children_of_any, parent_path, parent_path_of
from abierto.tenancy.visibility import own_public_condition
from blocks.choosers import may_show
from pages.core.content_language import content_language
from pages.core.translation import source_language_code, source_language_condition

from .parts import PART_TYPES, EasyReadPage, InfographicPage, PlainVersionPage, PublicVersionPage
from .texts import choose_text


@dataclass(frozen=True)
class RulingParts:
    """The public parts of a ruling.

    ``text`` is that of the public version by pages, ``file_url`` the address of its file if that is public.
    """

    plain: PlainVersionPage | None = None
    easy: EasyReadPage | None = None
    infographic: InfographicPage | None = None
    public: PublicVersionPage | None = None
    text: Sequence[FilePage] = ()
    file_url: str = ""

    @property
    def pages(self) -> list[Any]:
        """Return the existing parts in reading order."""
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
    """Return the parts of a public ruling with one query, and one for the pictures of an infographic.

    A ruling in another language has those that are translated, and those of its source for the others, which
    costs one query more.
    """
    paths = [ruling.path]
    if ruling.alias_of_id is not None or content_language(ruling) != source_language_code():
        sources = Page.objects.filter(source_language_condition(), translation_key=ruling.translation_key)
        paths += sources.values_list("path", flat=True)
    rows = Page.objects.filter(children_of_any(paths), own_public_condition())
    joined = rows.filter(alias_of__isnull=True).select_related("locale", *PARTS.values(), *JOINED)
    is_own = Case(When(path__startswith=ruling.path, then=Value(0)), default=Value(1))
    joined = joined.order_by(is_own, "path")
    found: dict[str, Any] = {}
    joined = joined.annotate(
        file_text=stored_text("publicversionpage__document"),
        is_file_closed=restricted_collection("publicversionpage__document__collection__path"),
    )
    for row in joined.prefetch_related("infographicpage__image__renditions"):
        for name, relation in PARTS.items():
            if (part := getattr(row, relation, None)) is not None and name not in found:
                found[name] = part
                part.locale = row.locale
                if name == PublicVersionPage.role:
                    may_open = part.document is not None and not row.is_file_closed
                    may_open = may_open and may_show(part.document, part)
                    found["file_url"] = part.document.url if may_open else ""
                    found["text"] = choose_text(part, row.file_text if may_open else None)
    return RulingParts(**found)


def find_rulings_with_files_in(collection: Collection) -> list[int]:
    """Return the ids of the rulings whose public version has its file in ``collection`` or below it."""
    files = PublicVersionPage.objects.filter(document__collection__path__startswith=collection.path)
    above = {parent_path(path) for path in files.values_list("path", flat=True)}
    return list(Page.objects.filter(path__in=above).values_list("pk", flat=True))


def read_part_names(rulings: Sequence[Page]) -> dict[str, set[str]]:
    """Return which public parts each of these public rulings has, by tree path, with one query."""
    found: dict[str, set[str]] = defaultdict(set)
    if not rulings:
        return found
    below = children_of_any(ruling.path for ruling in rulings)
    names = {ContentType.objects.get_for_model(model).pk: model.anchor for model in PART_TYPES}
    rows = Page.objects.filter(below, own_public_condition())
    for path, kind in rows.values_list("path", "content_type"):
        if kind in names:
            found[parent_path(path)].add(names[kind])
    return found


def find_paths_with_part(model: Any) -> QuerySet[Any]:
    """Return the tree paths of the rulings that have a public part of this class, as a query."""
    return model.objects.public().order_by().annotate(above=parent_path_of()).values("above")
