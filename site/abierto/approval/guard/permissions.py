"""What the admin offers: nobody publishes, and nothing that is live changes its address."""

from typing import Any

from wagtail.models import PagePermissionTester

from .placement import find_settled_pages


class FourEyesPermissionTester(PagePermissionTester):
    """Wagtail's answers, without every right to make something public alone. Superusers included."""

    def can_publish(self) -> bool:
        """Nobody publishes: approval does."""
        return False

    def can_publish_subpage(self) -> bool:
        """Nobody creates a page live, nor a live copy or alias."""
        return False

    def can_unpublish(self) -> bool:
        """Taking down is an emergency right: reviewers and administrators, who may unlock, have it alone."""
        if super().can_unpublish():
            return True
        is_public_page = self.page.live and not self.page_is_root
        may_unlock = self.user.is_active and (self.user.is_superuser or "unlock" in self.permissions)
        return is_public_page and may_unlock and not self.page_locked()

    def can_set_view_restrictions(self) -> bool:
        """Whoever may edit may hide or show a draft; of what is public, or read to be so, nobody alone."""
        return self.can_edit() and not find_settled_pages(self.page).exists()

    def can_unschedule(self) -> bool:
        """Whoever may edit may take an approved date back: it makes nothing public."""
        return self.can_edit()

    def can_move_to(self, destination: Any) -> bool:
        """Drafts move; what is public, or read to be so, only changes its place among its siblings."""
        moves_away = not self.page.is_child_of(destination)
        return super().can_move_to(destination) and not (
            moves_away and find_settled_pages(self.page).exists()
        )
