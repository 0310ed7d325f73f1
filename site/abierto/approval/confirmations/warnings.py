"""Warnings of a version: possible personal data, public only if a named person confirms it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models

from abierto.approval.ledger.hashing import content_hash
from abierto.approval.models.approval import base_content_type
from abierto.approval.models.confirmations import Target, WarningConfirmation
from abierto.approval.review.private_data import KIND_LABELS, PlacedFinding
from abierto.privacy.excerpts import make_excerpt, make_fingerprint
from abierto.privacy.findings import FindingLevel

from .files import find_file_warnings
from .privacy_warning import PrivacyWarning
from .scanned_version import ScannedVersion


def find_warnings(scanned: ScannedVersion) -> list[PrivacyWarning]:
    """Return the warnings in the texts and files of a version, each once, in the order of its fields."""
    placed = [found for found in scanned.findings if found.finding.level == FindingLevel.WARN]
    target = build_target(scanned.subject) if placed else None
    warnings = [build_warning(target, found) for found in placed if target is not None]
    warnings += find_file_warnings(scanned.files, scanned.contacts)
    return list({get_warning_key(warning): warning for warning in warnings}.values())


def build_target(subject: models.Model) -> Target:
    """Return the key and the content hash under which the confirmations of ``subject`` are filed."""
    return base_content_type(subject).pk, str(subject.pk), content_hash(subject)


def build_warning(target: Target, placed: PlacedFinding) -> PrivacyWarning:
    excerpt = make_excerpt(placed.text, placed.finding, placed.neighbours)
    return PrivacyWarning(
        target=target,
        place=placed.path,
        kind=placed.finding.type,
        label=str(KIND_LABELS[placed.finding.type]),
        excerpt=excerpt.shown,
        before=excerpt.before,
        after=excerpt.after,
        fingerprint=make_fingerprint(placed.path, placed.finding.type, placed.words),
    )


def find_unconfirmed(scanned: ScannedVersion) -> list[PrivacyWarning]:
    """Return the warnings of a version without a confirmation for exactly this content."""
    return exclude_confirmed(find_warnings(scanned))


def exclude_confirmed(warnings: Sequence[PrivacyWarning]) -> list[PrivacyWarning]:
    """Return the warnings that have no confirmation."""
    confirmed = load_confirmations(warnings)
    return [warning for warning in warnings if get_warning_key(warning) not in confirmed]


WarningKey = tuple[Target, str]


def get_warning_key(warning: PrivacyWarning) -> WarningKey:
    return warning.target, warning.fingerprint


def load_confirmations(warnings: Sequence[PrivacyWarning]) -> dict[WarningKey, WarningConfirmation]:
    """Return the confirmation of each warning that has one, with one query; none without warnings."""
    if not warnings:
        return {}
    rows = WarningConfirmation.objects.for_targets({warning.target for warning in warnings})
    return {
        ((row.content_type_id, row.object_id, row.sha), row.fingerprint): row
        for row in rows.select_related("confirmed_by").order_by("pk")
    }
