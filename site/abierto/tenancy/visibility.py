"""The one rule for what the public may read: figures, lists, links, search, history and files.

A page is public while it and all its ancestors are live, not expired and without view restriction; an alias
only while its source is public too.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    Exists,
    Expression,
    Field,
    Func,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.expressions import Combinable
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from .tree_paths import parent_path_of

DEEPEST = 16  # tree levels checked; the portal uses seven, and a deeper page is not public
ALIAS_STEPS = 2  # an alias, and an alias above its source
PATH, NOW = "\0path\0", object()  # marks in the SQL of the rule
_ALIAS = re.compile(r'"([A-Z]\d+)"')  # as Django names tables in subqueries; the outer query may be one


def filter_public[Pages: PageQuerySet](pages: Pages) -> Pages:
    """Keep the public pages, within the same query."""
    return pages.filter(public_condition())


def public_condition() -> Combinable:
    """Return the rule as a condition on a page queryset, also for ``annotate``."""
    return _NotBelowClosed("path", with_restrictions=True)


def published_condition() -> Combinable:
    """Return the rule without view restrictions: what a visitor with the password may read."""
    return _NotBelowClosed("path", with_restrictions=False)


def public_condition_of_many() -> Q:
    """Return the rule for a query that reads many pages: ancestors are checked once for each parent."""
    parents = filter_public(Page.objects.filter(numchild__gt=0)).order_by().values("path")
    sources = filter_public(Page.objects.filter(aliases__isnull=False)).order_by().values("pk")
    is_below_public = Q(depth=1) | Q(In(parent_path_of(), parents))
    has_public_source = Q(alias_of__isnull=True) | Q(alias_of__in=sources)
    return own_public_condition() & is_below_public & has_public_source


def own_public_condition(prefix: str = "") -> Q:
    """Return the part of the rule about the page itself, for pages below one that is known to be public.

    It does not look at the source of an alias. ``prefix`` leads to the page: «page__».
    """
    restricted = Exists(PageViewRestriction.objects.filter(page_id=OuterRef(f"{prefix}pk")))
    never_expires = Q(**{f"{prefix}expire_at__isnull": True})
    is_current = never_expires | Q(**{f"{prefix}expire_at__gt": timezone.now()})
    return Q(is_current, ~restricted, **{f"{prefix}live": True, f"{prefix}depth__lte": DEEPEST})


def is_public(page: Page) -> bool:
    """Check with one query that the public may read ``page`` now."""
    return page.pk is not None and filter_public(Page.objects.filter(pk=page.pk)).exists()


def may_read(page: Page, request: HttpRequest) -> bool:
    """Check that this visitor may read ``page``; restrictions that the visitor has passed do not count."""
    if not Page.objects.filter(published_condition(), pk=page.pk).exists():
        return False
    return all(restriction.accept_request(request) for restriction in restrictions_of(page))


def restrictions_of(page: Page) -> QuerySet[PageViewRestriction]:
    """Return Wagtail's view restrictions of ``page`` and those of the source of an alias."""
    found = Page.get_view_restrictions(page)
    return found if page.alias_of is None else found | restrictions_of(page.alias_of)


def public_ids(page_ids: Collection[int]) -> frozenset[int]:
    """Return the ids of public pages among ``page_ids``, with one query."""
    if not page_ids:
        return frozenset()
    return frozenset(filter_public(Page.objects.filter(pk__in=list(page_ids))).values_list("pk", flat=True))


def public_pages(page_ids: Collection[int], *related: str, fields: Collection[str] = ()) -> dict[int, Page]:
    """Return the public pages among ``page_ids`` by id, with one query including ``related``.

    With ``fields``, only those are read: a row of two long page types takes longer to build than to find.
    """
    if not page_ids:
        return {}
    found = filter_public(Page.objects.filter(pk__in=list(page_ids)).order_by())
    if related:
        found = found.select_related(*related)
    return {page.pk: page for page in (found.only(*fields) if fields else found)}


class BranchPaths(Func):
    """The paths from the root down to a path, as the list of an ``IN``.

    One expression writes the SQL of sixteen, which took most of the time of a public query to build.
    """

    arity = 1
    output_field: CharField = CharField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *args: Any, **options: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """Write the path cut at the length of each level, then the path itself."""
        path, params = compiler.compile(self.source_expressions[0])
        levels = [f"SUBSTR({path}, 1, {Page.steplen * depth})" for depth in range(1, DEEPEST)]
        return ", ".join([*levels, path]), tuple(params) * DEEPEST


class _RawSQL(Expression):
    """A piece of SQL as it is, with its parameters."""

    def __init__(self, sql: str, params: tuple[object, ...] = (), output_field: Field | None = None) -> None:
        super().__init__(output_field=output_field)
        self.sql, self.params = sql, params

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        return self.sql, self.params


class _NotBelowClosed(Func):
    """Whether no page hides the one with this path: itself, an ancestor, or one above the source of an alias.

    Django needs milliseconds to build these nested queries, so their SQL is built once for each process, with
    marks for the path and the moment.
    """

    arity = 1
    output_field: BooleanField = BooleanField()

    def __init__(self, *expressions: Any, with_restrictions: bool) -> None:
        super().__init__(*expressions)
        self.with_restrictions = with_restrictions

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *args: Any, **options: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """Write the SQL with the path of the outer query and the present moment."""
        path, path_params = compiler.compile(self.source_expressions[0])
        if path_params:
            raise ValueError("The path must be a column.")
        sql, params = _closed_sql(connection.alias, self.with_restrictions)
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        return sql.replace(PATH, path), tuple(now if value is NOW else value for value in params)


@lru_cache
def _closed_sql(using: str, with_restrictions: bool) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of the rule, with `PATH` for the path and the parameter `NOW` for the moment."""
    closed = _is_unpublished() | _is_restricted() if with_restrictions else _is_unpublished()
    path = _RawSQL(PATH, output_field=CharField())
    outer = Page.objects.order_by().query
    rule = ~Exists(_closed_pages(closed, path, ALIAS_STEPS)).resolve_expression(outer)
    sql, params = outer.get_compiler(using).compile(rule)
    return _ALIAS.sub(r'"hiding_\1"', sql), tuple(params)


def _is_unpublished() -> Q:
    now = _RawSQL("%s", (NOW,), output_field=DateTimeField())
    return Q(live=False) | Q(expire_at__lte=now) | Q(depth__gt=DEEPEST)


def _is_restricted() -> Q:
    return Q(Exists(PageViewRestriction.objects.filter(page_id=OuterRef("pk"))))


def _closed_pages(closed: Q, path: Combinable, alias_steps: int) -> PageQuerySet:
    """Return pages that hide the one with this path: itself, an ancestor, or one above an alias's source."""
    branch = [BranchPaths(path)]
    if not alias_steps:
        return Page.objects.filter(closed, path__in=branch)
    source = Exists(_closed_pages(closed, OuterRef("alias_of__path"), alias_steps - 1))
    return Page.objects.filter(closed | Q(Q(alias_of__isnull=False), source), path__in=branch)
