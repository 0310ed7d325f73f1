"""A roadmap with steps, papers, seats and observations of a given number, for the budgets of queries."""

from abierto.media.models import PortalDocument
from tests.abierto.media.uploads import PDF, upload
from tests.factories import (
    InstitutionFactory,
    MunicipalityFactory,
    MunicipalityIndexPageFactory,
    SeatFactory,
    SecretariatPageFactory,
    SessionPageFactory,
    published,
)
from tests.municipal_factories import ListedStepFactory, RoadmapPageFactory, StepListFactory
from tests.pages.observation_pages import observe


def roadmap_page(size: int):
    """A roadmap with papers and observations, whose secretariat has seats and sessions."""
    lists = StepListFactory()
    steps = [ListedStepFactory(step_list=lists, makes_trees=True, makes_matrix=True) for _ in range(size)]
    parent, town = published(MunicipalityIndexPageFactory()), MunicipalityFactory()
    page = RoadmapPageFactory(
        parent=parent,
        municipality=town,
        step_list=lists,
        oath_before=InstitutionFactory(),
        rows={
            step.number: {"status": "done", "evidence": [("evidence", build_document(step))]}
            for step in steps
        },
    )
    secretariat = SecretariatPageFactory(secretariat__municipality=town, secretariat__level="municipal")
    for _ in range(size):
        SeatFactory(secretariat=secretariat.secretariat)
        published(SessionPageFactory(parent=secretariat))
    published(secretariat)
    page = published(page)
    observe(page, size)
    return page


def build_document(step) -> dict:
    document = PortalDocument.objects.create(title=str(step), file=upload(f"acta-{step.pk}.pdf", PDF))
    return {"title": str(step), "kind": "document", "url": "", "document": document}
