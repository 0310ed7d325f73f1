"""Read the municipalities of the registry with their pages in the portal and the contents of these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from abierto.registry.models import Municipality, Secretariat
from abierto.tenancy.tree_paths import children_of_any, parent_path
from abierto.tenancy.visibility import filter_public
from pages.charts.tile_map import MunicipalityTile, abbreviate_all, build_municipality_tile
from pages.declarations.models import DeclarationPage
from pages.participation.models import ParticipationIndexPage
from pages.plans.models import PlanPage
from pages.roadmaps.models import RoadmapPage
from pages.secretariats.models import SecretariatPage
from pages.standard.models import StandardPage

#: The contents of a microsite that the list names, in its order.
CONTENTS: tuple[tuple[type[Page], Promise], ...] = (
    (PlanPage, _("plan")),
    (SecretariatPage, _("secretariado")),
    (RoadmapPage, _("hoja de ruta")),
    (DeclarationPage, _("declaraciones")),
    (ParticipationIndexPage, _("participación")),
    (StandardPage, _("páginas")),
)


@dataclass(frozen=True)
class Town:
    """A public municipality with the address of its microsite or, without one, of its registry page."""

    municipality: Municipality
    slug: str
    url: str
    has_secretariat: bool
    microsite: Page | None = None
    contents: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Return the official name and the other names."""
        return [self.municipality.name, *self.municipality.other_names]

    @property
    def slugs(self) -> set[str]:
        """Return the slugs and the code that an address or the picker accepts for it."""
        return {self.slug, self.municipality.code, *(slugify(name) for name in self.names)}


def read_towns(request: HttpRequest, index: Page | None = None) -> list[Town]:
    """Return the public municipalities by name, with two queries.

    Without a public list of municipalities (``index``, else the first found) they have no address.
    """
    pages = _choose_language(_read_pages())
    sites = {page.micrositepage.municipality_id: page for page in pages if hasattr(page, "micrositepage")}
    index = index or next((page for page in pages if not hasattr(page, "micrositepage")), None)
    above = (index.get_url(request) or "") if index is not None else ""
    seated = Secretariat.objects.public().filter(municipality=OuterRef("pk"))
    rows = Municipality.objects.public().annotate(has_secretariat=Exists(seated)).order_by("name")
    towns = []
    for row in rows:
        slug, site = slugify(row.name), sites.get(row.pk)
        url = site.get_url(request) or "" if site is not None else f"{above}{slug}/" if above else ""
        towns.append(Town(row, slug, url, row.has_secretariat, site))
    # By letters, not by the bytes of a database: «Ápaseo» is not after «Zamora».
    return sorted(towns, key=lambda town: town.slug)


def find_town(request: HttpRequest, index: Page, word: str) -> Town | None:
    """Return the town with this name, other name, INEGI code or slug, in any spelling."""
    wanted = slugify(word)
    return next((town for town in read_towns(request, index) if wanted in town.slugs), None)


def find_microsite(slug: str) -> Page | None:
    """Return the public microsite with this slug, in the language of the visitor where it is translated."""
    pages = filter_public(Page.objects.filter(micrositepage__isnull=False, alias_of__isnull=True, slug=slug))
    found = _choose_language(pages.select_related("locale").order_by("path"))
    page: Page | None = found[0].specific if found else None
    return page


def describe_contents(towns: Iterable[Town]) -> dict[str, list[str]]:
    """Return the labels of the contents of the microsites of ``towns``, by INEGI code. One query."""
    sites = {town.microsite.path: town.municipality.code for town in towns if town.microsite is not None}
    below = filter_public(Page.objects.filter(children_of_any(sites)))
    rows = below.values_list("path", "content_type_id") if sites else ()
    found: dict[str, set[int]] = {}
    for path, kind in rows:
        found.setdefault(sites[parent_path(path)], set()).add(kind)
    types = [(ContentType.objects.get_for_model(model).pk, label) for model, label in CONTENTS]
    return {code: [str(label) for kind, label in types if kind in has] for code, has in found.items()}


def build_municipality_tiles(towns: Iterable[Town]) -> list[MunicipalityTile]:
    """Return the tiles of the map in reading order."""
    found = list(towns)
    # By name, so that a tile keeps its letters when it moves on the map.
    short = abbreviate_all(sorted(town.municipality.name for town in found))
    placed = sorted(found, key=lambda town: (town.municipality.row, town.municipality.column, town.slug))
    return [
        build_municipality_tile(
            town.municipality,
            url=town.url,
            has_microsite=town.microsite is not None,
            has_secretariat=town.has_secretariat,
            short=short[town.municipality.name],
        )
        for town in placed
    ]


def _read_pages() -> list[Page]:
    """Read the public lists of municipalities and the microsites in every language."""
    wanted = Q(municipalityindexpage__isnull=False) | Q(micrositepage__municipality__live=True)
    pages = filter_public(Page.objects.filter(wanted, alias_of__isnull=True))
    return list(pages.select_related("locale", "micrositepage").order_by("path"))


def _choose_language(pages: Iterable[Page]) -> list[Page]:
    """Return one of the translations of each page: the visitor's, else the first."""
    language = get_language()
    chosen: dict[object, Page] = {}
    for page in pages:
        if page.translation_key not in chosen or page.locale.language_code == language:
            chosen[page.translation_key] = page
    return list(chosen.values())
