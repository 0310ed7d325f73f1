"""Spaces of the state team, of the institutions responsible in the current plan, and of the microsites."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wagtail.models import Page

from abierto.approval.models.task import create_review_workflow
from abierto.demo.loader.content import Entry, read_content
from abierto.registry.models import Institution, InstitutionSpace
from abierto.spaces.names import build_municipality_space_name, build_review_name
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups

STATE_SLUG = "estado"
STATE_NAME = "Equipo estatal"
CURRENT_PLAN = "plan-2022-2024"


@dataclass(frozen=True)
class Spaces:
    """The state's space, those of institutions by key in the content files, those of towns by code."""

    state: Space
    institutions: dict[str, Space]
    municipalities: dict[str, Space]

    @property
    def staffed_municipalities(self) -> list[Space]:
        """Return the spaces of the towns with content, each of which has people of its own."""
        towns = read_content("microsites")["microsite"]
        return [self.municipalities[town["municipality"]] for town in towns if "secretariat" in town]

    def __iter__(self) -> Iterator[Space]:
        """Iterate over all spaces, the state's first."""
        return iter((self.state, *self.institutions.values(), *self.municipalities.values()))


def load_spaces() -> Spaces:
    names = read_content("institutions")
    return Spaces(
        state=get_or_create_space(SpaceKind.STATE, STATE_NAME, STATE_SLUG),
        institutions={
            key: get_or_create_space(SpaceKind.INSTITUTION, names[key]["name"], key)
            for key in responsible_institutions(read_content(CURRENT_PLAN))
        },
        municipalities={
            entry["municipality"]: get_or_create_space(
                SpaceKind.MUNICIPALITY, build_municipality_space_name(entry["title"]), entry["slug"]
            )
            for entry in read_content("microsites")["microsite"]
        },
    )


def get_or_create_space(kind: SpaceKind, name: str, slug: str) -> Space:
    """Return the space with this slug, created with groups and workflow if missing."""
    found = Space.objects.filter(slug=slug).first()
    if found is not None:
        return found
    return create_space(
        kind,
        name,
        slug,
        create_review_workflow(build_review_name(name), get_or_create_groups(name).reviewers),
    )


def responsible_institutions(content: Entry) -> list[str]:
    """Return the keys of the responsible institutions of a plan, in its order."""
    keys = [
        party["institution"]
        for axis in content["axis"]
        for commitment in axis["commitment"]
        for party in commitment["party"]
    ]
    return list(dict.fromkeys(keys))


def link_institutions(spaces: Spaces, institutions: Mapping[str, Institution]) -> None:
    """Link each institution to its space; existing links stay."""
    for key, space in spaces.institutions.items():
        InstitutionSpace.objects.get_or_create(institution=institutions[key], defaults={"holder": space})


def assign_roots(spaces: Spaces, home: Page, pages: dict[str, Page]) -> None:
    """Assign the site to the state team and each commitment to its responsible institution."""
    roots = [(spaces.state, home)]
    for axis in read_content(CURRENT_PLAN)["axis"]:
        for commitment in axis["commitment"]:
            owner = spaces.institutions[commitment["party"][0]["institution"]]
            roots.append((owner, pages[commitment["slug"]]))
    for owner, page in roots:
        if not owner.roots.filter(page_id=page.pk).exists():
            assign_root(owner, page)
