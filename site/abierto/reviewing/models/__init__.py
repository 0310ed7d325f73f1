"""What the work around a review keeps."""

from .bundles import Bundle, BundleItem, BundleStatus, BundleWord
from .delegation import Delegation
from .guests import GuestLink
from .notes import SubmissionNote
from .notices import Audience, NoticeKind, ReportNotice, ReviewNotice
from .settings import ReviewingSettings

__all__ = [
    "Audience",
    "Bundle",
    "BundleItem",
    "BundleStatus",
    "BundleWord",
    "Delegation",
    "GuestLink",
    "NoticeKind",
    "ReportNotice",
    "ReviewNotice",
    "ReviewingSettings",
    "SubmissionNote",
]
