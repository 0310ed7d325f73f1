"""Files that pages show, or are about to: what readers see of them stays as it was approved.

A page is approved with the files it shows. Were their words or their cut changed afterwards, something
nobody looked at would be public. A new version is a new file, chosen in the page and approved with it.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from wagtail.models import ReferenceIndex, Revision, TaskState

from abierto.tenancy.reference_policy import counts_as_referrer

from .access import is_reserved


def changed_in_public(file: Any, stored: Any) -> set[str]:
    """Return the names of the fields that readers see and in which ``file`` differs from ``stored``.

    The collection is one of them where it says who may read the file.
    """
    names = {*file.seen_fields} | ({"collection"} if is_reserved(stored) else set())
    return {name for name in names if getattr(file, name) != getattr(stored, name)}


def is_frozen(file: Any) -> bool:
    """Say whether something public shows ``file``, or something that waits for its review or its date."""
    return file.pk is not None and (is_shown(file) or any(_waiting_with(file)))


def is_shown(file: Any) -> bool:
    """Say whether something public shows ``file``."""
    return any(getattr(referrer, "live", False) for referrer in file.referrers())


def _waiting_with(file: Any) -> Iterable[Revision]:
    """Yield the revisions that show ``file`` and are under review, or approved for a later date.

    Revisions of other spaces do not count: naming a file must not freeze it for its owner.
    """
    in_review = TaskState.objects.filter(revision=OuterRef("pk"), status=TaskState.STATUS_IN_PROGRESS)
    # The text only says which are worth reading: a number may be anything.
    candidates = Revision.objects.annotate(text=Cast("content", TextField())).filter(
        Q(approved_go_live_at__isnull=False) | Exists(in_review), text__contains=str(file.pk)
    )
    kind = ContentType.objects.get_for_model(file)
    for revision in candidates.iterator():
        if not counts_as_referrer(revision.content_object, file):
            continue
        references = ReferenceIndex._extract_references_from_object(revision.as_object())
        if any((reference[0], str(reference[1])) == (kind.pk, str(file.pk)) for reference in references):
            yield revision
