"""The sitemaps of pages, institutions, municipalities without a microsite, and public views."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from abierto.addresses import absolute_url, page_url
from abierto.registry.models import Institution
from abierto.tenancy.visibility import filter_public
from pages.core.routing import HOME_DEPTH
from pages.institutions.queries import institution_url
from pages.municipalities.queries import Town, read_towns
from pages.rulings.parts import PART_TYPES

VIEWS = (
    "opendata_pages:index",
    "opendata_pages:dictionary",
    "pages:agreements",
    "pages:changes",
    "pages:glossary",
    "pages:institutions",
)


class PageSitemap(Sitemap):
    """The public pages of every language; Wagtail's sitemap ignores ancestors and has one language."""

    request: HttpRequest

    def items(self) -> QuerySet[Any]:
        pages = Page.objects.filter(depth__gte=HOME_DEPTH, alias_of__isnull=True)
        # A part of a ruling is a section of its page.
        pages = pages.not_exact_type(*PART_TYPES)
        found: QuerySet[Page] = filter_public(pages).order_by("path")
        return found

    def location(self, item: Any) -> str:
        return page_url(item, self.request)

    def lastmod(self, item: Any) -> Any:
        return item.last_published_at

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        """Return the entries of one file; Django would put the host of the request before each address."""
        items = self.paginator.page(page).object_list
        found = [{"location": self.location(item), "lastmod": self.lastmod(item)} for item in items]
        return [entry for entry in found if entry["location"]]


class InstitutionSitemap(PageSitemap):
    """The pages of the public institutions."""

    def items(self) -> QuerySet[Any]:
        rows: QuerySet[Institution] = Institution.objects.public().order_by("pk")
        return rows

    def location(self, item: Any) -> str:
        return absolute_url(institution_url(item))


class TownSitemap(PageSitemap):
    """The municipalities without a microsite."""

    def items(self) -> Any:
        return [town for town in read_towns(self.request) if town.microsite is None and town.url]

    def location(self, item: Town) -> str:
        return absolute_url(item.url)

    def lastmod(self, item: Town) -> Any:
        return item.municipality.last_published_at


class ViewSitemap(PageSitemap):
    """The public views without a page, among them the open data and their dictionary."""

    def items(self) -> Any:
        return VIEWS

    def location(self, item: str) -> str:
        return absolute_url(reverse(item))

    def lastmod(self, item: str) -> None:
        return None
