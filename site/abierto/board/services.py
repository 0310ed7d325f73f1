"""Check the sites of the municipalities and store the results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed

from django.utils import timezone

from abierto.registry.models import Municipality

from .models import SiteCheck
from .visits import Visitor


def check_sites(
    towns: Iterable[Municipality], visitor: Visitor, parallel: int
) -> Iterator[tuple[Municipality, SiteCheck]]:
    """Visit the sites of ``towns``, ``parallel`` at a time; yield each as soon as its result is stored.

    Only this thread writes to the database.
    """
    with ThreadPoolExecutor(max_workers=parallel) as pool:
        visits = {pool.submit(visitor.visit, town.external_site_url): town for town in towns}
        for done in as_completed(visits):
            town, found = visits[done], done.result()
            check, _is_new = SiteCheck.objects.update_or_create(
                municipality=town,
                defaults={
                    "url": town.external_site_url,
                    "state": found.state,
                    "detail": found.detail,
                    "checked_at": timezone.now(),
                },
            )
            yield town, check
