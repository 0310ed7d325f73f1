"""Find the indicators that a commitment may refer to, and the matrices and trees of a municipality."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.tenancy.declared_reads import declared_reads
from abierto.tenancy.tree_paths import below_any, parent_path
from pages.core.routing import find_own_paths
from pages.core.translation import get_source_page, source_language_condition

from .models import MatrixRow, ResultsMatrixPage


def find_indicators(page: Page) -> QuerySet[MatrixRow]:
    """Return the public indicators of the plan above ``page``, and of the microsite above the plan.

    A commitment in the space of an institution may refer to those of the state's plan, not to another plan's.
    """
    above = Page.objects.ancestor_of(get_source_page(page), inclusive=True)
    roots = above.filter(Q(planpage__isnull=False) | Q(micrositepage__isnull=False)).values_list(
        "path", flat=True
    )
    found: QuerySet[MatrixRow] = MatrixRow.objects.filter(
        below_any(roots, "page__"),
        source_language_condition("page__"),
        page__in=ResultsMatrixPage.objects.public(),
    )
    return found.order_by("page__path", "sort_order", "pk")


def read_indicators(keys: Iterable[UUID | None]) -> dict[UUID | None, MatrixRow]:
    """Return the public indicators with these keys in the active language, with one query; none without keys.

    Their pages change rarely and then every cached page is dropped (``is_found_by_key``).
    """
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return {}
    pages = ResultsMatrixPage.objects.public().in_active_language()
    rows = MatrixRow.objects.filter(translation_key__in=wanted, page__in=pages).select_related("page")
    with declared_reads():
        return {row.translation_key: row for row in rows}


def read_units(keys: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the unit of each known indicator with one of these keys, public or not; none without keys."""
    wanted = {key for key in keys if key is not None}
    rows = MatrixRow.objects.filter(translation_key__in=wanted) if wanted else MatrixRow.objects.none()
    return dict(rows.values_list("translation_key", "unit"))


def name_indicators(keys: Iterable[UUID | None]) -> dict[str, str]:
    """Return the name of each known indicator by its key; no query without keys."""
    wanted = {key for key in keys if key is not None}
    rows: Iterable[MatrixRow] = MatrixRow.objects.filter(translation_key__in=wanted) if wanted else ()
    return {str(row.translation_key): str(row) for row in rows}


def find_tree_and_matrix_keys(roadmap: Page) -> QuerySet[Page, Any]:
    """Return the ids of the trees and matrices in the microsite of a roadmap, else below the roadmap."""
    own = find_own_paths(roadmap)
    above = {parent_path(path) for path in own}
    is_microsite = Exists(Page.objects.filter(path__in=above, micrositepage__isnull=False))
    is_work = Q(resultsmatrixpage__isnull=False) | Q(problemtreepage__isnull=False)
    works = Page.objects.filter(is_work, below_any(own) | Q(is_microsite) & below_any(above))
    same = Page.objects.filter(translation_key__in=works.order_by().values("translation_key"))
    return same.order_by().values("pk")


def find_indicator_errors(commitment: Any) -> dict[str, str]:
    """Return, by content path, an error for each key that is not an indicator of the commitment's plan.

    A key that the public version has stays valid; the keys of a translation are those of its source.
    """
    chosen = {"indicator_key": commitment.indicator_key} | {
        f"actions.{action.translation_key}.indicator_key": action.indicator_key
        for action in commitment.actions.all()
    }
    chosen = {path: key for path, key in chosen.items() if key is not None}
    place = commitment if commitment.path else commitment.parent
    if not chosen or place is None or get_source_page(commitment).pk != commitment.pk:
        return {}
    known = {*find_indicators(place).values_list("translation_key", flat=True), *read_public_keys(commitment)}
    message = _("Este indicador no es de una matriz pública de este plan. Elige otro o ninguno.")
    return {path: message for path, key in chosen.items() if key not in known}


def read_public_keys(commitment: Any) -> set[UUID]:
    """Return the keys of the indicators that the public version of a commitment refers to."""
    public = type(commitment).objects.filter(pk=commitment.pk, live=True)
    pairs = public.values_list("indicator_key", "actions__indicator_key")
    return {key for pair in pairs for key in pair if key is not None}
