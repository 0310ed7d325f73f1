"""Every URL for probes: the admin's, the accounts' and the public ones."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Page

from tests.security.addresses import ADMIN, BULK, Address, Gaps, addresses
from tests.security.newsdesk import Desk

#: Their URLs are added below: Wagtail routes pages itself, and the arguments of documents have no names.
BY_HAND = frozenset({"wagtail_serve", "wagtaildocs_serve"})

#: The slug of a public microsite.
TOWN = "villa"
#: The slug of a public list of rulings, and the case number of the ruling in it.
TRIBUNAL, CASE_NUMBER = "tribunal", "JC-12-2023"


def named_patterns(
    resolver: URLResolver, prefix: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    """Yield every named pattern outside the admin with its full name."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from named_patterns(
                pattern, route, spaces + ((pattern.namespace,) if pattern.namespace else ())
            )
        elif pattern.name and not route.startswith(ADMIN):
            yield ":".join([*spaces, pattern.name]), pattern


def public_gaps(desk: Desk) -> dict[str, list[Any]]:
    """Return valid and invalid values for the arguments of public URLs."""
    commitment = desk.room.commitment
    plan = commitment.get_ancestors().specific()[3]
    return {
        "name": ["csv", "json", "atom", "nada.png"],
        "token": ["abc", "a:b:c"],
        "plan_slug": [plan.slug],
        "code": [commitment.code, "９"],
        "page_id": [desk.live.pk, 999_999_999],
        "number": [1, 10**17],
        "institution_id": [1, 999_999_999],
        "slug": ["instituto", ""],
        "year": ["2026", "2099"],
        "month": ["11"],
        "town": [TOWN, "nada"],
        "tribunal": [TRIBUNAL, "nada"],
        "case_number": [CASE_NUMBER, "9" * 80, "..."],
        "matter": ["civil", "nada"],
        "record_id": [str(plan.translation_key), "1", "9" * 80, "nada"],
        "table": ["compromisos", "nada"],
        "file_format": ["xlsx", "csv", "json"],
        "catalogue_format": ["ttl", "jsonld"],
        "goal": [16, 99],
        "topic": ["multas", "nada"],
        "band": ["6b2c75", "ffffff"],
        "accent": ["1d3b91", "ffffff"],
        "uidb36": ["1", "zzzzzzzzzzzzzzzzzzzz"],
        "key": ["set-password", "abc-def"],
        "pk": [1, 10**30],
        "restriction_id": [1],
        "page_view_restriction_id": [1, 10**30],
    }


def public_addresses(desk: Desk) -> tuple[list[Address], set[str]]:
    """Return the URLs outside the admin, and the names of those with an argument without values."""
    gaps, found, unfilled = public_gaps(desk), [], set()
    for view, pattern in named_patterns(get_resolver()):
        if view in BY_HAND:
            continue
        names = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
        made = []
        for values in itertools.product(*(gaps.get(name, []) for name in names)):
            try:
                made.append(Address(view, reverse(view, kwargs=dict(zip(names, values, strict=True)))))
            except NoReverseMatch:
                continue
        found += made
        if not made:
            unfilled.add(view)
    pages = [
        Address(f"page {type(page).__name__}", page.url)
        for page in Page.objects.live().specific()
        if page.url
    ]
    documents = [
        desk.document.url,
        f"/documents/{10**30}/acta.pdf",
        f"/documents/{desk.document.pk}/otra.pdf",
    ]
    return [*found, *pages, *(Address("wagtaildocs_serve", path) for path in documents)], unfilled


def admin_addresses(desk: Desk, gaps: Gaps) -> Iterator[Address]:
    """Yield the admin's URLs; those of bulk actions with several ids."""
    many = "&".join(f"id={thing.pk}" for thing in (desk.live, desk.draft, desk.image, desk.document))
    for address in addresses(gaps):
        path = f"{address.path}?{many}" if address.name.startswith(BULK) else address.path
        yield Address(address.name, path)
    for page in Page.objects.filter(depth__gt=1).specific():
        yield Address(f"edit {type(page).__name__}", reverse("wagtailadmin_pages:edit", args=[page.pk]))


def one_of_each(found: list[Address], chance: random.Random) -> list[Address]:
    """Return one URL of every view."""
    by_view: dict[str, list[Address]] = {}
    for address in found:
        by_view.setdefault(address.name, []).append(address)
    return [chance.choice(choices) for choices in by_view.values()]
