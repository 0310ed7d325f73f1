"""The spaces: the state team's and one for each institution that answers for the current plan."""

from collections.abc import Iterator
from dataclasses import dataclass

from wagtail.models import Page

from abierto.approval.models.task import create_review_workflow
from abierto.demo.loader.content import Entry, read
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups

STATE_SLUG = "estado"
STATE_NAME = "Equipo estatal"
CURRENT_PLAN = "plan-2022-2024"


@dataclass(frozen=True)
class Spaces:
    """The state's space and those of the institutions, by the key of the content files."""

    state: Space
    institutions: dict[str, Space]

    def __iter__(self) -> Iterator[Space]:
        """Walk through all of them, the state's first."""
        return iter((self.state, *self.institutions.values()))


def load_spaces() -> Spaces:
    """Return the spaces, made where missing."""
    names = read("institutions")
    return Spaces(
        state=space(SpaceKind.STATE, STATE_NAME, STATE_SLUG),
        institutions={
            key: space(SpaceKind.INSTITUTION, names[key]["name"], key)
            for key in responsible_institutions(read(CURRENT_PLAN))
        },
    )


def space(kind: SpaceKind, name: str, slug: str) -> Space:
    """Return the space of this address with its groups and its review."""
    found = Space.objects.filter(slug=slug).first()
    if found is not None:
        return found
    return create_space(
        kind, name, slug, create_review_workflow(f"Revisión de {name}", get_or_create_groups(name).reviewers)
    )


def responsible_institutions(content: Entry) -> list[str]:
    """Return the keys of the institutions that answer for a plan, in the order of the plan."""
    keys = [
        party["institution"]
        for axis in content["axis"]
        for commitment in axis["commitment"]
        for party in commitment["party"]
    ]
    return list(dict.fromkeys(keys))


def assign_roots(spaces: Spaces, home: Page, pages: dict[str, Page]) -> None:
    """Give the whole site to the state team and each commitment to whoever answers for it."""
    roots = [(spaces.state, home)]
    for axis in read(CURRENT_PLAN)["axis"]:
        for commitment in axis["commitment"]:
            owner = spaces.institutions[commitment["party"][0]["institution"]]
            roots.append((owner, pages[commitment["slug"]]))
    for owner, page in roots:
        if not owner.roots.filter(page_id=page.pk).exists():
            assign_root(owner, page)
