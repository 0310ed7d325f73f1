"""Creation of live pages in the tree."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision

from abierto.accounts.models import User
from abierto.approval.ledger.services import record_import


@dataclass
class PageLoader:
    """The pages that one load has found or created, and the user who owns the created ones."""

    user: User
    pages: dict[str, Page] = field(default_factory=dict)
    created: list[Page] = field(default_factory=list)

    def find[P: Page](self, parent: Page, model: type[P], slug: str) -> P | None:
        """Return the child page of this type and slug, if it exists."""
        page = model.objects.child_of(parent).filter(slug=slug).first()
        if page is not None:
            self.pages[slug] = page
        return page

    def add[P: Page](self, parent: Page, page: P) -> P:
        """Add ``page`` under ``parent``, live, with one revision.

        Publishing would save every page twice and send signals; the caller writes figures and outbox once, at
        the end, for all ``created`` pages. The page goes live after its ledger entry, which database triggers
        require.
        """
        now = timezone.now()
        page.live = page.has_unpublished_changes = False
        page.owner, page.first_published_at, page.last_published_at = self.user, now, now
        page.locale_id = parent.locale_id
        parent.add_child(instance=page)
        self.pages[page.slug] = page
        self.created.append(page)
        page.live, page.live_revision = True, self._save_revision(page)
        Page.objects.filter(pk=page.pk).update(live=True, live_revision=page.live_revision)
        return page

    def add_translation(self, draft: Revision) -> Page:
        """Make the draft of a translated page live, as ``add`` does; return the page."""
        page: Page = draft.as_object()
        now = timezone.now()
        page.owner, page.first_published_at, page.last_published_at = self.user, now, now
        page.live = page.has_unpublished_changes = False
        page.save(clean=False)  # the ledger validates it
        record_import(page, draft)
        self.created.append(page)
        page.live, page.live_revision = True, draft
        Page.objects.filter(pk=page.pk).update(live=True, live_revision=draft)
        return page

    def save_again(self, page: Page) -> None:
        """Save a created page again with a new live revision."""
        page.live_revision = self._save_revision(page)
        page.save()

    def _save_revision(self, page: Page) -> Revision:
        """Save the content as a revision and record it in the ledger."""
        revision = page.save_revision(user=self.user, changed=False, clean=False)
        record_import(page, revision)
        return revision

    def get_or_add[P: Page](self, parent: Page, model: type[P], slug: str, **fields: Any) -> P:
        """Return the child page of this type and slug, created with ``fields`` if missing.

        An existing page keeps its changes.
        """
        page = self.find(parent, model, slug)
        return page if page is not None else self.add(parent, model(slug=slug, **fields))
