"""Arithmetic on treebeard paths of pages and collections; a path starts with the paths of its ancestors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import OuterRef, Q
from django.db.models.functions import Length, Substr
from wagtail.models import Page


def parent_path(path: str, levels: int = 1) -> str:
    """Return the path ``levels`` above ``path``; empty above the root."""
    return path[: max(len(path) - levels * Page.steplen, 0)]


def path_at_depth(path: str, depth: int) -> str:
    """Return the path of the ancestor at ``depth``, or ``path`` itself; the root has depth 1."""
    return path[: depth * Page.steplen]


def ancestor_paths(path: str) -> list[str]:
    """Return the paths of the ancestors, from the root down."""
    return branch_paths(parent_path(path))


def branch_paths(path: str) -> list[str]:
    """Return the paths from the root down to ``path`` itself."""
    return [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]


def below_any(paths: Iterable[str], prefix: str = "") -> Q:
    """Match the rows at ``paths`` and their descendants; none without paths.

    ``prefix`` leads to the page: «page__».
    """
    # An empty condition would match every row.
    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= Q(**{f"{prefix}path__startswith": path})
    return wanted


def children_of_any(paths: Iterable[str]) -> Q:
    """Match the children of the pages at ``paths``; none without paths."""
    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= Q(path__startswith=path, depth=len(path) // Page.steplen + 1)
    return wanted


def parent_path_of(path: str | OuterRef = "path", levels: int = 1) -> Substr:
    """Return the expression of the path ``levels`` above the page at the column ``path``."""
    return Substr(path, 1, Length(path) - levels * Page.steplen)


def find_nearest[Value](path: str, values: Mapping[str, Value]) -> Value | None:
    """Return the value of the nearest path at or above ``path``; None if none has a value."""
    return next((values[step] for step in reversed(branch_paths(path)) if step in values), None)
