"""The registry: objects that pages refer to."""

from .contacts import OfficialContact
from .institutions import Institution, Municipality, Person
from .reference_data import GlossaryTerm, SDGGoal, SDGTarget
from .secretariats import Seat, Secretariat
from .spaces import InstitutionSpace

__all__ = [
    "GlossaryTerm",
    "Institution",
    "InstitutionSpace",
    "Municipality",
    "OfficialContact",
    "Person",
    "SDGGoal",
    "SDGTarget",
    "Seat",
    "Secretariat",
]

#: Models that every space writes for itself.
OWN_MODELS = (OfficialContact,)

#: Models that only the state team writes.
STATE_MODELS = (GlossaryTerm, Institution, Municipality, Person, Seat, Secretariat)
