"""The registry: goals, institutions, people, secretariats, municipalities and words."""

from collections.abc import Iterable
from dataclasses import dataclass

from abierto.demo.loader.content import Entry, only, read
from abierto.registry.bulk_import import import_rows
from abierto.registry.enums import SeatRole
from abierto.registry.models import (
    GlossaryTerm,
    Institution,
    Municipality,
    Person,
    Seat,
    Secretariat,
)
from abierto.registry.models.reviewed import ReviewedRow
from abierto.registry.sdg import load_sdg
from pages.core.cache import bump_after_commit


@dataclass(frozen=True)
class Registry:
    """The rows that the pages refer to, by the key that the content files give them."""

    institutions: dict[str, Institution]
    people: dict[str, Person]
    secretariats: dict[str, Secretariat]


def load_registry() -> Registry:
    """Write the registry; rows that are there stay as people have left them."""
    load_sdg()
    load_municipalities()
    load_glossary()
    institutions, people = load_institutions(), load_people()
    return Registry(institutions, people, load_secretariats(institutions, people))


def add[Row: ReviewedRow](rows: Iterable[Row]) -> list[Row]:
    """Make rows public at once, and let go of the pages kept without them."""
    brought = import_rows(rows)
    if brought:
        bump_after_commit()
    return brought


def load_institutions() -> dict[str, Institution]:
    """Write the institutions, those that succeeded others before them.

    Raises:
        ValueError: when some succeed each other in a circle.
    """
    entries = read("institutions")
    known = Institution.objects.in_bulk(field_name="name")
    found = {key: known[entry["name"]] for key, entry in entries.items() if entry["name"] in known}
    while missing := entries.keys() - found.keys():
        ready = [key for key in sorted(missing) if entries[key].get("successor") in {None, *found}]
        if not ready:
            raise ValueError(f"These institutions succeed each other: {sorted(missing)}")
        rows = add(institution(entries[key], found) for key in ready)
        found |= dict(zip(ready, rows, strict=True))
    return found


def institution(entry: Entry, found: dict[str, Institution]) -> Institution:
    """Return an unsaved institution, whose successor is there already."""
    fields = only(entry, "name", "acronym", "kind", "valid_from", "valid_until")
    return Institution(**fields, successor=found.get(entry.get("successor", "")))


def load_people() -> dict[str, Person]:
    """Write the people, by name."""
    entries = read("people")
    known = {person.name: person for person in Person.objects.order_by("-pk")}
    missing = {entry["name"]: entry for entry in entries.values() if entry["name"] not in known}
    rows = add(Person(name=name, honorific=entry["honorific"]) for name, entry in missing.items())
    known |= {person.name: person for person in rows}
    return {key: known[entry["name"]] for key, entry in entries.items()}


def load_municipalities() -> None:
    """Write the 46 municipalities, by INEGI code."""
    known = set(Municipality.objects.values_list("code", flat=True))
    names = ("code", "name", "population", "column", "row", "external_site_url")
    add(
        Municipality(**only(entry, *names), aliases=", ".join(entry.get("aliases", [])))
        for entry in read("municipalities")["municipality"]
        if entry["code"] not in known
    )


def load_glossary() -> None:
    """Write the words, each with its meaning and with what people say instead."""
    known = set(GlossaryTerm.objects.values_list("term", flat=True))
    add(
        GlossaryTerm(
            term=entry["term"],
            definition=entry.get("definition", ""),
            lay_synonyms="\n".join(entry.get("lay", [])),
        )
        for entry in read("glossary")["term"]
        if entry["term"] not in known
    )


def load_secretariats(
    institutions: dict[str, Institution], people: dict[str, Person]
) -> dict[str, Secretariat]:
    """Write the secretariats and their seats."""
    found: dict[str, Secretariat] = {}
    for entry in read("secretariat")["secretariat"]:
        secretariat = Secretariat.objects.filter(name=entry["name"]).first()
        if secretariat is None:
            [secretariat] = add([secretariat_of(entry)])
            add(seats_of(secretariat, entry, institutions, people))
        found[entry["key"]] = secretariat
    return found


def secretariat_of(entry: Entry) -> Secretariat:
    """Return an unsaved secretariat."""
    return Secretariat(
        name=entry["name"],
        level=entry["level"],
        municipality=Municipality.objects.filter(code=entry.get("municipality", "")).first(),
        valid_from=entry.get("installed_on"),
    )


def seats_of(
    secretariat: Secretariat, entry: Entry, institutions: dict[str, Institution], people: dict[str, Person]
) -> list[Seat]:
    """Return the unsaved seats of ``entry``; they hold from the day of installation, where it is known."""
    seats = []
    for seat in entry.get("seat", []):
        for role in SeatRole:
            if role.value in seat:
                sent_by = institutions.get(seat.get("institution", ""))
                post = seat.get("post", "") if role != SeatRole.DEPUTY else ""
                seats.append((sent_by, people[seat[role.value]], role, post))
    return [
        Seat(
            secretariat=secretariat,
            institution=sent_by,
            person=person,
            role=role,
            post=post,
            order=order,
            valid_from=secretariat.valid_from,
        )
        for order, (sent_by, person, role, post) in enumerate(seats, start=1)
    ]
