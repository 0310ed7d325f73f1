"""The judged questions about the rulings of the demo, a group of their own."""

from collections import Counter

import pytest

from search.engines import get_engine
from search.evaluation import evaluate, page_names, portal_target, read_lines
from search.indexing.reconcile import rebuild
from search.query.service import current_glossary
from tests.abierto.demo.case import DemoCase

from .test_judged import FOLDER as JUDGED
from .test_judged import LOCALE, TOLERANCE

pytestmark = pytest.mark.slow

FOLDER = JUDGED / "rulings"
ROWS = list(read_lines(FOLDER / "queries.jsonl"))
# nDCG@10 of the questions written before their ranking was seen, and of those written to check it.
MEASURED = {"before": 0.940, "after": 0.918}


def test_half_of_the_questions_precede_tuning_and_each_is_asked_once():
    assert Counter(row["set"] for row in ROWS) == {"before": 20, "after": 20}
    for name in ("id", "q"):
        assert len({row[name] for row in ROWS}) == len(ROWS)


class JudgedRulingTests(DemoCase):
    def setUp(self) -> None:
        rebuild(get_engine())

    def test_every_page_judged_exists_and_the_scores_hold(self):
        judged = {name for row in ROWS for name in row["rel"]}
        assert judged - set(page_names(LOCALE).values()) == set()

        scores = evaluate(FOLDER, portal_target(get_engine(), current_glossary(), LOCALE))

        for part, measured in MEASURED.items():
            assert scores.parts[part] >= measured - TOLERANCE, part
