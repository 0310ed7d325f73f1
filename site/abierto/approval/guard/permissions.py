"""Page permissions under four eyes: no user publishes, and no public page changes its URL or privacy.

URL and privacy are outside the content hash but decide what is public: a page that is moved, or whose
privacy is opened, after the review would appear at another address or to other visitors by the decision of
one person.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import (
    Page,
    PagePermissionTester,
    Revision,
    WorkflowState,
    get_default_page_content_type,
    get_page_models,
)
from wagtail_localize.models import Translation

from abierto.approval.errors import NotAllowed
from abierto.approval.ledger.imports import current_import
from abierto.tenancy.access import find_space_among, space_of, suspended_spaces, translator_groups_of
from abierto.tenancy.models import TranslatorGroup


class FourEyesPermissionTester(PagePermissionTester):
    """Wagtail's page permissions without the right to publish, also for superusers.

    People of a suspended space have none. Translators edit the translations of wagtail-localize in their
    language and space, and have no other right over them.
    """

    translates = False

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        if find_space_among(page, suspended_spaces(user)) is not None:
            self.permissions: set[str] = set()
        elif not user.is_superuser and "change" in getattr(self, "permissions", ()):
            self._limit_translator(translator_groups_of(user))

    def _limit_translator(self, groups: list[TranslatorGroup]) -> None:
        """Replace the right to change that a translator group alone gives."""
        ids = {group.group_id for group in groups}
        rows = self.permission_policy.get_cached_permissions_for_user(self.user) if ids else ()
        above = [row for row in rows if self.page.path.startswith(row.page.path)]
        if ids and all(row.group_id in ids for row in above if row.permission.codename == "change_page"):
            self.permissions.discard("change")
            self.translates = is_translated_by(self.page, groups)

    def can_edit(self) -> bool:
        """Also keep the editor closed to the reviewers of a suspended space."""
        if self.translates and self.user.is_active:
            return True
        return super().can_edit() and find_space_among(self.page, suspended_spaces(self.user)) is None

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        """Return False: no user creates a live page, live copy or alias."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Also let the author of a whole branch of drafts delete it if none of it was ever public."""
        return super().can_delete(ignore_bulk) or self._has_only_own_drafts()

    def _has_only_own_drafts(self) -> bool:
        page, user = self.page, self.user
        if not user.is_active or page.owner_id != user.pk or page.live or "add" not in self.permissions:
            return False
        below = Page.objects.filter(path__startswith=page.path)
        not_own_draft = (
            Q(live=True) | Q(first_published_at__isnull=False) | ~Q(owner=user) | Q(owner__isnull=True)
        )
        return not below.filter(not_own_draft).exists() and not find_settled_pages(page).exists()

    def can_copy_to(self, destination: Any, recursive: bool = False) -> bool:
        """Refuse to copy a branch with pages that belong to the original alone, such as reports."""
        if not super().can_copy_to(destination, recursive):
            return False
        return not (recursive and find_uncopied_pages(self.page).exists())

    def can_unpublish(self) -> bool:
        """Unpublishing is an emergency right of those who may unlock: reviewers and administrators."""
        if super().can_unpublish():
            return True
        is_public_page = self.page.live and not self.page_is_root
        may_unlock = self.user.is_active and (self.user.is_superuser or "unlock" in self.permissions)
        return is_public_page and may_unlock and not self.page_locked()

    def can_set_view_restrictions(self) -> bool:
        """Allow editors to restrict a draft; the privacy of settled pages needs a review."""
        return self.can_edit() and not self.translates and not find_settled_pages(self.page).exists()

    def can_unschedule(self) -> bool:
        """Editors may cancel an approved date: it makes nothing public."""
        return self.can_edit() and not self.translates

    def can_move_to(self, destination: Any) -> bool:
        """Drafts move; settled pages only change their order among siblings."""
        moves_away = not self.page.is_child_of(destination)
        return super().can_move_to(destination) and not (
            moves_away and find_settled_pages(self.page).exists()
        )


def is_translated_by(page: Page, groups: Iterable[TranslatorGroup]) -> bool:
    """Check that ``page`` is a translation of wagtail-localize in the language and the space of a group."""
    spaces = {group.space_id for group in groups if group.locale_id == page.locale_id}
    if not spaces or getattr(space_of(page), "pk", None) not in spaces:
        return False
    of_page = Translation.objects.filter(source__object_id=page.translation_key, enabled=True)
    return bool(of_page.filter(target_locale=page.locale_id).exists())


# --- URL and privacy of settled pages ------------------------------------------------------------------


def find_uncopied_pages(page: Page) -> QuerySet[Page]:
    """Return the pages below ``page`` of the types that are never copied with a page above them."""
    types = [model for model in get_page_models() if not getattr(model, "copied_with_parent", True)]
    below = Page.objects.descendant_of(page)
    return below.type(*types) if types else below.none()


def find_settled_pages(page: Page) -> QuerySet[Page]:
    """Return the pages at and below ``page`` that are public, under review or approved for a date."""
    of_page = {"base_content_type": get_default_page_content_type(), "object_id": OuterRef("key")}
    in_review = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, **of_page)
    dated = Revision.objects.filter(approved_go_live_at__isnull=False, **of_page)
    pages = Page.objects.filter(path__startswith=page.path).annotate(key=Cast("pk", CharField()))
    return pages.filter(Q(live=True) | Exists(in_review) | Exists(dated))


def check_not_settled(page: Page) -> None:
    """Refuse to move a page, or to open its privacy, while it or a descendant is under review or scheduled.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    if find_settled_pages(page).exclude(live=True).exists():
        raise NotAllowed(
            _("Esto o algo que cuelga de aquí está en revisión o espera su fecha. Pide que lo devuelvan.")
        )


def changes_public_urls(page: Any, before: str, after: str) -> bool:
    """Check whether a new slug of an unpublished page changes the URL of a public descendant."""
    if before == after or page.live or current_import():
        return False
    return find_settled_pages(page).exclude(pk=page.pk).exists()
