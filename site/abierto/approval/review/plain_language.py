"""The score of a text before and after, for its reviewer."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property

from abierto.approval.ledger.hashing import NOT_CONTENT
from abierto.language.content import is_spanish, read_content
from abierto.language.labels import band_label, finding_message
from abierto.language.review import Review, RuleFinding, list_parts, review_page
from abierto.word_lists.services import lists_for_object

from .fields import copy_detached

#: Findings that the screen lists; the editor sees all of them in the form.
MAX_LISTED = 20


@dataclass(frozen=True)
class ReviewedVersion:
    """The review of one version, as the screen shows it."""

    review: Review

    @property
    def inflesz(self) -> int:
        """Return the score as a whole number, as its reader sees it."""
        return round(self.review.score.inflesz or 0)

    @property
    def band(self) -> str:
        return band_label(self.review.score.band)

    @property
    def words_per_sentence(self) -> float:
        return round(self.review.score.words_per_sentence, 1)


@dataclass(frozen=True)
class PlainLanguage:
    """The versions of a text; ``before`` is None for one that was never public or had no text."""

    before: ReviewedVersion | None
    after: ReviewedVersion
    texts: dict[str, str]

    @cached_property
    def findings(self) -> list[dict[str, str]]:
        """Return the first findings of the new version: what to do and where."""
        found = self.after.review.findings[:MAX_LISTED]
        return [{"message": finding_message(one), "text": self._text_of(one)} for one in found]

    @property
    def unlisted(self) -> int:
        return max(0, len(self.after.review.findings) - MAX_LISTED)

    def _text_of(self, finding: RuleFinding) -> str:
        text = self.texts.get(finding.key, "") if finding.rule.is_marked else ""
        return text[finding.start : finding.end]


def compare_plain_language(live: Any | None, draft: Any) -> PlainLanguage | None:
    """Return the scores of both versions; None in another language, or without a text to measure."""
    if not is_spanish(draft):
        return None
    page = read_content(copy_detached(draft), NOT_CONTENT)
    lists = lists_for_object(draft)
    after = review_page(page, lists)
    if after.score.inflesz is None:
        return None
    texts = {part.key: part.text for part in list_parts(page)}
    before = review_page(read_content(copy_detached(live), NOT_CONTENT), lists) if live is not None else None
    return PlainLanguage(
        ReviewedVersion(before) if before is not None and before.score.inflesz is not None else None,
        ReviewedVersion(after),
        texts,
    )
