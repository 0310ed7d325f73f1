"""Files in use: their public fields are frozen while approved or submitted content refers to them.

A page is approved together with its files. If their texts or crop could change afterwards, content that no
reviewer saw would be public. A new version is a new file, chosen in the page and approved with it.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from wagtail.models import Collection, ReferenceIndex, Revision, TaskState

from abierto.tenancy.reference_policy import counts_as_referrer

from .access import is_restricted
from .models import PortalDocument, PortalImage


def changed_public_fields(file: Any, stored: Any) -> set[str]:
    """Return the public fields in which ``file`` differs from ``stored``.

    The collection counts as public where it has a view restriction.
    """
    names = {*file.public_fields} | ({"collection"} if is_restricted(stored) else set())
    return {name for name in names if getattr(file, name) != getattr(stored, name)}


def is_frozen(file: Any) -> bool:
    """Check that public content, or a version in review or scheduled, refers to ``file``."""
    return file.pk is not None and (is_in_public_use(file) or any(_pending_revisions(file)))


def is_in_public_use(file: Any) -> bool:
    """Check that live content refers to ``file``."""
    return any(getattr(referrer, "live", False) for referrer in file.referrers())


def has_public_files(collection: Collection) -> bool:
    """Check that live content refers to a document or image in ``collection`` or below it."""
    inside = (
        model.objects.filter(collection__path__startswith=collection.path)
        for model in (PortalDocument, PortalImage)
    )
    return any(is_in_public_use(file) for files in inside for file in files.iterator())


def _pending_revisions(file: Any) -> Iterable[Revision]:
    """Yield the revisions in review or scheduled that refer to ``file``.

    Revisions of other spaces do not count: referring to a file must not freeze it for its owner.
    """
    in_review = TaskState.objects.filter(revision=OuterRef("pk"), status=TaskState.STATUS_IN_PROGRESS)
    # The text search only preselects: the same number may be part of other values.
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
