"""Record the confirmations of warnings, with the reasons submitted in a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import LogFormatter, log

from abierto.accounts.models import User
from abierto.approval.models.confirmations import REASON_LENGTH, WarningConfirmation
from abierto.text import visible_text

from .privacy_warning import PrivacyWarning
from .scanned_version import ScannedVersion
from .warnings import find_unconfirmed

ACTION = "abierto.warnings_confirmed"

_offered: ContextVar[Mapping[str, str] | None] = ContextVar("abierto_offered_confirmations", default=None)


@contextmanager
def offer_confirmations(reasons: Mapping[str, str]) -> Iterator[None]:
    """Offer these reasons, by warning fingerprint, for the versions submitted inside the block."""
    token = _offered.set(reasons)
    try:
        yield
    finally:
        _offered.reset(token)


def confirm_offered(scanned: ScannedVersion, by: User | None) -> None:
    """Record the confirmations that the form of this request offers for a version."""
    reasons = _offered.get()
    if reasons and by is not None:
        confirm(scanned.subject, find_unconfirmed(scanned), reasons, by)


def confirm_all(subject: models.Model, reason: str, by: User) -> list[WarningConfirmation]:
    """Record every open warning of ``subject`` with one reason."""
    warnings = find_unconfirmed(ScannedVersion(subject))
    return confirm(subject, warnings, {warning.fingerprint: reason for warning in warnings}, by)


def confirm(
    subject: models.Model, warnings: Sequence[PrivacyWarning], reasons: Mapping[str, str], by: User
) -> list[WarningConfirmation]:
    """Record each warning that has a reason, and the act in the history of ``subject``."""
    rows = [
        WarningConfirmation(
            content_type_id=warning.target[0],
            object_id=warning.target[1],
            sha=warning.target[2],
            place=warning.place[:255],
            kind=warning.kind,
            excerpt=warning.excerpt,
            fingerprint=warning.fingerprint,
            reason=reason,
            confirmed_by=by,
        )
        for warning in warnings
        if (reason := visible_text(reasons.get(warning.fingerprint, ""))[:REASON_LENGTH])
    ]
    if rows:
        WarningConfirmation.objects.bulk_create(rows)
        kinds = sorted({warning.label for warning in warnings if reasons.get(warning.fingerprint)})
        data = {
            "total": len(rows),
            "kinds": kinds,
            "reasons": list(dict.fromkeys(row.reason for row in rows)),
        }
        log(instance=subject, action=ACTION, user=by, data=data)
    return rows


def find_earlier_reasons(warnings: Sequence[PrivacyWarning]) -> dict[str, str]:
    """Return the last reason given for the same words in another version of the same object."""
    objects = {warning.target[:2] for warning in warnings}
    fingerprints = {warning.fingerprint for warning in warnings}
    rows = WarningConfirmation.objects.filter(fingerprint__in=fingerprints).order_by("pk")
    return {row.fingerprint: row.reason for row in rows if (row.content_type_id, row.object_id) in objects}


class ConfirmationFormatter(LogFormatter):
    """The message in the history of a page or snippet."""

    label = gettext_lazy("Confirmar avisos de datos personales")

    def format_message(self, log_entry: Any) -> str:
        total = log_entry.data.get("total", 0)
        sentence = ngettext(
            "Confirmó un aviso (%(kinds)s). Motivo: %(reasons)s",
            "Confirmó %(total)s avisos (%(kinds)s). Motivo: %(reasons)s",
            total,
        )
        return sentence % {
            "total": total,
            "kinds": ", ".join(log_entry.data.get("kinds", [])),
            "reasons": " · ".join(log_entry.data.get("reasons", [])),
        }
