"""Documents name existing files, modules and links; recipes keep their limits."""

import ast
import re
from pathlib import Path

import pytest

from .files import ROOT, name_of
from .test_house_rules import MODULE_LINES

CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DOCUMENTS = [ROOT / "README.md", CONTRIBUTING, *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PATH = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*/?\Z")
DOTTED = re.compile(r"(abierto|blocks|pages|search)(\.[A-Za-z_]+)+\Z")
# The folders to which a document's paths are relative: the root, the apps, the document's own package.
ROOMS = ("", "site/abierto", "search", "pages")
RECIPES = {"field": 5, "page type": 8, "facet": 3}
DIFF_FILE = re.compile(r"^--- (\S+)\n\+\+\+ b/(\S+)\n(.*?)(?=^--- |\Z)", re.MULTILINE | re.DOTALL)
RECIPE = re.compile(r"<!-- recipe: ([a-z ]+) -->\n(.*?)<!-- end -->", re.DOTALL)
# Files that a recipe adds, or that an unmerged branch brings.
NOT_THERE = ("pages/news/", "pages/core/search.py")
SUFFIXES = (".py", ".md", ".html", ".js", ".css", ".po", ".toml", ".sha256", "/")


def prose(document: Path) -> str:
    """Return a document without its fenced blocks."""
    return FENCED.sub("", document.read_text(encoding="utf-8"))


def room_of(document: Path) -> tuple[str, ...]:
    """Return the folder to which the paths of a page of ``docs/features`` are relative."""
    return (*ROOMS, f"site/abierto/{document.stem}") if document.parent.name == "features" else ROOMS


def names_a_file(text: str) -> bool:
    """Check whether a word in code style is a path of this repository: it has a folder and a known
    extension.
    """
    first = text.partition("/")[0]
    places = [ROOT / room / first for room in ROOMS]
    return (
        bool(PATH.match(text)) and "/" in text and text.endswith(SUFFIXES) and any(p.is_dir() for p in places)
    )


def dotted_exists(name: str) -> bool:
    """Check that a dotted name leads to a module, or to a name defined in one."""
    parts = name.split(".")
    path = ROOT / ("site/abierto" if parts[0] == "abierto" else parts[0])
    for at, part in enumerate(parts[1:], 1):
        if (path / part).is_dir():
            path /= part
            continue
        module = path / f"{part}.py"
        rest = parts[at + 1 :]
        if not module.is_file():
            files, rest = [*path.glob("*.py")], [part]
        else:
            files = [module]
        return all(any(word in file.read_text(encoding="utf-8") for file in files) for word in rest)
    return True


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_path_of_a_document_exists(document):
    named = [text for text in CODE.findall(prose(document)) if names_a_file(text)]
    lost = {
        text
        for text in named
        if not text.startswith(NOT_THERE)
        and not any((ROOT / room / text).exists() for room in room_of(document))
    }
    assert lost == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_module_of_a_document_exists(document):
    named = {text for text in CODE.findall(prose(document)) if DOTTED.match(text)}

    assert {text for text in named if not dotted_exists(text)} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_of_a_document_leads_somewhere(document):
    targets = [target.partition("#")[0] for target in LINK.findall(prose(document)) if "://" not in target]

    assert [target for target in targets if target and not (document.parent / target).exists()] == []


def test_every_decision_is_in_their_index():
    folder = ROOT / "docs/decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")

    assert [path.name for path in folder.glob("0*.md") if f"({path.name})" not in index] == []


# --- Recipes -------------------------------------------------------------------------------------------


def steps(recipe: str) -> list[str]:
    """Return the numbered steps of a recipe, one for each file to change."""
    text = dict(RECIPE.findall(CONTRIBUTING.read_text(encoding="utf-8")))[recipe]
    return re.split(r"^\d+\. ", text, flags=re.MULTILINE)[1:]


@pytest.mark.parametrize("recipe", RECIPES)
def test_recipe_touches_no_more_files_than_promised(recipe):
    assert 1 < len(steps(recipe)) <= RECIPES[recipe]


@pytest.mark.parametrize("recipe", RECIPES)
def test_recipe_names_files_that_exist(recipe):
    for step in steps(recipe):
        named = [text for text in CODE.findall(step) if "/" in text and PATH.match(text)]
        lost = [text for text in named if not text.startswith(NOT_THERE) and not (ROOT / text).exists()]
        assert lost == []


def apply_worked_example() -> dict[str, str]:
    """Return by path the files after the worked example, whose hunks replace lines that occur once."""
    diff = re.search(
        r"^```diff\n(.*?)^```", CONTRIBUTING.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    found = {}
    for old, name, hunks in DIFF_FILE.findall(diff[1]):
        text = "" if old == "/dev/null" else (ROOT / name).read_text(encoding="utf-8")
        for hunk in re.split(r"^@@.*\n", hunks, flags=re.MULTILINE)[1:]:
            lines = hunk.splitlines(keepends=True)
            before = "".join(line[1:] for line in lines if line[0] in " -")
            after = "".join(line[1:] for line in lines if line[0] in " +")
            place = f"CONTRIBUTING.md, recipe A: {name} must have these lines of the example once"
            assert not before or text.count(before) == 1, f"{place}:\n{before}"
            text = text.replace(before, after) if before else text + after
        found[name] = text
    return found


def test_worked_example_applies_and_breaks_no_limit():
    files = apply_worked_example()

    assert len(files) > 1
    for name, text in files.items():
        if name.endswith(".py"):
            ast.parse(text)
            lines = len(text.splitlines())
            assert lines <= MODULE_LINES, f"{name} has no room for the example: move a part of it elsewhere"
