"""The ledger, the review task, who let whom review and in whose place, and how people are named."""

from .accounts import AccountEvent, AccountRecord
from .approval import Approval, Kind
from .naming import TraceSettings
from .stand_in import StandIn
from .task import ReviewTask
from .withdrawn_from import WithdrawnFrom

__all__ = [
    "AccountEvent",
    "AccountRecord",
    "Approval",
    "Kind",
    "ReviewTask",
    "StandIn",
    "TraceSettings",
    "WithdrawnFrom",
]
