"""The context of the list of municipalities, of one of the registry, and of the start page of a microsite."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language

from abierto.addresses import page_url
from abierto.registry.models import Municipality, Secretariat
from blocks.choosers import may_show
from pages.charts.tile_map import build_legend
from pages.core.cache import cached_for_version
from pages.core.frame import extend_frame
from pages.roadmaps.queries import read_step_lists

from .external_records import read_external_record
from .models import PICKED, MicrositePage, MunicipalityIndexPage
from .queries import Town, build_municipality_tiles, describe_contents, read_towns


@dataclass(frozen=True)
class Choice:
    """An option of the municipality picker, under one of the municipality's names."""

    slug: str
    label: str


def build_index_context(page: MunicipalityIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of the list, or of the municipality that the address below it names."""
    if page.town is not None:
        return _build_town_context(page, page.town, request)
    key = ("towns", page.pk, get_language(), request.get_host())
    towns = cached_for_version(key, lambda: _read_towns_with_contents(page, request))
    return {
        "towns": towns,
        "tiles": build_municipality_tiles(towns),
        "key": build_legend(),
        "choices": build_choices(towns),
        "picked": PICKED,
        "is_unknown": bool(request.GET.get(PICKED, "").strip()),
        "step_lists": cached_for_version("step lists", read_step_lists),
    }


def build_choices(towns: list[Town]) -> list[Choice]:
    """Return the options of the picker, one per name of each municipality, in alphabetic order."""
    choices = [Choice(town.slug, town.municipality.name) for town in towns]
    choices += [
        Choice(town.slug, f"{name} ({town.municipality.name})")
        for town in towns
        for name in town.municipality.other_names
    ]
    return sorted(choices, key=lambda choice: slugify(choice.label))


def build_microsite_context(page: MicrositePage, request: HttpRequest) -> dict[str, Any]:
    """Build the context of the start page; its child pages are in the frame."""
    town = page.public_municipality
    return {
        "town": town,
        "secretariats": read_secretariats(town) if town is not None else [],
        "portrait": page.portrait if page.portrait is not None and may_show(page.portrait, page) else None,
    }


def read_secretariats(municipality: Municipality) -> list[Secretariat]:
    """Return the public secretariats of a municipality, the last installed first."""
    return list(
        Secretariat.objects.public().filter(municipality=municipality).order_by("-valid_from", "name")
    )


def _build_town_context(page: MunicipalityIndexPage, town: Town, request: HttpRequest) -> dict[str, Any]:
    name = town.municipality.name
    extend_frame(request, page, name, f"{page_url(page, request)}{town.slug}/", document_title=name)
    return {
        "town": town.municipality,
        "secretariats": read_secretariats(town.municipality),
        "external": read_external_record(town.municipality, timezone.localdate()),
    }


def _read_towns_with_contents(page: MunicipalityIndexPage, request: HttpRequest) -> list[Town]:
    towns = read_towns(request, page)
    contents = describe_contents(towns)
    return [replace(town, contents=contents.get(town.municipality.code, [])) for town in towns]
