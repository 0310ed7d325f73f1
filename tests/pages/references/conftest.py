"""A commitment of the north, and private objects of the south."""

from dataclasses import dataclass
from typing import Any

import pytest

from abierto.media.models import PortalDocument, PortalImage
from abierto.registry.models import Institution
from abierto.tenancy.access import space_of
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root
from pages.updates.models import ProgressUpdatePage
from tests.abierto.approval.newsroom import person
from tests.abierto.media.uploads import PDF, picture, upload, write_missing_files
from tests.factories import (
    CommitmentPageFactory,
    InstitutionFactory,
    MunicipalityFactory,
    PersonFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    ReportPageFactory,
    SecretariatFactory,
)
from tests.municipal_factories import ListedStepFactory, StepListFactory
from tests.observation_factories import ObservationIndexPageFactory, ObservationPageFactory
from tests.pages.admin.worlds import ListingWorld, build, signed_in
from tests.ruling_factories import RulingIndexPageFactory, RulingPageFactory
from tests.shared_rows import built_once

SECRET = "Expediente reservado del sur"


@dataclass
class Things:
    """Files, drafts and rows of one space."""

    space: Space
    document: PortalDocument
    image: PortalImage
    draft: ProgressUpdatePage
    others: list[Any]

    def of(self, model: type) -> Any:
        """Return the object of ``model`` that may be chosen."""
        known = [self.draft, self.document, self.image, *self.others]
        return next(candidate for candidate in known if isinstance(candidate, model))

    @property
    def row(self) -> Institution:
        """Return the institution."""
        return self.of(Institution)


def create_things(page: Any, number: int) -> Things:
    """Create them for the space of ``page``."""
    space = space_of(page)
    document = PortalDocument(title=SECRET, file=upload("secreto.pdf", PDF), collection=space.collection)
    document.save()
    image = PortalImage(
        title=SECRET, file=upload("secreto.png", picture(size=(500, 400))), collection=space.collection
    )
    image.save()
    draft = ProgressUpdatePageFactory(parent=page, title=SECRET, rows={1: 10, 2: 20})
    commitment = CommitmentPageFactory(
        parent=page.get_parent(), code=f"9.{number}", title=SECRET, slug=f"reservado-{number}"
    )
    plan = PlanPageFactory(title=f"{SECRET} {number}")
    rulings = RulingIndexPageFactory(title=f"{SECRET} en sentencias {number}")
    ruling = RulingPageFactory(parent=rulings, title=SECRET)
    notes = ObservationIndexPageFactory(title=f"{SECRET} en observaciones {number}")
    note = ObservationPageFactory(parent=notes, title=SECRET, subject=None, institution=None)
    for root in (commitment, plan, rulings, notes):
        assign_root(space, root)
    secretariat = SecretariatFactory(name=f"{SECRET} {number}", space=space)
    rows = [
        InstitutionFactory(name=f"{SECRET} {number}", space=space),
        PersonFactory(name=SECRET, space=space),
        MunicipalityFactory(name=f"{SECRET} {number}", space=space),
        secretariat,
        (steps := StepListFactory(name=f"{SECRET} {number}", space=space)),
        ListedStepFactory(step_list=steps, name=SECRET, space=space),
        person(f"administra-{number}", space.administrators),
    ]
    report = ReportPageFactory(parent=plan, title=SECRET)
    return Things(space, document, image, draft, [commitment, plan, ruling, report, note, *rows])


@built_once
def build_neighbours() -> tuple[ListingWorld, Things, Things]:
    """Build two spaces with the same objects each."""
    world = build()
    person("sur-revisa", space_of(world.south).reviewers)
    return world, create_things(world.north, 1), create_things(world.south, 2)


@pytest.fixture
def desk():
    built = build_neighbours()
    write_missing_files()
    return built


@pytest.fixture
def world(desk) -> ListingWorld:
    return desk[0]


@pytest.fixture
def own(desk) -> Things:
    return desk[1]


@pytest.fixture
def foreign(desk) -> Things:
    return desk[2]


@pytest.fixture
def editor(world):
    return signed_in(world.north_editor)
