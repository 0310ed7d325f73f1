"""The registry: what the pages speak of."""

from .glossary import GlossaryTerm
from .goals import SDGGoal, SDGTarget
from .institutions import Institution, Person
from .municipalities import Municipality
from .secretariats import Seat, Secretariat

__all__ = [
    "GlossaryTerm",
    "Institution",
    "Municipality",
    "Person",
    "SDGGoal",
    "SDGTarget",
    "Seat",
    "Secretariat",
]
