"""The registry: objects that pages refer to."""

from .contacts import OfficialContact
from .institutions import HarvestedRecord, Institution, InstitutionSpace, Municipality, Person
from .periods import AdministrationPeriod, ArchivedBranch
from .reference_data import GlossaryTerm, SDGGoal, SDGTarget
from .secretariats import Seat, Secretariat
from .steps import DeclaredFigure, ListedStep, StepList

__all__ = [
    "AdministrationPeriod",
    "ArchivedBranch",
    "DeclaredFigure",
    "GlossaryTerm",
    "HarvestedRecord",
    "Institution",
    "InstitutionSpace",
    "ListedStep",
    "Municipality",
    "OfficialContact",
    "Person",
    "SDGGoal",
    "SDGTarget",
    "Seat",
    "Secretariat",
    "StepList",
]

#: Models that every space writes for itself.
OWN_MODELS = (OfficialContact,)

#: Models that only the state team writes.
STATE_MODELS = (
    DeclaredFigure,
    GlossaryTerm,
    Institution,
    ListedStep,
    Municipality,
    Person,
    Seat,
    Secretariat,
    StepList,
)
