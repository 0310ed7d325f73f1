"""The warnings of a version for its reviewer: each finding, and the reason why it may be public."""

from dataclasses import dataclass

from django.db import models

from abierto.approval.confirmations.privacy_warning import PrivacyWarning
from abierto.approval.confirmations.scanned_version import ScannedVersion
from abierto.approval.confirmations.warnings import find_warnings, get_warning_key, load_confirmations
from abierto.approval.models import WarningConfirmation

from .validation import add_place_label


@dataclass(frozen=True)
class ReviewedWarning:
    """A warning with its confirmation, if it has one."""

    warning: PrivacyWarning
    confirmation: WarningConfirmation | None


def load_reviewed_warnings(subject: models.Model) -> list[ReviewedWarning]:
    """Return every warning of a version; no query without warnings."""
    warnings = find_warnings(ScannedVersion(subject))
    confirmations = load_confirmations(warnings)
    return [
        ReviewedWarning(add_place_label(subject, warning), confirmations.get(get_warning_key(warning)))
        for warning in warnings
    ]
