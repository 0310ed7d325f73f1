"""A progress update and what was public before it, as values that can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abierto.progress.figures import MISSING, Value
from pages.figures import as_published

from .changes import Change, Reported, describe
from .last_figures import last_figures

if TYPE_CHECKING:
    from pages.plans.commitment import CommitmentPage

    from .page import ProgressUpdatePage


def describe_update(live: ProgressUpdatePage | None, draft: ProgressUpdatePage) -> list[Change]:
    """Return what ``draft`` changes for the public, figure by figure.

    The first time there is no live version: figures are held against the last ones published before.
    """
    parent = draft.parent
    if parent is None:
        return []
    commitment: CommitmentPage = parent.specific
    before = reported(live) if live is not None else published_before(commitment, draft)
    names = {
        action.translation_key: _("Acción %(number)s") % {"number": action.number}
        for action in commitment.actions.all()
    }
    return list(describe(before, reported(draft), names))


def reported(update: ProgressUpdatePage) -> Reported:
    """Return what ``update`` says."""
    rows = list(update.rows.all())
    return Reported(
        values={row.action_key: row.value for row in rows},
        declared=Value(as_published(update.declared)),
        notes={row.action_key: row.note for row in rows},
        evidence={row.action_key: tuple(block.value["title"] for block in row.evidence) for row in rows},
    )


def published_before(commitment: CommitmentPage, update: ProgressUpdatePage) -> Reported:
    """Return the figures that the public had from before the period of ``update``."""
    known = last_figures(commitment, but=update.translation_key, before=update.period_end)
    earlier = type(update).objects.live().child_of(commitment).filter(declared__isnull=False)
    earlier = earlier.exclude(translation_key=update.translation_key)
    if update.period_end:
        earlier = earlier.filter(period_end__lt=update.period_end)
    declared = earlier.order_by("-period_end", "-path").values_list("declared", flat=True).first()
    return Reported(
        values={key: figure.value for key, figure in known.items()},
        declared=MISSING if declared is None else Value(as_published(declared)),
    )
