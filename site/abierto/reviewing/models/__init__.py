"""What the work around a review keeps."""

from .delegation import Delegation
from .notes import SubmissionNote
from .notices import Audience, NoticeKind, ReportNotice, ReviewNotice
from .settings import ReviewingSettings

__all__ = [
    "Audience",
    "Delegation",
    "NoticeKind",
    "ReportNotice",
    "ReviewNotice",
    "ReviewingSettings",
    "SubmissionNote",
]
