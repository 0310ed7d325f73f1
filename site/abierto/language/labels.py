"""Names and sentences of ``abierto.language`` in the language of the reader."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from abierto.language.inflesz import Band
from abierto.language.review import RuleFinding

BAND_LABELS = {
    Band.VERY_HARD: _("muy difícil"),
    Band.SOMEWHAT_HARD: _("algo difícil"),
    Band.NORMAL: _("normal"),
    Band.FAIRLY_EASY: _("bastante fácil"),
    Band.VERY_EASY: _("muy fácil"),
}


def band_label(band: Band | None) -> str:
    """Return the name of a band; empty for a text without a score."""
    return str(BAND_LABELS[band]) if band else ""


def finding_message(finding: RuleFinding) -> str:
    """Return what a finding says to do."""
    message = gettext(finding.rule.message)
    return message % finding.match.values if finding.match.values else message
