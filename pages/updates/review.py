"""Labels of the keys of an update, for its review."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pages.matrices.queries import name_indicators
from pages.plans.commitments import CommitmentPage


def read_key_names(commitment: CommitmentPage) -> dict[str, str]:
    """Return how people call the actions of a commitment and the proofs that it promised, by their keys."""
    names = {}
    for action in commitment.actions.all():
        names[str(action.translation_key)] = _("Acción %(action)s") % {"action": action}
        names |= {str(proof.id): str(proof.value["text"]) for proof in action.means}
    actions = commitment.actions.all()
    return names | name_indicators([commitment.indicator_key, *(row.indicator_key for row in actions)])
