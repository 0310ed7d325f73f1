"""The metadata in every downloaded file: title, address, day and licence."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import licence


@dataclass(frozen=True)
class FileMetadata:
    """Title, full address with the filters, day of the data, and name of the portal."""

    title: str
    url: str
    cutoff: datetime.date
    portal: str

    def lines(self) -> list[tuple[str, str]]:
        """Return the metadata as labels and values, with the licence and the citation."""
        return [
            (_("Qué es"), self.title),
            (_("De dónde se bajó, con sus filtros"), self.url),
            (_("Datos al"), self.cutoff.isoformat()),
            (_("Licencia"), licence.NAME),
            (_("Texto de la licencia"), licence.URL),
            (_("Cómo citar"), f"{self.portal}, «{self.title}», {self.cutoff.isoformat()}, {self.url}"),
        ]
