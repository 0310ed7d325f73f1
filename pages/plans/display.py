"""Build the views of a plan, its axes and the rows of its commitments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abierto.progress.enums import NodeLevel
from abierto.registry.models import Institution
from pages.charts.badges import Badge
from pages.charts.waffle import Waffle, build_waffle
from pages.core.formatting import join_words
from pages.figures.display import FigureView, build_figure_view
from pages.figures.models import ProgressFigure

from .commitments import CommitmentPage
from .models import AxisPage
from .proof_sites import ProofSite
from .status import FigureStatus


@dataclass(frozen=True)
class PlanView:
    """A whole plan: its figure and its waffle chart."""

    figure: FigureView
    waffle: Waffle


@dataclass(frozen=True)
class AxisView:
    """One axis in the list of bars; ``view`` is missing where nothing is measured."""

    page: AxisPage
    url: str
    size: str
    view: FigureView | None


@dataclass(frozen=True)
class CommitmentRow:
    """One commitment in the list of its plan."""

    page: CommitmentPage
    url: str
    parties: str
    view: FigureView | None
    proof: Badge | None
    is_late: bool
    proof_sites: Sequence[ProofSite] = ()


def build_plan_view(figure: ProgressFigure, status: FigureStatus, title: str) -> PlanView:
    """Return the figure of a plan with its waffle chart."""
    counts = figure.declared if figure.declared_counts else None
    computed = figure.computed
    return PlanView(
        build_live_figure_view(figure, status, title), build_waffle(counts, computed, status.expected)
    )


def build_live_figure_view(figure: ProgressFigure, status: FigureStatus, label: str = "") -> FigureView:
    """Build the view of a live figure with its day."""
    return build_figure_view(
        figure,
        pace=status.pace,
        expected=status.expected,
        expected_on=status.expected_on,
        on=figure.declared_on if figure.declared_counts else figure.reported_on,
        label=label,
        assumed_start=status.assumed_start,
        is_over=status.is_over,
    )


def build_axis_view(
    axis: AxisPage,
    url: str,
    commitments: Sequence[CommitmentPage],
    figures: Sequence[ProgressFigure],
    status: FigureStatus,
    *,
    promises: bool = True,
) -> AxisView:
    """Build the view of an axis; without ``promises`` its children are called lines of action."""
    own = next((figure for figure in figures if figure.key == axis.translation_key), None)
    keys = {commitment.translation_key for commitment in commitments}
    actions = sum(figure.level == NodeLevel.ACTION and figure.parent_key in keys for figure in figures)
    view = build_live_figure_view(own, status, axis.title) if own else None
    return AxisView(axis, url, _size_in_words(len(commitments), actions, promises=promises), view)


def build_commitment_row(
    commitment: CommitmentPage,
    url: str,
    figure: ProgressFigure | None,
    status: FigureStatus,
    institutions: Sequence[Institution],
    proof_sites: Sequence[ProofSite] = (),
) -> CommitmentRow:
    """Return a commitment for the list of its plan."""
    return CommitmentRow(
        page=commitment,
        url=url,
        parties=join_words([institution.short_name for institution in institutions]),
        view=build_live_figure_view(figure, status, commitment.title) if figure else None,
        proof=build_proof_badge(figure) if figure else None,
        # After the deadline one notice explains it for all.
        is_late=status.is_late and not status.is_over,
        proof_sites=proof_sites,
    )


def build_proof_badge(figure: ProgressFigure) -> Badge:
    """Build the badge of pending proof; the number of published pieces has no shape."""
    pending, shown_ = figure.pending_count, figure.evidence_count
    if pending:
        text = ngettext(
            "Sin prueba: %(count)s de las prometidas", "Sin prueba: %(count)s de las prometidas", pending
        )
        return Badge("pending", text % {"count": pending})
    if shown_:
        text = ngettext(
            "%(count)s prueba publicada o mencionada", "%(count)s pruebas publicadas o mencionadas", shown_
        )
        return Badge("", text % {"count": shown_})
    return Badge("pending", _("Sin prueba"))


def _size_in_words(commitments: int, actions: int, *, promises: bool) -> str:
    first = (
        ngettext("%(count)s compromiso", "%(count)s compromisos", commitments)
        if promises
        else ngettext("%(count)s línea de acción", "%(count)s líneas de acción", commitments)
    ) % {"count": commitments}
    if not actions:
        return f"{first}."
    second = ngettext("%(count)s acción", "%(count)s acciones", actions) % {"count": actions}
    return f"{first}, {second}."
