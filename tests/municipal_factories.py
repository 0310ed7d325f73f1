"""Factories of the steps of municipalities, their roadmaps, their declared figures and their contacts."""

from typing import Any

import factory

from abierto.registry.enums import ContactKind
from abierto.registry.models import DeclaredFigure, ListedStep, OfficialContact, StepList
from pages.roadmaps.models import RoadmapPage
from tests.factories import DraftPageFactory, MicrositePageFactory, RowFactory


class StepListFactory(RowFactory):
    name = factory.Sequence(lambda number: f"Lista de pasos {number}")
    source_name = "Presentación del organismo garante"

    class Meta:
        model = StepList


class ListedStepFactory(RowFactory):
    step_list = factory.SubFactory(StepListFactory)
    number = factory.Sequence(lambda number: number + 1)
    name = factory.LazyAttribute(lambda step: f"Se hace el paso {step.number}")
    documents = "Acta"

    class Meta:
        model = ListedStep


class DeclaredFigureFactory(RowFactory):
    measure = "secretariat"
    text = "68 %"
    source_name = "Presentación del organismo garante"

    class Meta:
        model = DeclaredFigure


class RoadmapPageFactory(DraftPageFactory):
    """A roadmap with a row for each step of its list, as the form adds them; an empty list gets a step."""

    parent = factory.SubFactory(MicrositePageFactory)
    step_list = factory.SubFactory(StepListFactory)
    title = factory.Sequence(lambda number: f"Hoja de ruta {number}")

    class Meta:
        model = RoadmapPage
        skip_postgeneration_save = True

    @factory.post_generation
    def rows(page: RoadmapPage, create: bool, rows: Any, **kwargs: Any) -> None:
        """Add the steps; ``rows`` are the fields of some of them, by number."""
        if create and not page.step_list.steps.exists():
            ListedStepFactory(step_list=page.step_list)
        page.propose_steps()
        for row in page.steps.all():
            for name, value in (rows or {}).get(row.step.number, {}).items():
                setattr(row, name, value)
        if create:
            page.save()


class OfficialContactFactory(RowFactory):
    kind = ContactKind.PHONE
    value = "473 102 27 00"
    office = factory.Sequence(lambda number: f"Oficina {number}")
    source = "Directorio oficial"

    class Meta:
        model = OfficialContact
