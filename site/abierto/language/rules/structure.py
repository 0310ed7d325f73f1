"""Rules about a whole page: the order of its headings, its summary."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from ..pages import PageContent, PartKind
from ..texts import parse
from .base import Match, Rule, Severity

SUMMARY_WORDS = 50
#: The key of findings about the summary.
SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class PageMatch:
    """A match and the key of the part it lies in."""

    key: str
    match: Match


class PageRule(Rule):
    """A rule that reads a whole page."""

    @abstractmethod
    def find(self, page: PageContent) -> Iterator[PageMatch]:
        """Yield the places that break the rule."""


class HeadingOrder(PageRule):
    """A heading may be at most one level below the heading before it; the first one has level 2."""

    code = "heading-order"
    severity = Severity.WARNING
    source = "wcag"
    message = _(
        "Este título salta un nivel. Después de uno de nivel %(before)d va uno de nivel %(expected)d."
    )

    def find(self, page: PageContent) -> Iterator[PageMatch]:
        before = 1
        for part in page.parts:
            if part.kind is not PartKind.HEADING:
                continue
            if part.level > before + 1:
                values = {"before": before, "expected": before + 1}
                yield PageMatch(part.key, Match(0, len(part.text), values=values))
            before = part.level


class MissingSummary(PageRule):
    code = "missing-summary"
    severity = Severity.WARNING
    source = "iso-24495"
    is_marked = False
    message = _("Falta el resumen. Di en una o dos oraciones lo más importante para quien lee.")

    def find(self, page: PageContent) -> Iterator[PageMatch]:
        if page.summary is not None and not page.summary.strip():
            yield PageMatch(SUMMARY, Match(0, 0))


class LongSummary(PageRule):
    code = "long-summary"
    severity = Severity.ADVICE
    source = "iso-24495"
    is_marked = False
    message = _("El resumen tiene %(words)d palabras. Procura que no pase de 50.")

    def find(self, page: PageContent) -> Iterator[PageMatch]:
        summary = page.summary or ""
        words = len(parse(summary).tokens)
        if words > SUMMARY_WORDS:
            yield PageMatch(SUMMARY, Match(0, len(summary), values={"words": words}))
