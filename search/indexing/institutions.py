"""Index the public institutions of the registry, which are not pages.

Their groups are numbered above every page id, so that the outbox, the index and the results contain both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from abierto.registry.models import Institution
from abierto.tenancy.visibility import public_ids, public_pages
from pages.core.search import SearchContent, SearchKind, join_texts
from pages.institutions.queries import institution_url
from search.query.institution_names import reference_of_institution

from .schema import Document, build_documents

FIRST_GROUP = 1 << 40  # above every page id; exact in the engines' floating-point counts

type Record = Page | Institution


def institution_group(institution_id: int) -> int:
    """Return the group of an institution."""
    return FIRST_GROUP + institution_id


def institution_ids(groups: Iterable[int]) -> list[int]:
    """Return the ids of the institutions among these groups."""
    return [group - FIRST_GROUP for group in groups if group >= FIRST_GROUP]


def page_ids(groups: Iterable[int]) -> list[int]:
    """Return the ids of the pages among these groups."""
    return [group for group in groups if group < FIRST_GROUP]


def institution_groups() -> list[int]:
    """Return the groups of the public institutions."""
    ids = Institution.objects.public().order_by("pk").values_list("pk", flat=True)
    return [institution_group(pk) for pk in ids]


def iter_institution_documents(groups: Collection[int]) -> Iterator[tuple[int, list[Document]]]:
    """Yield the public institutions among the groups with their documents."""
    if wanted := institution_ids(groups):
        rows = Institution.objects.public().filter(pk__in=wanted).order_by("pk")
        for row in rows.select_related("successor", "space"):
            yield institution_group(row.pk), build_documents(_content(row))


def _content(row: Institution) -> SearchContent:
    """Return the content of an institution; only a query that names it finds it."""
    successor = row.successor.name if row.successor and row.successor.live else ""
    with override(settings.LANGUAGE_CODE):
        facts = join_texts(
            row.acronym, row.get_kind_display(), successor and f"{_('Sus funciones pasaron a:')} {successor}"
        )
    return SearchContent(
        [facts],
        words=row.acronym,
        ref=(reference_of_institution(row.pk),),
        is_found_by_reference=True,
        space=row.space.slug if row.space else "",
        group=institution_group(row.pk),
        kind=SearchKind.INSTITUTION,
        locale=settings.LANGUAGE_CODE,
        title=row.name,
        url=institution_url(row),
    )


def filter_public_groups(groups: Collection[int]) -> frozenset[int]:
    """Return those of the groups that the public may read now."""
    found = public_ids(page_ids(groups))
    if wanted := institution_ids(groups):
        rows = Institution.objects.public().filter(pk__in=wanted).values_list("pk", flat=True)
        found |= {institution_group(pk) for pk in rows}
    return found


def public_records(groups: Collection[int], *related: str, fields: Collection[str] = ()) -> dict[int, Record]:
    """Return the public pages, with their ``related`` rows, and institutions among these groups.

    Of pages and their rows, only ``fields`` are read if there are any.
    """
    found: dict[int, Record] = {**public_pages(page_ids(groups), *related, fields=fields)}
    if wanted := institution_ids(groups):
        rows = Institution.objects.public().filter(pk__in=wanted)
        found |= {institution_group(row.pk): row for row in rows}
    return found
