"""Whoever wrote the words of a translation: the version into which they went names only who saved it."""

import datetime

from wagtail.models import Revision
from wagtail_localize.models import SegmentOverride, StringTranslation


def translators_of(revision: Revision, since: datetime.datetime | None) -> set[int | None]:
    """Return who translated words of a version after ``since``, or ever. One query."""
    key, locale = revision.content.get("translation_key"), revision.content.get("locale")
    if key is None or locale is None:
        return set()
    strings, overrides = (
        model.objects.filter(
            locale=locale,
            context__object=key,
            **({"updated_at__gt": since} if since is not None else {}),
        )
        .order_by()
        .values_list("last_translated_by", flat=True)
        for model in (StringTranslation, SegmentOverride)
    )
    return set(strings.union(overrides))
