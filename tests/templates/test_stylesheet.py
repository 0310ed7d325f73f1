"""The stylesheet: small, layered, complete and without external requests."""

import gzip
import re
from pathlib import Path

import pytest

from tests.repository.files import ROOT

STYLESHEET = ROOT / "static" / "abierto.css"
LARGEST = 14 * 1024
CLASS_IN_STYLES = re.compile(r"\.(-?[a-z_][\w-]*)", re.IGNORECASE)
CLASS_IN_MARKUP = re.compile(r'class="([^"]*)"')
TEMPLATE_CODE = re.compile(r"{%.*?%}|{{.*?}}")
# Classes without styles: for scripts and tests.
NOT_OURS = {"empty", "updated", "is-action", "prose"}
COMPLETED_BY_A_NUMBER = {"x", "y", "is-", "swatch--"}


def styles() -> str:
    return re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text(encoding="utf-8"), flags=re.DOTALL)


def templates() -> list[Path]:
    folder = ROOT / "templates"
    return [folder / "base.html", *folder.glob("components/*.html"), *folder.glob("pages/*.html")]


def test_the_stylesheet_is_under_fourteen_kilobytes_compressed():
    assert len(gzip.compress(STYLESHEET.read_bytes(), 9)) <= LARGEST


def test_the_stylesheet_requests_no_other_file():
    assert "url(" not in styles()
    assert "@import" not in styles()


def test_every_rule_is_in_a_layer():
    text = styles()
    declared = re.match(r"\s*@layer ([\w, ]+);", text)
    names = [name.strip() for name in declared.group(1).split(",")]
    found = re.findall(r"^@layer (\w+) \{", text, flags=re.MULTILINE)
    outside = re.sub(r"^@layer \w+ \{.*?^\}", "", text[declared.end() :], flags=re.DOTALL | re.MULTILINE)
    assert found == names
    assert outside.strip() == ""


def test_the_stylesheet_covers_dark_mode_print_and_forced_colours():
    for mode in (
        "prefers-color-scheme: dark",
        "@media print",
        "forced-colors: active",
        "prefers-contrast: more",
    ):
        assert mode in styles()


def test_every_class_of_the_templates_is_styled():
    known = set(CLASS_IN_STYLES.findall(styles())) | NOT_OURS
    unknown = {
        f"{path.name}: {name}"
        for path in templates()
        for value in CLASS_IN_MARKUP.findall(TEMPLATE_CODE.sub("", path.read_text(encoding="utf-8")))
        for name in value.split()
        if name not in known and name not in COMPLETED_BY_A_NUMBER
    }
    assert unknown == set()


def plain_rules(text: str) -> list[str]:
    """Return the selectors of the rules of a stylesheet that are in force without a condition.

    What is in a media or container query, and the layers of modes and print, change a definition on purpose.
    """
    found, around, written = [], [], ""
    for sign in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL):
        if sign == "{":
            around.append(written.strip().rpartition(";")[2].strip())
            written = ""
        elif sign == "}":
            selector = around.pop()
            conditional = any(re.match(r"@media|@container|@layer (modes|print)", outer) for outer in around)
            if not selector.startswith("@") and not conditional:
                found.append(selector)
            written = ""
        else:
            written += sign
    return found


@pytest.mark.parametrize("name", sorted(path.name for path in STYLESHEET.parent.glob("*.css")))
def test_a_class_is_defined_once(name):
    """Declarations that several classes share may be in a list of selectors before it."""
    rules = plain_rules((STYLESHEET.parent / name).read_text(encoding="utf-8"))
    alone = [selector for selector in rules if re.fullmatch(r"\.[\w-]+", selector)]

    assert sorted({selector for selector in alone if alone.count(selector) > 1}) == []
