"""What the work around a review keeps."""

from .notes import SubmissionNote
from .settings import ReviewingSettings

__all__ = ["ReviewingSettings", "SubmissionNote"]
