"""Every URL of the admin, with plausible values for its arguments."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

ADMIN = "admin/"
BULK = "wagtail_bulk_action"


@dataclass(frozen=True)
class Address:
    """One URL of the admin, and the name of its view."""

    name: str
    path: str


@dataclass
class Gaps:
    """The possible values of each URL argument."""

    by_namespace: dict[str, list[Any]]
    """The keys of what a namespace is about: for the gap that everybody calls ``pk``."""
    by_gap: dict[str, list[Any]]
    unfilled: set[str] = field(default_factory=set)

    def values(self, view: str, gap: str) -> list[Any]:
        """Return the possible values of ``gap`` in the URL of ``view``."""
        if gap == "pk":
            namespace = view.rpartition(":")[0]
            return self.by_namespace.get(view) or self.by_namespace.get(namespace) or self.by_gap["pk"]
        return self.by_gap.get(gap, [])


def patterns(
    resolver: URLResolver, prefix: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    """Yield every named pattern of the admin with its full name."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, route, spaces + ((pattern.namespace,) if pattern.namespace else ()))
        elif route.startswith(ADMIN) and pattern.name:
            yield ":".join([*spaces, pattern.name]), pattern


def addresses(gaps: Gaps) -> Iterator[Address]:
    """Yield the URLs with every combination of values; those without values are recorded."""
    for view, pattern in patterns(get_resolver()):
        if view == BULK:
            yield from bulk_addresses()
            continue
        names = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
        choices = [gaps.values(view, name) for name in names]
        fillings = [dict(zip(names, values, strict=True)) for values in itertools.product(*choices)]
        made = [path for filling in fillings if (path := _reversed(view, filling))]
        if not made:
            gaps.unfilled.add(view)
        yield from (Address(view, path) for path in made)


def _reversed(view: str, arguments: dict[str, Any]) -> str | None:
    try:
        return reverse(view, kwargs=arguments)
    except NoReverseMatch:
        return None


def bulk_addresses() -> Iterator[Address]:
    """Yield the URL of every registered bulk action."""
    bulk_action_registry._scan_for_bulk_actions()
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            for action in actions:
                yield Address(f"{BULK} {app}.{model}", reverse(BULK, args=[app, model, action]))
