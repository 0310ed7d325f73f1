"""Measure what plain language and the privacy gate add to saving and submitting a page, in pairs.

The same form is posted with both checks and without them. Each pair has a
text of its own, so that no result is cached. Processor time is measured.
"""

from __future__ import annotations

import gc
import re
import statistics
import time
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from abierto.accounts.models import User
from abierto.approval.confirmations.scanned_version import ScannedVersion
from abierto.approval.conflicts.versions import OPENED, load_current_version
from abierto.approval.ledger.imports import imported
from abierto.approval.review import validation
from abierto.tenancy.access import space_of
from bench.privacy import strings_of
from pages.home.models import HomePage
from pages.standard.models import StandardPage

WORDS = 1_200
MAX_TIMES_SLOWER = 1.1
ACTIONS = {"save": {}, "send": {"action-submit": "1"}}


@contextmanager
def without_checks() -> Iterator[None]:
    """Validate versions without the search for personal data."""
    with ExitStack() as patches:
        patches.enter_context(mock.patch.object(ScannedVersion, "findings", ()))
        for name in ("find_file_problems", "find_unconfirmed"):
            patches.enter_context(mock.patch.object(validation, name, return_value=()))
        yield


def measure_saving(root: Path, turns: int) -> dict[str, Any]:
    """Return the milliseconds and queries of each action with and without, and the ratio of the pairs."""
    desk = SavingDesk(root)
    result: dict[str, Any] = {"words": WORDS}
    for action in ACTIONS:
        pairs = [desk.measure_pair(action, turn) for turn in range(turns + 2)][2:]
        ratio = statistics.median(with_both / without for with_both, without in pairs)
        result[action] = {
            "with_ms": round(statistics.median(pair[0] for pair in pairs) * 1000, 1),
            "without_ms": round(statistics.median(pair[1] for pair in pairs) * 1000, 1),
            "times_slower": round(ratio, 3),
            "within the limit": ratio <= MAX_TIMES_SLOWER,
        }
    return result


class SavingDesk:
    """An editor with a text of ``WORDS`` words, who saves or submits it on a new page each time."""

    def __init__(self, root: Path) -> None:
        content = tomllib.loads((root / "site/abierto/demo/content/pages.toml").read_text(encoding="utf-8"))
        prose = [text for text in strings_of(content) if len(text.split()) > 8]
        words = " ".join(prose * 40).split()[:WORDS]
        self.paragraphs = [" ".join(words[start : start + 60]) for start in range(0, WORDS, 60)]
        self.home = HomePage.objects.source_language().get()
        self.editor = User.objects.create(username="mide", first_name="Mide")
        self.editor.groups.add(space_of(self.home).editors)
        self.client = Client()
        self.client.force_login(self.editor)

    def measure_pair(self, action: str, turn: int) -> tuple[float, float]:
        """Return the seconds with both checks and without, in alternating order."""
        seconds = {}
        for is_with in (True, False) if turn % 2 else (False, True):
            if is_with:
                seconds[is_with] = self.post(action, f"{action} {turn} con")
            else:
                with without_checks():
                    seconds[is_with] = self.post(action, f"{action} {turn} sin")
        return seconds[True], seconds[False]

    def post(self, action: str, mark: str) -> float:
        """Post the form with a text that was not there before, and return the seconds."""
        page = self.add_page(mark)
        address, data = reverse("wagtailadmin_pages:edit", args=[page.pk]), self.form(page, mark)
        gc.collect()
        start = time.process_time()
        response = self.client.post(address, data | ACTIONS[action])
        taken = time.process_time() - start
        if response.status_code != 302:
            refusals = re.findall(r"error-message[^>]*>\s*([^<]+)", response.content.decode())
            raise RuntimeError(f"{action} was refused ({response.status_code}): {refusals}")
        return taken

    def add_page(self, mark: str) -> StandardPage:
        """Add a draft with the same text as every other, but for one paragraph."""
        slug = mark.replace(" ", "-")
        with imported("Una página para medir"):
            page = StandardPage(title="Para medir", slug=slug, owner=self.editor, live=False)
            return self.home.add_child(instance=page)

    def form(self, page: StandardPage, mark: str) -> dict[str, Any]:
        texts = [f"<p>Este párrafo es de {mark}.</p>", *(f"<p>{text}</p>" for text in self.paragraphs)]
        blocks = [("paragraph", rich_text(text)) for text in texts]
        data = {
            OPENED: str(load_current_version(StandardPage.objects.get(pk=page.pk))),
            **dict.fromkeys(("seo_title", "search_description", "go_live_at", "expire_at"), ""),
            "title": "Para medir",
            "slug": page.slug,
            "summary": f"Un resumen de {mark}.",
            "body": streamfield(blocks),
            "comments": dict.fromkeys(("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"), 0),
        }
        return nested_form_data(data)
