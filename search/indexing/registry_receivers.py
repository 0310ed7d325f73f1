"""Signal receivers of registry rows: enqueue the pages that show a published or withdrawn row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save

from abierto.approval.ledger.hashing import BOOKKEEPING
from abierto.registry.models import (
    Institution,
    ListedStep,
    Municipality,
    Person,
    Seat,
    Secretariat,
    StepList,
)
from abierto.tenancy.tree_paths import below_any
from pages.declarations.models import Signatory
from pages.municipalities.models import MicrositePage, MunicipalityIndexPage
from pages.observations.models import ObservationPage
from pages.participation.gatherings import TableParticipant
from pages.plans.inlines import CommitmentParty
from pages.roadmaps.models import RoadmapPage, RoadmapStep
from pages.rulings.index import RulingIndexPage
from pages.rulings.models import RulingPage
from pages.secretariats.inlines import Agreement
from pages.secretariats.models import SecretariatPage

from .institutions import institution_group
from .outbox import enqueue

# Page rows that reference a registry row, and the field that references it.
NAMED_IN: dict[type[Model], tuple[tuple[type[Model], str], ...]] = {
    Institution: (
        (CommitmentParty, "institution"),
        (Signatory, "institution"),
        (Agreement, "responsible"),
        (TableParticipant, "institution"),
    ),
    Person: ((CommitmentParty, "person"), (Signatory, "person")),
}
SEAT_OF: dict[type[Model], str] = {Institution: "institution", Person: "person"}


def on_row_saved(
    sender: type[Model], instance: Model, update_fields: Collection[str] | None, **kwargs: Any
) -> None:
    """Enqueue the groups that show a row whose name or visibility may have changed; drafts change neither."""
    if update_fields is None or set(update_fields) - BOOKKEEPING:
        enqueue(SHOWN_ON[sender](instance))


def on_seat_deleted(sender: type[Model], instance: Seat, **kwargs: Any) -> None:
    """Enqueue the page of a deleted seat. Other rows cannot be deleted while a page references them."""
    enqueue(pages_of_seat(instance))


def on_institution_deleted(sender: type[Model], instance: Institution, **kwargs: Any) -> None:
    """Enqueue a deleted institution; only one that nothing names can be deleted."""
    enqueue([institution_group(instance.pk)])


def groups_of_institution(institution: Institution) -> Iterator[int]:
    """Yield an institution, the institutions that it succeeded, and the pages that name it."""
    yield institution_group(institution.pk)
    for pk in Institution.objects.filter(successor=institution).values_list("pk", flat=True):
        yield institution_group(pk)
    yield from pages_that_name(institution)
    yield from ObservationPage.objects.filter(institution=institution).values_list("pk", flat=True)
    yield from rulings_of(institution)


def rulings_of(institution: Institution) -> Iterator[int]:
    """Yield the rulings of a tribunal or chamber, and the list of the tribunal."""
    lists = list(RulingIndexPage.objects.filter(tribunal=institution))
    yield from (page.pk for page in lists)
    decided = Q(tribunal=institution) | Q(chamber=institution) | below_any(page.path for page in lists)
    yield from RulingPage.objects.filter(decided).values_list("pk", flat=True)


def pages_that_name(instance: Model) -> Iterator[int]:
    """Yield the pages whose text contains the name of an institution or of a person."""
    for rows, field in NAMED_IN[type(instance)]:
        yield from rows._default_manager.filter(**{field: instance}).values_list("page_id", flat=True)
    seats = Seat.objects.filter(**{SEAT_OF[type(instance)]: instance})
    yield from _pages(secretariat_id__in=list(seats.values_list("secretariat_id", flat=True)))


def pages_of_seat(seat: Seat) -> Iterator[int]:
    return _pages(secretariat_id=seat.secretariat_id)


def pages_of_secretariat(secretariat: Secretariat) -> Iterator[int]:
    return _pages(secretariat=secretariat)


def pages_of_municipality(municipality: Municipality) -> Iterator[int]:
    """Yield the pages that name a municipality: of its secretariats, its microsite and the list of all."""
    yield from _pages(secretariat__municipality=municipality)
    sites = MicrositePage.objects.filter(municipality=municipality)
    yield from (page.pk for page in sites)
    roadmaps = Q(municipality=municipality) | below_any(page.path for page in sites)
    yield from RoadmapPage.objects.filter(roadmaps).values_list("pk", flat=True)
    yield from MunicipalityIndexPage.objects.values_list("pk", flat=True)


def pages_of_step(step: ListedStep) -> Iterator[int]:
    """Yield the roadmaps that have a step of a list, and the lists of municipalities, which show it."""
    yield from RoadmapStep.objects.filter(step=step).values_list("page_id", flat=True)
    yield from pages_of_step_list(step.step_list)


def pages_of_step_list(step_list: StepList) -> Iterator[int]:
    """Yield the lists of municipalities, which show every list of steps."""
    return iter(MunicipalityIndexPage.objects.values_list("pk", flat=True))


def _pages(**of: Any) -> Iterator[int]:
    return iter(SecretariatPage.objects.filter(**of).values_list("pk", flat=True))


SHOWN_ON: dict[type[Model], Callable[[Any], Iterator[int]]] = {
    Institution: groups_of_institution,
    Person: pages_that_name,
    Seat: pages_of_seat,
    Secretariat: pages_of_secretariat,
    Municipality: pages_of_municipality,
    ListedStep: pages_of_step,
    StepList: pages_of_step_list,
}


def connect() -> None:
    """Connect the receivers. Called once, from ``ready()``."""
    for model in SHOWN_ON:
        post_save.connect(on_row_saved, sender=model, dispatch_uid=f"search-named-{model.__name__}")
    post_delete.connect(on_seat_deleted, sender=Seat, dispatch_uid="search-seat-deleted")
    post_delete.connect(on_institution_deleted, sender=Institution, dispatch_uid="search-institution-deleted")
