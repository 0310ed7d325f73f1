"""Page permissions under four eyes: no user publishes, and nothing live changes its URL."""

from typing import Any

from wagtail.models import PagePermissionTester

from .placement import find_settled_pages


class FourEyesPermissionTester(PagePermissionTester):
    """Wagtail's page permissions without the right to publish, also for superusers."""

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        """Return False: no user creates a live page, live copy or alias."""
        return False

    def can_unpublish(self) -> bool:
        """Unpublishing is an emergency right of those who may unlock: reviewers and administrators."""
        if super().can_unpublish():
            return True
        is_public_page = self.page.live and not self.page_is_root
        may_unlock = self.user.is_active and (self.user.is_superuser or "unlock" in self.permissions)
        return is_public_page and may_unlock and not self.page_locked()

    def can_set_view_restrictions(self) -> bool:
        """Allow editors to restrict a draft; the privacy of settled pages needs a review."""
        return self.can_edit() and not find_settled_pages(self.page).exists()

    def can_unschedule(self) -> bool:
        """Editors may cancel an approved date: it makes nothing public."""
        return self.can_edit()

    def can_move_to(self, destination: Any) -> bool:
        """Drafts move; settled pages only change their order among siblings."""
        moves_away = not self.page.is_child_of(destination)
        return super().can_move_to(destination) and not (
            moves_away and find_settled_pages(self.page).exists()
        )
