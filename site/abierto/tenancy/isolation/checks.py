"""System check: every admin address has a policy, and every URL parameter a row set."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from abierto.tenancy.isolation.policies import POLICIES, Reach

CHECKS_IDS = (Reach.IDS_CHECKED, Reach.SCOPED_LIST, Reach.OWN_VIEW)


def iter_admin_patterns(
    resolver: URLResolver, prefix: str = "", namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, URLPattern]]:
    """Yield the route, the full name and the pattern of every admin address."""
    admin = reverse("wagtailadmin_home").lstrip("/")
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from iter_admin_patterns(entry, route, inner)
        elif route.startswith(admin):
            yield route, ":".join((*namespaces, entry.name or "")), entry


def check_admin_policies(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report addresses without a policy and URL parameters without a row set."""
    found: list[CheckMessage] = []
    for route, name, entry in iter_admin_patterns(get_resolver()):
        policy = POLICIES.get(name)
        if policy is None:
            if name:  # Wagtail's catch-all pattern has no name and always answers 404
                hint = f"Register a policy for «{name}» with abierto.tenancy.isolation.policies."
                found.append(Error(f"Unclassified admin address {route}", hint=hint, id="tenancy.E001"))
            continue
        parts = list(entry.pattern.converters) or list(entry.pattern.regex.groupindex)
        for part in parts if policy.reach in CHECKS_IDS else []:
            try:
                policy.row_set_of(part)
            except KeyError:
                hint = f"Say in the policy of «{name}» which rows «{part}» names."
                found.append(Error(f"Unknown part of {route}", hint=hint, id="tenancy.E002"))
    return found
