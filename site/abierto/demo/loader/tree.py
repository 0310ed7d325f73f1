"""Placing pages in the tree, live from the start and once only."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision

from abierto.accounts.models import User
from abierto.approval.ledger.services import record_import


@dataclass
class Planting:
    """The pages of one load: those found, those made, and who loads them."""

    user: User
    pages: dict[str, Page] = field(default_factory=dict)
    made: list[Page] = field(default_factory=list)

    def find[P: Page](self, parent: Page, model: type[P], slug: str) -> P | None:
        """Return the page of this kind and address under ``parent``, if it is there already."""
        page = model.objects.child_of(parent).filter(slug=slug).first()
        if page is not None:
            self.pages[slug] = page
        return page

    def place[P: Page](self, parent: Page, page: P) -> P:
        """Add ``page`` under ``parent``, live, with one revision that says what is live.

        Publishing would save every page twice and announce it; the caller writes figures and the search's
        outbox once, at the end, for all of ``made``. It is lit up once the ledger has its row.
        """
        now = timezone.now()
        page.live = page.has_unpublished_changes = False
        page.owner, page.first_published_at, page.last_published_at = self.user, now, now
        page.locale_id = parent.locale_id
        parent.add_child(instance=page)
        self.pages[page.slug] = page
        self.made.append(page)
        page.live, page.live_revision = True, self._keep_revision(page)
        Page.objects.filter(pk=page.pk).update(live=True, live_revision=page.live_revision)
        return page

    def amend(self, page: Page) -> None:
        """Save a page of this load again, with a revision that says what is live."""
        page.live_revision = self._keep_revision(page)
        page.save()

    def _keep_revision(self, page: Page) -> Revision:
        """Keep the content as a revision, and note in the ledger that it may be public."""
        revision = page.save_revision(user=self.user, changed=False, clean=False)
        record_import(page, revision)
        return revision

    def plant[P: Page](self, parent: Page, model: type[P], slug: str, **fields: Any) -> P:
        """Return the page of this kind and address under ``parent``, made with ``fields`` where missing.

        A page that is there stays as people have left it.
        """
        page = self.find(parent, model, slug)
        return page if page is not None else self.place(parent, model(slug=slug, **fields))
