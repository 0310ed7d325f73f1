"""The warnings of a version: what may be personal data, and is public only if a named person confirms it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _

from abierto.approval.ledger.hashing import content_hash
from abierto.approval.models.approval import base_content_type
from abierto.approval.models.confirmations import Target, WarningConfirmation
from abierto.approval.review.private_data import KIND_LABELS, SHOWN, PlacedFinding, iter_findings
from abierto.privacy.findings import Finding, Kind, Level

CONTEXT = 45
"""How many characters before and after a finding the screen shows."""


@dataclass(frozen=True)
class PrivacyWarning:
    """One warning in one content; the same words at the same place are one, however often they occur."""

    target: Target
    place: str
    kind: str
    label: str
    excerpt: str
    before: str
    after: str
    fingerprint: str
    label_of_place: str = ""

    @property
    def sentence(self) -> str:
        """Return what must be confirmed, in one sentence."""
        sentence = _("Confirma con un motivo que «%(start)s» (%(kind)s) puede ser público, o quítalo.")
        return sentence % {"start": self.excerpt, "kind": self.label}


def find_warnings(subject: models.Model) -> list[PrivacyWarning]:
    """Return the warnings in the texts of ``subject``, each once, in the order of its fields."""
    placed = [found for found in iter_findings(subject) if found.finding.level == Level.WARN]
    if not placed:
        return []
    target = target_of(subject)
    warnings = (build_warning(target, found) for found in placed)
    return list({warning.fingerprint: warning for warning in warnings}.values())


def target_of(subject: models.Model) -> Target:
    """Return the key and the content hash under which the confirmations of ``subject`` are filed."""
    return base_content_type(subject).pk, str(subject.pk), content_hash(subject)


def build_warning(target: Target, placed: PlacedFinding) -> PrivacyWarning:
    text, finding = placed.text, placed.finding
    start, end = max(0, finding.start - CONTEXT), finding.end + CONTEXT
    return PrivacyWarning(
        target=target,
        place=placed.path,
        kind=finding.type,
        label=str(KIND_LABELS[finding.type]),
        excerpt=mask(text, [finding], finding.start, finding.end),
        before=mask(text, placed.neighbours, start, finding.start),
        after=mask(text, placed.neighbours, finding.end, end),
        fingerprint=make_fingerprint(placed.path, finding.type, placed.words),
    )


def mask(text: str, findings: Iterable[Finding], start: int, end: int) -> str:
    """Return ``text`` between two offsets; of each finding in it only the first characters."""
    pieces, place = [], start
    for finding in sorted(findings):
        if finding.end <= place or finding.start >= end:
            continue
        pieces.append(text[place : max(place, finding.start)])
        if finding.start >= place:
            pieces.append(text[finding.start : min(finding.start + SHOWN, end)])
        pieces.append("…")
        place = finding.end
    return "".join([*pieces, text[place:end]])


def make_fingerprint(place: str, kind: Kind | str, words: str) -> str:
    """Return the hash of the same words of the same kind at the same place."""
    same = " ".join(words.split()).casefold()
    return hashlib.sha256(f"{place}\0{kind}\0{same}".encode()).hexdigest()


def find_unconfirmed(subject: models.Model) -> list[PrivacyWarning]:
    """Return the warnings of ``subject`` that nobody confirmed in exactly this content."""
    warnings = find_warnings(subject)
    confirmed = load_confirmations(warnings)
    return [warning for warning in warnings if key_of(warning) not in confirmed]


WarningKey = tuple[Target, str]


def key_of(warning: PrivacyWarning) -> WarningKey:
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
