"""Review a text or a page: its score and what the rules find."""

from dataclasses import dataclass

from .inflesz import Score, measure, score_of
from .pages import ContentPart, PageContent, PartKind
from .rules import PAGE_RULES, TEXT_RULES, Match, PhraseRule, Rule, Severity
from .rules.structure import SUMMARY
from .texts import Text, parse
from .word_lists import SHIPPED, WordLists


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """A place in a text that breaks a rule; ``key`` is that of the part, for a text of a page."""

    rule: Rule
    match: Match
    key: str = ""

    @property
    def start(self) -> int:
        return self.match.start

    @property
    def end(self) -> int:
        return self.match.end

    @property
    def suggestion(self) -> str:
        return self.match.suggestion

    @property
    def message(self) -> str:
        """Return the message in Spanish."""
        return self.rule.message % self.match.values if self.match.values else self.rule.message


@dataclass(frozen=True, slots=True)
class Review:
    """The score of a text and its findings, in their order."""

    score: Score
    findings: tuple[RuleFinding, ...]

    @property
    def warnings(self) -> int:
        return self._count(Severity.WARNING)

    @property
    def advice(self) -> int:
        return self._count(Severity.ADVICE)

    def _count(self, severity: Severity) -> int:
        return sum(1 for finding in self.findings if finding.rule.severity is severity)


def review_text(source: str, lists: WordLists = SHIPPED) -> Review:
    """Return the score and the findings of one text."""
    text = parse(source)
    return Review(score_of(text), tuple(find_in(text, lists=lists)))


def find_in(text: Text, key: str = "", lists: WordLists = SHIPPED) -> list[RuleFinding]:
    """Return the findings of a parsed text, sorted by offset."""
    found = [
        RuleFinding(rule, match, key)
        for rule in TEXT_RULES
        for match in (rule.find_listed(text, lists) if isinstance(rule, PhraseRule) else rule.find(text))
    ]
    return sorted(found, key=lambda finding: (finding.start, finding.end, finding.rule.code))


def review_page(page: PageContent, lists: WordLists = SHIPPED) -> Review:
    """Review a page: the findings of each text by itself, and one score for all texts."""
    findings = [
        finding
        for part in list_parts(page)
        if part.kind is PartKind.TEXT
        for finding in find_in(parse(part.text), part.key, lists)
    ]
    findings += [
        RuleFinding(rule, found.match, found.key) for rule in PAGE_RULES for found in rule.find(page)
    ]
    return Review(measure_page(page), tuple(findings))


def measure_page(page: PageContent) -> Score:
    """Return the score of all texts of a page together."""
    return measure("\n".join(part.text for part in list_parts(page)))


def list_parts(page: PageContent) -> list[ContentPart]:
    """Return the texts of a page, its summary first if it has one."""
    summary = [ContentPart(SUMMARY, page.summary)] if page.summary else []
    return [*summary, *page.parts]
