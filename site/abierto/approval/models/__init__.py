"""The ledgers with their chains, the review task, submission notes and the settings of the public trace."""

from .accounts import AccountEvent, AccountRecord
from .append_only import LedgerHead, LedgerLink
from .approval import Approval, ApprovalKind, TraceSettings
from .confirmations import WarningConfirmation
from .notes import SubmissionNote
from .records import PublicRecord, WithdrawnFrom
from .stand_in import StandIn
from .task import ReviewTask

__all__ = [
    "AccountEvent",
    "AccountRecord",
    "Approval",
    "ApprovalKind",
    "LedgerHead",
    "LedgerLink",
    "PublicRecord",
    "ReviewTask",
    "StandIn",
    "SubmissionNote",
    "TraceSettings",
    "WarningConfirmation",
    "WithdrawnFrom",
]
