"""The editing form of a roadmap."""

from typing import Any

from pages.core.base import BasePage, BasePageForm


class RoadmapForm(BasePageForm):
    """The page form, which adds the steps of the list to a roadmap without rows."""

    def save(self, commit: bool = True) -> Any:
        """Save the form, after adding the steps."""
        roadmap = super().save(commit=False)
        roadmap.propose_steps()
        if commit:
            roadmap.save()
            self._save_m2m()
        page: BasePage = roadmap
        return page
