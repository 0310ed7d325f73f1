"""The map of the municipalities as a grid of tiles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from django.utils.translation import gettext as _

from abierto.registry.models import Municipality
from pages.core.formatting import join_words

MAX_TILE_LETTERS = 30
_SMALL_WORDS = {"de", "del", "el", "la", "las", "los", "y"}


@dataclass(frozen=True)
class MunicipalityTile:
    """A municipality on the map: position, name and status as text."""

    name: str
    short: str
    words: str
    state: str
    kind: str
    column: int
    row: int
    url: str = ""

    @property
    def fitting_name(self) -> str:
        """Return the name as it fits on a tile: an official long name is cut after a whole word."""
        if len(self.name) <= MAX_TILE_LETTERS:
            return self.name
        words = self.name[: MAX_TILE_LETTERS + 1].rpartition(" ")[0].split()
        while words and words[-1].lower() in _SMALL_WORDS:
            words.pop()
        return f"{' '.join(words)}…"


@dataclass(frozen=True)
class LegendItem:
    """One kind of tile with its explanation in the legend."""

    kind: str
    text: str


def build_municipality_tile(
    municipality: Municipality, *, url: str, has_microsite: bool, has_secretariat: bool, short: str = ""
) -> MunicipalityTile:
    """Return the tile of a municipality, a link to ``url``, its page in the portal.

    ``short`` is its abbreviate among all municipalities of the map.
    """
    known = []
    if has_microsite:
        known.append(_("tiene su micrositio aquí"))
    if has_secretariat:
        known.append(_("conocemos el acta de su secretariado"))
    if municipality.external_site_url:
        known.append(describe_own_site(municipality))
    state = join_words(known) or _("sin secretariado conocido")
    return MunicipalityTile(
        name=municipality.name,
        short=short or abbreviate(municipality.name),
        words=f"{municipality.name}: {state}",
        state=state,
        kind=_choose_kind(municipality, has_microsite=has_microsite, has_secretariat=has_secretariat),
        column=municipality.column,
        row=municipality.row,
        url=url,
    )


def _choose_kind(municipality: Municipality, *, has_microsite: bool, has_secretariat: bool) -> str:
    """Return the CSS class of a tile: own microsite, known site or known document, in this order."""
    if has_microsite:
        return "is-here"
    if municipality.external_site_url:
        return "is-site"
    return "is-doc" if has_secretariat else ""


def describe_own_site(municipality: Municipality) -> str:
    """Describe the municipality's own site with the source that names it."""
    if municipality.external_site_source:
        return _("tenía sitio propio según %(source)s") % {"source": municipality.external_site_source}
    return _("conocemos la dirección de su sitio")


def build_legend() -> list[LegendItem]:
    """Return the legend of the map."""
    return [
        LegendItem("here", _("Tiene su micrositio aquí")),
        LegendItem("site", _("Conocemos la dirección de su sitio")),
        LegendItem("doc", _("Conocemos el acta de su secretariado")),
        LegendItem("none", _("Sin secretariado conocido")),
    ]


def abbreviate(name: str) -> str:
    """Shorten a name to three letters: «SMA» for San Miguel de Allende, «Oca» for Ocampo."""
    words = [word for word in name.split() if word.lower() not in _SMALL_WORDS]
    if len(words) == 1:
        return words[0][:3]
    if len(words) == 2:
        return words[0][0] + words[1][:2]
    return "".join(word[0] for word in words[:3])


def abbreviate_all(names: Iterable[str]) -> dict[str, str]:
    """Return an abbreviate for each name, none shared: a name whose three letters are taken gets others."""
    taken: dict[str, str] = {}
    for name in names:
        taken[name] = next(short for short in _propose_short(name) if short not in taken.values())
    return taken


def _propose_short(name: str) -> Iterator[str]:
    """Return the usual abbreviate, then its start with each later letter of the name, then a number."""
    usual = abbreviate(name)
    yield usual
    letters = "".join(word for word in name.split() if word.lower() not in _SMALL_WORDS)
    yield from (usual[:2] + letter.lower() for letter in letters[2:] if letter.isalpha())
    yield from (f"{usual[:2]}{number}" for number in count(2))
