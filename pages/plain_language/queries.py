"""Rank the public texts of a space by their readability."""

from dataclasses import dataclass
from statistics import mean

from wagtail.models import Page
from wagtail.query import PageQuerySet

from abierto.language.content import read_own_content
from abierto.language.labels import band_label
from abierto.language.review import Review, review_page
from abierto.tenancy.access import own_pages, root_paths
from abierto.tenancy.models import Space
from abierto.tenancy.tree_paths import below_any
from abierto.tenancy.visibility import filter_public
from abierto.word_lists.services import lists_for

#: Pages of a space that are measured, the last published; measuring one takes some milliseconds.
MAX_PAGES = 500
#: Pages of the report.
MAX_ROWS = 50
#: Words of the shortest text that is measured: the scale was validated on passages, not on a line or two.
MIN_WORDS = 50


@dataclass(frozen=True)
class MeasuredPage:
    """A public page with its readability review."""

    page: Page
    review: Review

    @property
    def inflesz(self) -> float:
        return self.review.score.inflesz or 0.0

    @property
    def band(self) -> str:
        return band_label(self.review.score.band)

    @property
    def words_per_sentence(self) -> float:
        return self.review.score.words_per_sentence


@dataclass(frozen=True)
class SpaceReport:
    """The hardest texts of a space; ``mean`` is None without a page that is measured."""

    rows: list[MeasuredPage]
    measured: int
    too_short: int
    mean: float | None


def rank_texts(space: Space) -> SpaceReport:
    """Measure the public pages of ``space`` in Spanish, without their inline rows."""
    pages = list(find_public_texts(space).specific()[:MAX_PAGES])
    lists = lists_for(space.pk)
    measured = [MeasuredPage(page, review_page(read_own_content(page), lists)) for page in pages]
    with_text = [one for one in measured if one.review.score.inflesz is not None]
    long_enough = [one for one in with_text if one.review.score.words >= MIN_WORDS]
    ranked = sorted(long_enough, key=lambda one: (one.inflesz, one.page.pk))
    average = mean(one.inflesz for one in ranked) if ranked else None
    return SpaceReport(ranked[:MAX_ROWS], len(ranked), len(with_text) - len(ranked), average)


def find_public_texts(space: Space) -> PageQuerySet:
    """Return the public pages of ``space`` in Spanish, without aliases and spaces below it."""
    own = root_paths([space])
    others = root_paths(list(Space.objects.exclude(pk=space.pk)))
    inside = (path for path in others if any(path.startswith(root) and path != root for root in own))
    pages = filter_public(Page.objects.filter(own_pages([space])).exclude(below_any(inside)))
    in_spanish = pages.filter(locale__language_code__startswith="es", alias_of=None)
    return in_spanish.order_by("-last_published_at", "pk")
