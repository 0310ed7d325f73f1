"""Find public institutions and people of the registry by the names in a spreadsheet."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from abierto.registry.models import Institution, Person
from abierto.spreadsheets.rows import heading_key


class RegistryNames:
    """Public institutions and people by normalized name, with two queries; an ambiguous name finds none."""

    def __init__(self) -> None:
        self.institutions: dict[str, set[Any]] = defaultdict(set)
        for row in Institution.objects.filter(live=True):
            for name in filter(None, (row.name, row.common_name, row.acronym)):
                self.institutions[heading_key(name)].add(row)
        self.people: dict[str, set[Any]] = defaultdict(set)
        for person in Person.objects.filter(live=True):
            for name in {person.name, str(person)}:
                self.people[heading_key(name)].add(person)

    def find_institution(self, text: str) -> Institution | None:
        """Return the only public institution with this name, short name or acronym."""
        return find_only(self.institutions, text)

    def find_person(self, text: str) -> Person | None:
        """Return the only public person with this name."""
        return find_only(self.people, text)


def find_only(names: dict[str, set[Any]], text: str) -> Any:
    found = names.get(heading_key(text), set())
    return next(iter(found)) if len(found) == 1 else None
