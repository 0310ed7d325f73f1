"""The rules of clear writing, in the order in which they are listed."""

from .base import Match, PhraseRule, Rule, Severity, TextRule
from .figures import Capitals, CurrencyForm, DateForm, NumberTwice
from .grammar import DoubleNegation, GerundOfPosterity, Nominalisation, Passive
from .lengths import LongParagraph, LongParenthesis, LongSentence, MeanSentenceLength, VeryLongSentence
from .structure import HeadingOrder, LongSummary, MissingSummary, PageRule
from .wording import ClickHere, EmptyVerb, Latin, LegalWord, UnexpandedAbbreviation

TEXT_RULES: tuple[TextRule, ...] = (
    VeryLongSentence(),
    LongSentence(),
    MeanSentenceLength(),
    LongParagraph(),
    LongParenthesis(),
    Passive(),
    GerundOfPosterity(),
    DoubleNegation(),
    Nominalisation(),
    EmptyVerb(),
    LegalWord(),
    Latin(),
    UnexpandedAbbreviation(),
    NumberTwice(),
    DateForm(),
    CurrencyForm(),
    Capitals(),
    ClickHere(),
)
PAGE_RULES: tuple[PageRule, ...] = (HeadingOrder(), MissingSummary(), LongSummary())
RULES: tuple[Rule, ...] = (*TEXT_RULES, *PAGE_RULES)

__all__ = [
    "PAGE_RULES",
    "RULES",
    "TEXT_RULES",
    "Match",
    "PageRule",
    "PhraseRule",
    "Rule",
    "Severity",
    "TextRule",
]
