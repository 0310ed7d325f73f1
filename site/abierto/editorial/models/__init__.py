"""The ledgers with their chains, the review task, and how people are named."""

from .accounts import AccountEvent, AccountRecord
from .approval import Approval, Kind
from .links import LedgerHead, LedgerLink
from .naming import TraceSettings
from .public_record import PublicRecord
from .stand_in import StandIn
from .task import ReviewTask
from .withdrawn_from import WithdrawnFrom

__all__ = [
    "AccountEvent",
    "AccountRecord",
    "Approval",
    "Kind",
    "LedgerHead",
    "LedgerLink",
    "PublicRecord",
    "ReviewTask",
    "StandIn",
    "TraceSettings",
    "WithdrawnFrom",
]
