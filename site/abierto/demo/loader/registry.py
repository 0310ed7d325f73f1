"""The registry: goals, institutions, people, secretariats, municipalities and words."""

from dataclasses import dataclass
from typing import Any

from abierto.demo.loader.content import Entry, only, read
from abierto.registry.enums import SeatRole
from abierto.registry.models import (
    GlossaryTerm,
    Institution,
    Municipality,
    Person,
    Seat,
    Secretariat,
)
from abierto.registry.sdg import load_sdg


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


def load_institutions() -> dict[str, Institution]:
    """Write the institutions, then who succeeded whom."""
    entries = read("institutions")
    found: dict[str, Institution] = {}
    for key, entry in entries.items():
        fields = only(entry, "acronym", "kind", "valid_from", "valid_until")
        row, made = Institution.objects.get_or_create(name=entry["name"], defaults=fields)
        if made and "successor" in entry:
            row.successor = found.get(entry["successor"]) or successor_of(entry, entries)
            row.save(update_fields=["successor"])
        found[key] = row
    return found


def successor_of(entry: Entry, entries: dict[str, Any]) -> Institution:
    """Return the institution that followed the one of ``entry``, made where missing."""
    successor = entries[entry["successor"]]
    fields = only(successor, "acronym", "kind", "valid_from", "valid_until")
    return Institution.objects.get_or_create(name=successor["name"], defaults=fields)[0]


def load_people() -> dict[str, Person]:
    """Write the people, by name."""
    return {
        key: Person.objects.get_or_create(name=entry["name"], defaults={"honorific": entry["honorific"]})[0]
        for key, entry in read("people").items()
    }


def load_municipalities() -> None:
    """Write the 46 municipalities, by INEGI code."""
    known = set(Municipality.objects.values_list("code", flat=True))
    names = ("code", "name", "population", "column", "row", "external_site_url")
    Municipality.objects.bulk_create(
        Municipality(**only(entry, *names), aliases=", ".join(entry.get("aliases", [])))
        for entry in read("municipalities")["municipality"]
        if entry["code"] not in known
    )


def load_glossary() -> None:
    """Write the words, each with its meaning and with what people say instead."""
    known = set(GlossaryTerm.objects.values_list("term", flat=True))
    GlossaryTerm.objects.bulk_create(
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
        municipality = Municipality.objects.filter(code=entry.get("municipality", "")).first()
        secretariat, made = Secretariat.objects.get_or_create(
            name=entry["name"],
            defaults={
                "level": entry["level"],
                "municipality": municipality,
                "valid_from": entry.get("installed_on"),
            },
        )
        if made:
            add_seats(secretariat, entry, institutions, people)
        found[entry["key"]] = secretariat
    return found


def add_seats(
    secretariat: Secretariat, entry: Entry, institutions: dict[str, Institution], people: dict[str, Person]
) -> None:
    """Seat the people of ``entry``; a seat holds from the day of installation, where it is known."""
    seats = []
    for seat in entry.get("seat", []):
        for role in SeatRole:
            if role.value in seat:
                institution = institutions.get(seat.get("institution", ""))
                post = seat.get("post", "") if role != SeatRole.DEPUTY else ""
                seats.append((institution, people[seat[role.value]], role, post))
    Seat.objects.bulk_create(
        Seat(
            secretariat=secretariat,
            institution=institution,
            person=person,
            role=role,
            post=post,
            order=order,
            valid_from=secretariat.valid_from,
        )
        for order, (institution, person, role, post) in enumerate(seats, start=1)
    )
