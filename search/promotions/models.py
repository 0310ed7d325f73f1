"""Results that a space puts first for some queries, after approval."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.models import Page

from abierto.registry.models.base import ValidDuring
from abierto.registry.models.reviewed import DatedQuerySet, ReviewedRow
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.visibility import public_pages
from abierto.text import split_lines
from pages.core.cache import cached_for_version
from search.query.analysis import exact_tokens, stems
from search.query.request import SearchRequest

MAX_LINES = 30
MAX_ROWS = 500


class PromotedResult(ReviewedRow, ValidDuring):
    """A page shown above the results of some queries. A space promotes only in its own search."""

    words = models.TextField(
        _("preguntas"),
        help_text=_("Una por línea. Se muestra a quien pregunte justo esas palabras, en cualquier orden."),
    )
    page = models.ForeignKey(
        Page,
        verbose_name=_("página"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Se muestra mientras sea pública."),
    )

    objects = models.Manager.from_queryset(DatedQuerySet)()

    search_fields = [index.AutocompleteField("words")]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("resultado destacado")
        verbose_name_plural = _("resultados destacados")

    def __str__(self) -> str:
        return self.lines[0] if self.lines else str(_("resultado destacado"))

    @property
    def lines(self) -> list[str]:
        """Return the queries, one per line."""
        return split_lines(self.words)

    def clean(self) -> None:
        """Refuse queries without words, and more queries than a reviewer can read."""
        super().clean()
        if len(self.lines) > MAX_LINES:
            sentence = _("Son demasiadas preguntas. Deja %(count)s como mucho.") % {"count": MAX_LINES}
            raise ValidationError({"words": sentence})
        if not all(_normalize(line) for line in self.lines) or not self.lines:
            raise ValidationError({"words": _("Escribe en cada línea al menos una palabra.")})

    @property
    def normalized_lines(self) -> set[frozenset[str]]:
        """Return the queries as they are compared."""
        return {_normalize(line) for line in self.lines}


@dataclass(frozen=True, slots=True)
class PromotedLink:
    """A promoted page with its address."""

    page: Page
    url: str


def find_promoted(query: SearchRequest, request: HttpRequest) -> list[PromotedLink]:
    """Return the pages promoted for the first page of a query: approved, in force and public."""
    if not query.text or query.page > 1:
        return []
    spaces = query.filters.get("space", ())
    promoted = cached_for_version(("promoted", *spaces), lambda: _page_ids(spaces))
    wanted = promoted.get(_normalize(query.text), ())
    pages = public_pages(wanted)
    shown = [pages[pk] for pk in wanted if pk in pages]
    return [PromotedLink(page, url) for page in shown if (url := page.get_url(request))]


def _page_ids(spaces: Collection[str]) -> dict[frozenset[str], list[int]]:
    """Return the pages promoted today in these spaces, by the words of their queries."""
    rows = (
        PromotedResult.objects.public()
        .filter(_promoting_spaces(spaces))
        .valid_on(timezone.localdate())[:MAX_ROWS]
    )
    found: dict[frozenset[str], list[int]] = {}
    for row in rows:
        for words in row.normalized_lines - {frozenset()}:
            found.setdefault(words, []).append(row.page_id)
    return {words: list(dict.fromkeys(page_ids)) for words, page_ids in found.items()}


def _promoting_spaces(slugs: Collection[str]) -> Q:
    """Return the condition for the promoting space: the space searched, or the state team."""
    if slugs:
        return Q(space__slug__in=list(slugs))
    return Q(space__isnull=True) | Q(space__kind=SpaceKind.STATE)


def _normalize(text: str) -> frozenset[str]:
    """Return the words of a query as they are compared: stems in any order, or the stop words if alone."""
    tokens = exact_tokens(text)
    return frozenset(stems(tokens) or tokens)
