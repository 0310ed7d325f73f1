"""The ledger of approvals and the review task."""

from .approval import Approval, Kind
from .task import ReviewTask

__all__ = ["Approval", "Kind", "ReviewTask"]
