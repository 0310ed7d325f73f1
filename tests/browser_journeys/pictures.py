"""The images of the manual and of the README: taken by the tests, so that they cannot go stale."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

DOCS = Path(__file__).resolve().parents[2] / "docs"
MANUAL = DOCS / "manual" / "images"


@dataclass(frozen=True)
class Pictures:
    """Takes pictures; keeps them in ``docs/`` only when asked to."""

    keep: bool
    scratch: Path

    def take(self, what: Page | Locator, name: str, folder: Path = MANUAL, **options) -> None:
        """Take a picture called ``name``, which must exist already unless it is kept now."""
        kept = folder / f"{name}.png"
        target = kept if self.keep else self.scratch / kept.name
        what.screenshot(path=target, animations="disabled", caret="hide", **options)
        assert kept.exists(), f"Falta {kept.name}: pytest tests/browser_journeys --write-images"
