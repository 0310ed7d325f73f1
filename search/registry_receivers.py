"""What the registry writes reaches the pages that show it: a new name is found, and the old one is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from abierto.registry.models import Institution, Person, Seat
from pages.declarations import Signatory
from pages.plans.parts import CommitmentParty
from pages.secretariats.pages import Agreement, SecretariatPage
from search.outbox import enqueue

# Rows of pages that name something, by the field that does.
NAMED_IN: dict[type[Model], tuple[tuple[type[Model], str], ...]] = {
    Institution: ((CommitmentParty, "institution"), (Signatory, "institution"), (Agreement, "responsible")),
    Person: ((CommitmentParty, "person"), (Signatory, "person")),
}
SEAT_OF: dict[type[Model], str] = {Institution: "institution", Person: "person"}


def on_name_saved(sender: type[Model], instance: Model, created: bool, **kwargs: Any) -> None:
    """An institution or a person may be called otherwise now."""
    if not created:
        enqueue(pages_that_name(instance))


def on_seat_changed(sender: type[Model], instance: Seat, **kwargs: Any) -> None:
    """Somebody took a seat of a secretariat, or left it."""
    enqueue(_pages_of([instance.secretariat_id]))


def pages_that_name(instance: Model) -> Iterator[int]:
    """The pages whose words hold the name of an institution or of a person."""
    for rows, field in NAMED_IN[type(instance)]:
        yield from rows._default_manager.filter(**{field: instance}).values_list("page_id", flat=True)
    seats = Seat.objects.filter(**{SEAT_OF[type(instance)]: instance})
    yield from _pages_of(list(seats.values_list("secretariat_id", flat=True)))


def _pages_of(secretariats: list[int]) -> Iterator[int]:
    yield from SecretariatPage.objects.filter(secretariat_id__in=secretariats).values_list("pk", flat=True)


def connect() -> None:
    """Listen. Called once, when the application starts."""
    for model in NAMED_IN:
        post_save.connect(on_name_saved, sender=model, dispatch_uid=f"search-named-{model.__name__}")
    for signal in (post_save, post_delete):
        signal.connect(on_seat_changed, sender=Seat, dispatch_uid=f"search-seat-{id(signal)}")
