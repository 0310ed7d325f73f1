"""The words of the public pages: two terms for a figure, two for a proof, no denial of what is unknown."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = (
    *(path for folder in ("pages", "components", "navigation", "search", "blocks") for path in
      (ROOT / "templates" / folder).rglob("*.html")),
    *(path for folder in ("pages", "search", "blocks") for path in (ROOT / folder).rglob("*.py")
      if "migrations" not in path.parts),
    *(ROOT / "site/abierto/demo/content").glob("*.toml"),
)  # fmt: skip

#: What is not said, and what is said instead.
WORDS = {
    r"dice el informe\b": "según el informe",
    r"\bda la cuenta\b|\bla cuenta da\b": "según el promedio (de las acciones)",
    r"\bal corte\b(?! al)|\bCorte: ": "al 30 de noviembre de 2023",
    r"prueba pendiente": "sin prueba",
    r"citadas?, sin enlace": "mencionada, sin enlace",
    r"\bNadie ha\b": "no conocemos",
    r"No hay responsable|No se public(?:ó|aron)|translate \"Sin (?:fecha|lugar) publicad[ao]": "no conocemos",
    r"Lo último que se aprobó": "Lo último que se reportó",
    r"primer plan (?:de gobierno abierto )?del estado|De ahí salieron": "solo lo que dice el documento",
    r"Como lo dice el plan": "un campo para el texto literal y otro para el resumen",
}
#: Screens of the editors, where a report has a cut-off day.
ADMIN = ("pages/admin/", "pages/reports/models.py", "pages/plans/models.py")


def iter_lines() -> Iterator[tuple[str, str]]:
    """Yield each line that people may read, with its place."""
    for path in FILES:
        name = str(path.relative_to(ROOT))
        if name.startswith(ADMIN):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            is_note = line.lstrip().startswith(("#", '"""', "{#"))
            if not is_note:
                yield f"{name}:{number}", line


@pytest.fixture(scope="module")
def text() -> list[tuple[str, str]]:
    return list(iter_lines())


@pytest.mark.parametrize("wrong", WORDS)
def test_public_pages_use_the_right_words(text, wrong):
    pattern = re.compile(wrong, re.IGNORECASE)

    assert [(place, line.strip(), WORDS[wrong]) for place, line in text if pattern.search(line)] == []


def test_the_check_finds_a_wrong_word():
    assert re.search(next(iter(WORDS)), "<th>Dice el informe</th>", re.IGNORECASE)
