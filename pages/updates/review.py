"""What a reviewer needs beside an update: names of its keys, and the figures published before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pages.core.formatting import percent
from pages.plans.commitments import CommitmentPage

from .row_proposal import read_last_figures, write_value

if TYPE_CHECKING:
    from .models import ProgressUpdatePage


def read_key_names(commitment: CommitmentPage) -> dict[str, str]:
    """Return how people call the actions of a commitment and the proofs that it promised, by their keys."""
    names = {}
    for action in commitment.actions.all():
        names[str(action.translation_key)] = _("Acción %(action)s") % {"action": action}
        names |= {str(proof.id): str(proof.value["text"]) for proof in action.means}
    return names


def read_figures_before(commitment: CommitmentPage, update: ProgressUpdatePage) -> dict[str, str]:
    """Return the figures that the public had from before the period of ``update``, where they are told."""
    known = read_last_figures(commitment, but=update.translation_key, before=update.period_end)
    figures = {f"rows.{key}.percent": write_value(figure.value) for key, figure in known.items()}
    earlier = update.others_of_type().public().child_of(commitment).filter(declared__isnull=False)
    if update.period_end:
        earlier = earlier.filter(period_end__lt=update.period_end)
    declared = earlier.order_by("-period_end", "-path").values_list("declared", flat=True).first()
    if declared is not None:
        figures["declared"] = percent(declared)
    return figures
