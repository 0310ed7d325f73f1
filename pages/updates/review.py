"""Data for the review of an update: labels of its keys, and the figures published before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pages.core.formatting import percent

from .row_proposal import read_last_figures, write_value

if TYPE_CHECKING:
    from pages.plans.commitments import CommitmentPage

    from .models import ProgressUpdatePage


def read_key_names(commitment: CommitmentPage) -> dict[str, str]:
    """Return how people call the actions of a commitment and the proofs that it promised, by their keys."""
    names = {}
    for action in commitment.actions.all():
        names[str(action.translation_key)] = _("Acción %(action)s") % {"action": action}
        names |= {str(proof.id): str(proof.value["text"]) for proof in action.means}
    return names


def read_figures_before(commitment: CommitmentPage, update: ProgressUpdatePage) -> dict[str, str]:
    """Return the public figures from before the period of ``update``, at their content paths."""
    known = read_last_figures(commitment, but=update.translation_key, before=update.period_end)
    figures = {f"rows.{key}.percent": write_value(figure.value) for key, figure in known.items()}
    earlier = type(update).objects.public().child_of(commitment).filter(declared__isnull=False)
    earlier = earlier.exclude(translation_key=update.translation_key)
    if update.period_end:
        earlier = earlier.filter(period_end__lt=update.period_end)
    declared = earlier.order_by("-period_end", "-path").values_list("declared", flat=True).first()
    if declared is not None:
        figures["declared"] = percent(declared)
    return figures
