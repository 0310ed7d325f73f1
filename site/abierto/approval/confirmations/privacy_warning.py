"""A warning of personal data, in a text or in a file."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from abierto.approval.models.confirmations import Target


@dataclass(frozen=True)
class PrivacyWarning:
    """One warning in one content; the same words at the same place count once."""

    target: Target
    place: str
    kind: str
    label: str
    fingerprint: str
    excerpt: str = ""
    before: str = ""
    after: str = ""
    label_of_place: str = ""
    is_in_file: bool = False

    @property
    def sentence(self) -> str:
        """Return what must be confirmed, in one sentence; of a file, with its title."""
        sentence = _("Confirma con un motivo que «%(start)s» (%(kind)s) puede ser público, o quítalo.")
        if not self.excerpt:
            sentence = _("Confirma con un motivo que puede ser público: %(kind)s.")
        sentence %= {"start": self.excerpt, "kind": self.label}
        return f"{self.label_of_place}: {sentence}" if self.is_in_file else sentence
