"""The registry: what the pages speak of."""

from .institutions import Institution, Municipality, Person
from .reference_data import GlossaryTerm, SDGGoal, SDGTarget
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

#: The models that only the state team writes.
WRITTEN_BY_THE_STATE = (GlossaryTerm, Institution, Municipality, Person, Seat, Secretariat)
