"""The screenshots of the manual and the README: taken by the tests, so that they stay current."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

DOCS = Path(__file__).resolve().parents[2] / "docs"
IMAGES, MANUAL = DOCS / "images", DOCS / "manual" / "images"
TALL, MARGIN = 1400, 24


@dataclass(frozen=True)
class Pictures:
    """Take screenshots; store them in ``docs/`` only when requested."""

    keep: bool
    scratch: Path

    def take(self, window: Page, name: str, folder: Path = MANUAL, **options) -> None:
        """Take a screenshot called ``name``, which must exist already unless it is stored now."""
        stored = folder / f"{name}.png"
        target = stored if self.keep else self.scratch / stored.name
        target.parent.mkdir(parents=True, exist_ok=True)
        window.screenshot(path=target, animations="disabled", caret="hide", **options)
        assert stored.exists(), f"Falta {stored.name}: pytest tests/browser_journeys --write-images"

    def take_part(self, window: Page, part: Locator, name: str) -> None:
        """Take a screenshot of a part of a long form, without the floating bars."""
        before = window.viewport_size
        window.set_viewport_size({"width": before["width"], "height": TALL})
        part.evaluate("one => one.scrollIntoView({block: 'center', behavior: 'instant'})")
        box = part.bounding_box()
        clip = {
            "x": max(box["x"] - MARGIN, 0),
            "y": max(box["y"] - MARGIN, 0),
            "width": box["width"] + 2 * MARGIN,
            "height": box["height"] + 2 * MARGIN,
        }
        self.take(window, name, clip=clip)
        window.set_viewport_size(before)
