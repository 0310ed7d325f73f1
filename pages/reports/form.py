"""The editing form of a report."""

from typing import TYPE_CHECKING

from pages.base import BasePageForm

from .proposal import fill_in_figures

if TYPE_CHECKING:
    from .page import ReportPage


class ReportForm(BasePageForm):
    """Adds to the page's own form: the figures are proposed once and worked out again on every save."""

    def save(self, commit: bool = True) -> "ReportPage":
        """Save the form, after filling in what can be worked out."""
        report = super().save(commit=False)
        fill_in_figures(report)
        if commit:
            report.save()
        return report
