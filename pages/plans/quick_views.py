"""The quick views of a plan's commitments: predefined filters as links with counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.figures.models import ProgressFigure

PARAMETER = "vista"


@dataclass(frozen=True)
class QuickView:
    """A link to the list with one view; without a slug, to the whole list."""

    label: str
    count: int
    slug: str
    is_current: bool

    @property
    def query(self) -> str:
        """The query string of the link."""
        return f"?{PARAMETER}={self.slug}" if self.slug else ""


def has_two_figures(figure: ProgressFigure) -> bool:
    """Check whether the declared and the computed figure differ."""
    return figure.differs


def has_note(figure: ProgressFigure) -> bool:
    """Check whether the figure has an explanatory note."""
    return bool(figure.note)


def has_no_evidence(figure: ProgressFigure) -> bool:
    """Check that no evidence was published or cited."""
    return not figure.evidence_count


CONDITIONS: dict[str, tuple[Promise | str, Callable[[ProgressFigure], bool]]] = {
    "difieren": (gettext_lazy("Las dos cifras difieren"), has_two_figures),
    "nota": (gettext_lazy("Con nota aclaratoria"), has_note),
    "sin-pruebas": (gettext_lazy("Sin prueba"), has_no_evidence),
}
CHOICES = [(slug, label) for slug, (label, _condition) in CONDITIONS.items()]


def select_keys(figures: Mapping[UUID, ProgressFigure], slug: str) -> set[UUID]:
    """Return the keys of the figures in a view."""
    _label, condition = CONDITIONS[slug]
    return {key for key, figure in figures.items() if condition(figure)}


def build_quick_views(
    keys: Iterable[UUID], figures: Mapping[UUID, ProgressFigure], chosen: str, *, is_filtered: bool
) -> list[QuickView]:
    """Return the views that show some of the commitments with these keys; none if there are no figures."""
    listed = set(keys)
    views = [
        QuickView(str(label), len(select_keys(figures, slug) & listed), slug, slug == chosen)
        for slug, (label, _condition) in CONDITIONS.items()
    ]
    found = [view for view in views if view.count]
    return [QuickView(_("Todos"), len(listed), "", not is_filtered), *found] if found else []
