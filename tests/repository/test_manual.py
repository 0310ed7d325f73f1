"""The manual and the README: every link has a target, every image is used and described."""

import re
from pathlib import Path

import pytest

from .files import ROOT, name_of

MANUAL = ROOT / "docs/manual"
PAGES = [ROOT / "README.md", *sorted(MANUAL.glob("*.md"))]
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
LARGEST = 250_000


def links(page: Path) -> list[tuple[str, str, str]]:
    """Return the mark, text and target of each link of a page within the repository."""
    found = LINK.findall(page.read_text(encoding="utf-8"))
    return [link for link in found if not link[2].startswith(("http://", "https://", "#", "mailto:"))]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_and_image_exists(page):
    lost = [target for _, _, target in links(page) if not (page.parent / target.partition("#")[0]).exists()]

    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_image_has_a_description(page):
    silent = [target for mark, text, target in links(page) if mark and len(text.split()) < 5]

    assert silent == []


def test_every_image_is_used_and_light():
    shown = {(page.parent / target).resolve() for page in PAGES for mark, _, target in links(page) if mark}
    stored = {*MANUAL.glob("images/*"), *(ROOT / "docs/images").glob("*")}

    assert {name_of(image) for image in stored - shown} == set()
    assert {name_of(image) for image in stored if image.stat().st_size > LARGEST} == set()


def test_the_index_links_to_every_part_of_the_manual():
    led_to = {target for _, _, target in links(MANUAL / "README.md")}

    assert {page.name for page in MANUAL.glob("*.md")} - {"README.md", "README.en.md"} <= led_to
