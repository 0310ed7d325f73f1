"""Registry rows: SDG, institutions, people, secretariats, municipalities and glossary."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from abierto.approval.ledger.services import import_rows
from abierto.demo.loader.content import Entry, read_content, select_fields
from abierto.registry.enums import InstitutionKind, SeatRole
from abierto.registry.models import (
    DeclaredFigure,
    GlossaryTerm,
    Institution,
    ListedStep,
    Municipality,
    OfficialContact,
    Person,
    Seat,
    Secretariat,
    StepList,
)
from abierto.registry.models.reviewed import ReviewedRow
from abierto.registry.sdg import load_sdg
from abierto.tenancy.models import Space
from pages.core.cache import bump_after_commit


@dataclass(frozen=True)
class Registry:
    """Loaded rows by their key in the content files."""

    institutions: dict[str, Institution]
    people: dict[str, Person]
    secretariats: dict[str, Secretariat]
    step_lists: dict[str, StepList]


def load_registry() -> Registry:
    """Load the registry; existing rows keep their changes."""
    load_sdg()
    load_municipalities()
    load_glossary()
    load_declared_figures()
    institutions, people = load_institutions(), load_people()
    secretariats = load_secretariats(institutions, people)
    return Registry(institutions, people, secretariats, load_step_lists())


def import_public[Row: ReviewedRow](rows: Iterable[Row]) -> list[Row]:
    """Import rows as public and invalidate the page cache."""
    created = import_rows(rows)
    if created:
        bump_after_commit()
    return created


def load_institutions() -> dict[str, Institution]:
    """Load the institutions by their key in the file."""
    return _load_institutions(read_content("institutions"))


def load_chambers(entries: Iterable[Entry]) -> dict[str, Institution]:
    """Load the chambers of a tribunal, which are institutions, by their ``key``."""
    kind = {"kind": InstitutionKind.TRIBUNAL}
    return _load_institutions({entry["key"]: kind | dict(entry) for entry in entries})


def _load_institutions(entries: Mapping[str, Entry]) -> dict[str, Institution]:
    """Load institutions, successors first.

    Raises:
        ValueError: if they succeed each other in a cycle.
    """
    known = Institution.objects.in_bulk(field_name="name")
    found = {key: known[entry["name"]] for key, entry in entries.items() if entry["name"] in known}
    while missing := entries.keys() - found.keys():
        ready = [key for key in sorted(missing) if entries[key].get("successor") in {None, *found}]
        if not ready:
            raise ValueError(f"These institutions succeed each other: {sorted(missing)}")
        rows = import_public(build_institution(entries[key], found) for key in ready)
        found |= dict(zip(ready, rows, strict=True))
    return found


def build_institution(entry: Entry, found: dict[str, Institution]) -> Institution:
    """Return an unsaved institution; its successor must be in ``found``."""
    fields = select_fields(entry, "name", "acronym", "common_name", "kind", "valid_from", "valid_until")
    return Institution(**fields, successor=found.get(entry.get("successor", "")))


def load_people() -> dict[str, Person]:
    entries = read_content("people")
    known = {person.name: person for person in Person.objects.order_by("-pk")}
    missing = {entry["name"]: entry for entry in entries.values() if entry["name"] not in known}
    rows = import_public(Person(name=name, honorific=entry["honorific"]) for name, entry in missing.items())
    known |= {person.name: person for person in rows}
    return {key: known[entry["name"]] for key, entry in entries.items()}


def load_municipalities() -> None:
    """Load the 46 municipalities, by INEGI code."""
    known = set(Municipality.objects.values_list("code", flat=True))
    import_public(
        build_municipality(entry)
        for entry in read_content("municipalities")["municipality"]
        if entry["code"] not in known
    )


def build_municipality(entry: Entry) -> Municipality:
    """Return an unsaved municipality with the facts that the documents state."""
    facts = [fact["text"] for fact in entry.get("facts", [])]
    document = read_content("documents")["municipios-2022"]["name"]
    return Municipality(
        **select_fields(entry, "code", "name", "population", "column", "row", "external_site_url"),
        aliases=", ".join(entry.get("aliases", [])),
        facts="\n".join(facts),
        facts_source=document if facts else "",
        external_site_source=f"{document}, lista de 2021" if "external_site_url" in entry else "",
    )


def load_glossary() -> None:
    """Load the terms with definitions and lay synonyms."""
    known = set(GlossaryTerm.objects.values_list("term", flat=True))
    import_public(
        GlossaryTerm(
            term=entry["term"],
            definition=entry.get("definition", ""),
            lay_synonyms="\n".join(entry.get("lay", [])),
        )
        for entry in read_content("glossary")["term"]
        if entry["term"] not in known
    )


def load_declared_figures() -> None:
    """Load what the documents declare of all municipalities."""
    content = read_content("steps")
    document = read_content("documents")[content["document"]]["name"]
    known = set(DeclaredFigure.objects.values_list("measure", "text"))
    import_public(
        DeclaredFigure(source_name=document, **select_fields(entry, "measure", "text", "stated_on", "note"))
        for entry in content["figure"]
        if (entry["measure"], entry["text"]) not in known
    )


def load_step_lists() -> dict[str, StepList]:
    """Load the lists of steps, each with its steps."""
    content = read_content("steps")
    document = read_content("documents")[content["document"]]["name"]
    found: dict[str, StepList] = {}
    for entry in content["list"]:
        known = StepList.objects.filter(name=entry["name"]).first()
        if known is None:
            fields = select_fields(entry, "name", "valid_from")
            [known] = import_public([StepList(source_name=document, **fields)])
            import_public(build_steps(known, entry))
        found[entry["key"]] = known
    return found


def build_steps(step_list: StepList, entry: Entry) -> list[ListedStep]:
    """Return the unsaved steps of a list; the documents do not date them."""
    return [
        ListedStep(
            step_list=step_list,
            number=number,
            documents="\n".join(step.get("documents", [])),
            source=entry["where"] % number,
            **select_fields(step, "name", "text", "makes_trees", "makes_matrix"),
        )
        for number, step in enumerate(entry["step"], start=1)
    ]


def load_contacts(spaces: Mapping[str, Space]) -> None:
    """Load the contacts of offices that the documents give, each into the space of its institution."""
    documents = read_content("documents")
    known = set(OfficialContact.objects.values_list("value", flat=True))
    import_public(
        OfficialContact(
            **select_fields(entry, "kind", "value", "office"),
            source=documents[entry["source"].partition(": ")[0]]["name"],
            space=spaces[entry["space"]],
        )
        for entry in read_content("contacts")["contact"]
        if entry["value"] not in known
    )


def load_secretariats(
    institutions: dict[str, Institution], people: dict[str, Person]
) -> dict[str, Secretariat]:
    found: dict[str, Secretariat] = {}
    for entry in read_content("secretariat")["secretariat"]:
        names = [entry["name"], entry.get("former_name", entry["name"])]
        secretariat = Secretariat.objects.filter(name__in=names).first()
        if secretariat is None:
            [secretariat] = import_public([build_secretariat(entry)])
            import_public(build_seats(secretariat, entry, institutions, people))
        found[entry["key"]] = secretariat
    return found


def build_secretariat(entry: Entry) -> Secretariat:
    return Secretariat(
        name=entry["name"],
        level=entry["level"],
        municipality=Municipality.objects.filter(code=entry.get("municipality", "")).first(),
        valid_from=entry.get("installed_on"),
        valid_until=datetime.date(entry["last_year"], 12, 31) if "last_year" in entry else None,
    )


def build_seats(
    secretariat: Secretariat, entry: Entry, institutions: dict[str, Institution], people: dict[str, Person]
) -> list[Seat]:
    """Return the unsaved seats of ``entry``; the documents do not state its dates."""
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
        )
        for order, (sent_by, person, role, post) in enumerate(seats, start=1)
    ]
