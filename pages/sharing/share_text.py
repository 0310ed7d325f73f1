"""Write the figure of a page as the text of shared links."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pages.core.formatting import full_date, percent
from pages.figures.models import ProgressFigure


def describe_figure(figure: ProgressFigure | None) -> tuple[str, str]:
    """Return the figure or the stage and its day as texts; both empty if nothing was reported."""
    if figure is None or (figure.declared is None and figure.reported_on is None):
        return "", ""
    shown = figure.stage if figure.stage and figure.declared is None else percent(figure.effective)
    day = figure.declared_on if figure.declared_counts else figure.reported_on
    return shown, _("Al %(day)s") % {"day": full_date(day)} if day else ""


def write_share_text(title: str, figure: ProgressFigure | None) -> str:
    """Return the text of a message about a page: its title, and its figure with its day.

    A stage exists in the source language only, so messages in other languages leave it out.
    """
    shown, note = describe_figure(figure)
    is_stage = figure is not None and shown == figure.stage
    if not shown or (is_stage and get_language() != settings.LANGUAGE_CODE):
        return title
    return f"{title}: {shown}{', ' if note else ''}{note[:1].lower()}{note[1:]}."
