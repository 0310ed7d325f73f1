"""The labelled snippets: text, and the private parts in it with their type and level."""

import random
import re
from dataclasses import dataclass
from pathlib import Path

from tests.abierto.privacy.identities import make_identity

FOLDER = Path(__file__).parent
MARK = re.compile(r"\[\[([A-Z]+)(\??):(.*?)\]\]", re.DOTALL)
PLACEHOLDER = re.compile(r"\{([a-z_]+\d*(?::[a-z_]+)?)\}")


@dataclass(frozen=True)
class Label:
    type: str
    start: int
    end: int
    level: str


@dataclass(frozen=True)
class Snippet:
    text: str
    labels: tuple[Label, ...]


def read_snippets(name: str) -> list[Snippet]:
    """Read a file of snippets; the identities in it are the same in every run."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    rng = random.Random(17)
    return [read_snippet(line, rng) for line in lines if not line.startswith("# ")]


def read_snippet(line: str, rng: random.Random) -> Snippet:
    line = line.replace("\\n", "\n").replace("\\t", "\t")
    line = PLACEHOLDER.sub(lambda match: make_identity(match[1], rng), line)
    text, labels, end = "", [], 0
    for match in MARK.finditer(line):
        text += line[end : match.start()]
        labels.append(Label(match[1], len(text), len(text) + len(match[3]), "warn" if match[2] else "block"))
        text += match[3]
        end = match.end()
    return Snippet(text + line[end:], tuple(labels))
