"""Pages that anybody may see, asked in the same query as the pages themselves."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet


def visible[Pages: PageQuerySet](pages: Pages) -> Pages:
    """Return the live pages of ``pages`` that neither they nor anything above them keeps private.

    Wagtail's own ``public()`` reads every restriction first, one more query for each list of a page.
    """
    beginning = Substr(OuterRef("path"), 1, Length("page__path"))
    restricted = PageViewRestriction.objects.filter(page__path=beginning)
    return pages.live().filter(~Exists(restricted))
