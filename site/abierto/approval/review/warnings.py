"""The warnings of a version as its reviewer sees them: what was found, and why it may be public."""

from dataclasses import dataclass

from django.db import models

from abierto.approval.confirmations.privacy_warning import PrivacyWarning
from abierto.approval.confirmations.scanned import ScannedVersion
from abierto.approval.confirmations.warnings import find_warnings, key_of, load_confirmations
from abierto.approval.models import WarningConfirmation

from .validation import name_place


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
        ReviewedWarning(name_place(subject, warning), confirmations.get(key_of(warning)))
        for warning in warnings
    ]
