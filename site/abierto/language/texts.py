"""A text parsed once for the score and for every rule: tokens, sentences, paragraphs."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from unicodedata import normalize

from .sentences import LINE, Span, split_line
from .vocabulary import abbreviations

#: Letters and digits, with the accents of decomposed text and soft hyphens between them.
LETTERS = r"[^\W_]+(?:[\u0300-\u036f\u00ad]+[^\W_]*)*"
#: Characters without white space, at most 200. Most chunks are single words, which need no further parsing.
CHUNK = re.compile(r"\S{1,200}")
TOKEN = re.compile(
    r"(?:https?://|www\.)[^\s<>»”\"]*[^\s<>»”\".,;:!?)\]]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:mx|com|org|net|gob|edu|pdf|xlsx?|docx?|csv)\b(?:/[^\s,;)]*\w)?"
    r"|(?:[A-ZÑ]{1,2}\.){2,}|[ap]\.m\.(?!\w)"
    r"|\d+\.[ºª]"
    rf"|{LETTERS}(?:(?:[-’']|(?<=\d)[.,:](?=\d)|/(?=\d)|(?<=\d)/){LETTERS})*"
)
CLOSING = '.,;:!?)»”"…'


@dataclass(frozen=True, slots=True)
class Sentence:
    """The offsets of a sentence, the index of its first token and the index after its last one."""

    start: int
    end: int
    first: int
    last: int

    @property
    def word_count(self) -> int:
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a text with its sentences."""

    start: int
    end: int
    sentences: tuple[Sentence, ...]

    @property
    def word_count(self) -> int:
        return sum(sentence.word_count for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Text:
    """A parsed text. ``spans[i]`` are the offsets of ``tokens[i]``; ``words[i]`` is the token in lower case.

    ``figures`` are the indexes of the tokens that begin with a digit.
    """

    source: str
    tokens: list[str]
    spans: list[Span]
    words: list[str]
    paragraphs: list[Paragraph]
    sentences: list[Sentence]
    figures: list[int]
    sentence_starts: list[int]

    def sentence_at(self, position: int) -> Sentence:
        """Return the sentence at an offset of the text, or the one before it."""
        return self.sentences[max(0, bisect_left(self.sentence_starts, position + 1) - 1)]

    def are_adjacent(self, index: int) -> bool:
        """Check that only white space on one line separates a token from the next one."""
        gap = self.source[self.spans[index][1] : self.spans[index + 1][0]]
        return gap == " " or (gap.isspace() and "\n" not in gap)


def parse(source: str) -> Text:
    """Split a text into tokens, sentences and paragraphs (its lines)."""
    tokens, spans = _tokenize(source)
    starts = [start for start, _ in spans]
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    for line in LINE.finditer(source):
        own = [
            Sentence(start, end, bisect_left(starts, start), bisect_left(starts, end))
            for start, end in split_line(source, line.start(), line.end())
        ]
        if own:
            paragraphs.append(Paragraph(own[0].start, own[-1].end, tuple(own)))
            sentences += own
    words = list(map(str.lower, tokens)) if source.isascii() else [_lower(token) for token in tokens]
    figures = [index for index, token in enumerate(tokens) if token[0].isdecimal()]
    return Text(
        source,
        tokens,
        spans,
        words,
        paragraphs,
        sentences,
        figures,
        [sentence.start for sentence in sentences],
    )


def _lower(token: str) -> str:
    """Return a token in lower case and composed, without soft hyphens."""
    return token.lower() if token.isascii() else normalize("NFC", token.lower().replace("\u00ad", ""))


def _tokenize(source: str) -> tuple[list[str], list[Span]]:
    tokens: list[str] = []
    spans: list[Span] = []
    for chunk in CHUNK.finditer(source):
        token, (start, end) = chunk[0], chunk.span()
        word = token.rstrip(CLOSING)
        if word.isalpha() and source[start + len(word) : end] in ("", ",", ";", ":"):
            tokens.append(word)
            spans.append((start, start + len(word)))
        else:
            _tokenize_chunk(source, start, end, tokens, spans)
    return tokens, spans


def _tokenize_chunk(source: str, start: int, end: int, tokens: list[str], spans: list[Span]) -> None:
    """Append the tokens of a chunk that is not a single word; abbreviations include their period."""
    known = abbreviations()
    for found in TOKEN.finditer(source, start, end):
        token, span = found[0], found.span()
        if source[span[1] : span[1] + 1] == "." and f"{token.lower()}." in known:
            token, span = f"{token}.", (span[0], span[1] + 1)
        tokens.append(token)
        spans.append(span)
