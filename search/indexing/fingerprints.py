"""Store the fingerprint of each indexed page, so that the index is compared without building documents.

`revision` is the indexed public version. It is read before the page, so it is never newer than the documents.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils import timezone
from wagtail.models import Page

from abierto.registry.models import Institution
from abierto.tenancy.visibility import filter_public
from search.models import Fingerprint

from .documents import list_searchable_types
from .institutions import institution_group, institution_ids, page_ids
from .schema import Document, fingerprint

AT_ONCE = 500

Revisions = dict[int, int | None]


class FingerprintWriter:
    """Collects the fingerprints of groups, to save them when the index is committed."""

    def __init__(self) -> None:
        self._revisions: Revisions = {}
        self._marks: dict[int, int] = {}

    def begin(self, groups: Collection[int]) -> None:
        """Read the public versions of the groups whose documents are built next."""
        self._revisions |= dict.fromkeys(groups) | read_revisions(groups)
        for group in groups:
            self._marks.pop(group, None)

    def add(self, group: int, documents: Sequence[Document]) -> None:
        """Compute the fingerprint of a group."""
        self._marks[group] = fingerprint(documents)

    def save(self) -> None:
        """Store the fingerprints, and delete those of groups that are not public."""
        now = timezone.now()
        gone = [group for group in self._revisions if group not in self._marks]
        for at in range(0, len(gone), AT_ONCE):
            Fingerprint.objects.filter(pk__in=gone[at : at + AT_ONCE]).delete()
        rows = [
            Fingerprint(group=group, mark=mark, revision=self._revisions.get(group), described_at=now)
            for group, mark in self._marks.items()
        ]
        Fingerprint.objects.bulk_create(
            rows,
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["group"],
            update_fields=["mark", "revision", "described_at"],
        )


def read_revisions(groups: Collection[int]) -> Revisions:
    """Return the public versions of these groups, public or not."""
    found: Revisions = dict(
        Page.objects.filter(pk__in=page_ids(groups)).values_list("pk", "live_revision_id")
    )
    if wanted := institution_ids(groups):
        rows = Institution.objects.filter(pk__in=wanted).values_list("pk", "live_revision_id")
        found |= {institution_group(pk): revision for pk, revision in rows}
    return found


def read_public_revisions() -> Revisions:
    """Return every group that must be in the index now, with its public version. Two queries."""
    pages = filter_public(Page.objects.live().exact_type(*list_searchable_types()))
    found: Revisions = dict(pages.values_list("pk", "live_revision_id").iterator())
    rows = Institution.objects.public().values_list("pk", "live_revision_id")
    return found | {institution_group(pk): revision for pk, revision in rows}


def find_stale(held: dict[int, int], public: Revisions) -> list[int]:
    """Return the groups of the index whose fingerprint differs, or whose page was published again since."""
    stored = {
        group: (mark, revision)
        for group, mark, revision in Fingerprint.objects.values_list("group", "mark", "revision").iterator()
    }
    return sorted(
        group for group in public.keys() & held.keys() if stored.get(group) != (held[group], public[group])
    )
