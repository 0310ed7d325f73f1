"""The ledger of approvals, the review task, the record of who let whom review, and how people are named."""

from .accounts import AccountEvent, AccountRecord
from .approval import Approval, Kind
from .naming import TraceSettings
from .task import ReviewTask

__all__ = ["AccountEvent", "AccountRecord", "Approval", "Kind", "ReviewTask", "TraceSettings"]
