"""The ledger of approvals, the review task, and the record of who let whom review."""

from .accounts import AccountEvent, AccountRecord
from .approval import Approval, Kind
from .task import ReviewTask

__all__ = ["AccountEvent", "AccountRecord", "Approval", "Kind", "ReviewTask"]
