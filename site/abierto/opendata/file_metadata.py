"""What goes with every file: what it is, from where, of which day, and under which licence."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import licence


@dataclass(frozen=True)
class FileMetadata:
    """The title of a file, the full address it was taken from, the filters in it, and the day of the data."""

    title: str
    url: str
    cutoff: datetime.date
    portal: str

    def lines(self) -> list[tuple[str, str]]:
        """Return the facts with their names."""
        return [
            (_("Qué es"), self.title),
            (_("De dónde se bajó, con sus filtros"), self.url),
            (_("Datos al"), self.cutoff.isoformat()),
            (_("Licencia"), licence.NAME),
            (_("Texto de la licencia"), licence.URL),
            (_("Cómo citar"), f"{self.portal}, «{self.title}», {self.cutoff.isoformat()}, {self.url}"),
        ]
