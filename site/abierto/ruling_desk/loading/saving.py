"""Save a checked batch as drafts in prepared bundles, one or more for each month, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection

from abierto.accounts.models import User
from abierto.approval.errors import ReviewRefused
from abierto.bundles.models import Bundle
from abierto.bundles.services import prepare_bundle
from abierto.media.models import PortalDocument
from abierto.ruling_desk.models import BatchPage, RulingBatch
from abierto.spreadsheets.attachments import Attachments, clean_name, file_key
from abierto.spreadsheets.rows import build_error
from pages.core.formatting import month_and_year
from pages.rulings.models import RulingPage

from .drafts import RulingDraft
from .row_checks import CheckedBatch, load_reading

#: A review screen shows every page of a bundle.
RULINGS_IN_BUNDLE = 40


@transaction.atomic
def save_batch(batch: RulingBatch, checked: CheckedBatch, files: Attachments, by: User) -> None:
    """Save the drafts of ``checked`` with the author ``by``; the caller takes the tree lock.

    Raises:
        SpreadsheetError: naming the row that cannot be saved; everything is rolled back.
    """
    saving = BatchWriter(batch, checked, files, by)
    for step in (saving.add, saving.complete):
        for draft in checked.drafts:
            with name_row(draft):
                step(draft)
    saving.prepare_bundles()


@contextmanager
def name_row(draft: RulingDraft) -> Iterator[None]:
    """Convert a validation error or a refused review to a problem of the row."""
    try:
        yield
    except ValidationError as error:
        raise build_error(" ".join(error.messages), draft.number) from error
    except ReviewRefused as error:
        raise build_error(str(error.sentence), draft.number) from error


class BatchWriter:
    """Saves the pages, documents and bundles of one batch."""

    def __init__(self, batch: RulingBatch, checked: CheckedBatch, files: Attachments, by: User) -> None:
        self.batch, self.checked, self.files, self.by = batch, checked, files, by
        self.index = batch.index
        # Read again: adding a collection changes the tree paths of its later siblings.
        self.collection = Collection.objects.get(pk=batch.space.collection_id)
        self.rulings: dict[str, RulingPage] = dict(checked.known)

    def add(self, draft: RulingDraft) -> None:
        """Add the ruling of a row without its references, which may be in later rows."""
        self.add_page(self.index, draft.ruling)
        self.rulings[draft.case_key] = draft.ruling

    def add_page(self, parent: Any, page: Any) -> None:
        page.live, page.owner, page.intended_parent = False, self.by, parent
        parent.add_child(instance=page)

    def complete(self, draft: RulingDraft) -> None:
        """Set the references of the ruling, save its first revision, and add its parts."""
        ruling = draft.ruling
        if draft.changed_by:
            ruling.finality_ruling = self.rulings[draft.changed_by]
        if draft.cites:
            cited = [self.rulings[key].pk for key in dict.fromkeys(draft.cites)]
            ruling.citations = [("ruling", RulingPage(pk=key)) for key in cited]
        if draft.changed_by or draft.cites:
            ruling.full_clean()
            ruling.save()
        self.record(draft, ruling)
        document = self.store_document(draft)
        if draft.public is not None:
            draft.public.document = document
        for page in draft.pages[1:]:
            self.add_page(ruling, page)
            self.record(draft, page, document if page is draft.public else None)

    def record(self, draft: RulingDraft, page: Any, document: PortalDocument | None = None) -> None:
        """Save the first revision of a page and add it to the batch."""
        revision = page.save_revision(user=self.by, log_action=True)
        BatchPage.objects.create(
            batch=self.batch, row=draft.number, page_id=page.pk, revision=revision, document=document
        )

    def store_document(self, draft: RulingDraft) -> PortalDocument | None:
        """Store the file of a row in the collection of the space, with its reading."""
        if draft.entry is None:
            return None
        name = clean_name(draft.entry)
        title = _("Versión pública %(number)s") % {"number": draft.ruling.case_number}
        document = PortalDocument(title=title[:255], collection=self.collection, uploaded_by_user=self.by)
        document.known_reading = load_reading(self.checked.readings[file_key(name)])
        with self.files.copy(draft.entry) as path, path.open("rb") as content:
            document.file = File(content, name=name)
            document.save()
        return document

    def prepare_bundles(self) -> None:
        """Create the bundles of each month, which an editor sends to review."""
        months: dict[Any, list[RulingDraft]] = defaultdict(list)
        for draft in self.checked.drafts:
            day = draft.ruling.decided_on
            if day is not None:
                months[day.replace(day=1)].append(draft)
        for month, drafts in sorted(months.items()):
            parts = list(batched(drafts, RULINGS_IN_BUNDLE))
            for number, part in enumerate(parts, 1):
                name = _("Sentencias de %(month)s · lote %(batch)s") % {
                    "month": month_and_year(month),
                    "batch": self.batch.pk,
                }
                if len(parts) > 1:
                    name = _("%(name)s (%(number)s de %(total)s)") % {
                        "name": name,
                        "number": number,
                        "total": len(parts),
                    }
                pages = [page for draft in part for page in draft.pages]
                self.batch.bundles.add(prepare_bundle(Bundle(name=name), pages, self.by))
