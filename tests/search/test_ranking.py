"""The order of the results, and its evaluation."""

import json
from dataclasses import dataclass, field

import pytest

from search.engines.base import EngineAnswer, EngineHit
from search.engines.embedded import EmbeddedEngine
from search.evaluation import evaluate, index_passages, judge
from search.query.glossary import Glossary
from search.query.plan import QueryPlan
from search.query.results import best_passages, group_hits


@dataclass(eq=False)
class ListEngine:
    """Return hits from a list, in its order, and record the requested windows."""

    hits: list[EngineHit]
    windows: list[tuple[int, int]] = field(default_factory=list)

    def search(self, plan):
        self.windows.append((plan.offset, plan.limit))
        return EngineAnswer(tuple(self.hits[plan.offset : plan.offset + plan.limit]), len(self.hits))


def make_hits(*scores, group=None):
    return [EngineHit(group or n, 0, 0, score) for n, score in enumerate(scores, 1)]


def test_only_the_best_passage_of_a_page_is_a_hit():
    found = [EngineHit(1, 0, 0, 1.0), EngineHit(1, 1, 0, 3.0), EngineHit(2, 0, 0, 2.0)]
    assert [(hit.group, hit.part) for hit in group_hits(found, by_date=False)] == [(1, 1), (2, 0)]


def test_ties_go_to_the_newest_then_to_the_lowest_page_id():
    found = [EngineHit(3, 0, 5, 1.0), EngineHit(2, 0, 9, 1.00000001), EngineHit(1, 0, 5, 1.0)]
    assert [hit.group for hit in group_hits(found, by_date=False)] == [2, 1, 3]


def test_one_window_is_enough_when_it_fills_the_page():
    engine = ListEngine(make_hits(*range(200, 0, -1)))
    best_passages(engine, QueryPlan(limit=50), needed=10)
    assert engine.windows == [(0, 50)]


def test_windows_grow_until_there_are_enough_pages():
    many = [*make_hits(*[1.0 - n / 1000 for n in range(150)], group=7), EngineHit(8, 0, 0, 0.1)]
    engine = ListEngine(many)
    _answer, groups = best_passages(engine, QueryPlan(limit=50), needed=2)
    assert [hit.group for hit in groups] == [7, 8]
    assert engine.windows == [(0, 50), (50, 50), (100, 100)]


def test_a_tie_at_the_edge_of_a_window_is_read_to_its_end():
    engine = ListEngine([EngineHit(group, 0, 0, 1.0) for group in range(120, 0, -1)])
    _answer, groups = best_passages(engine, QueryPlan(limit=50), needed=10)
    assert [hit.group for hit in groups[:10]] == list(range(1, 11))


def make_family(group, head=0):
    return EngineHit(group, 0, 0, float(-group), family=head)


def test_an_update_ranked_below_its_commitment_follows_it():
    engine = ListEngine(
        [
            make_family(1),
            make_family(2),
            make_family(3, head=1),
            make_family(4, head=9),
            make_family(5, head=1),
        ]
    )
    _answer, groups = best_passages(engine, QueryPlan(limit=50), needed=10)
    assert [hit.group for hit in groups] == [1, 3, 5, 2, 4]


def test_an_update_ranked_above_its_commitment_keeps_its_place():
    engine = ListEngine([make_family(1, head=3), make_family(2), make_family(3), make_family(4, head=3)])
    _answer, groups = best_passages(engine, QueryPlan(limit=50), needed=10)
    assert [hit.group for hit in groups] == [1, 2, 3, 4]


def test_updates_of_later_windows_move_no_page_of_the_first():
    engine = ListEngine([make_family(n, head=1 if n == 40 else 0) for n in range(1, 81)])
    for needed in (10, 30):
        _answer, groups = best_passages(engine, QueryPlan(limit=20), needed=needed)
        assert [hit.group for hit in groups[:10]] == list(range(1, 11))


def test_updates_are_sorted_by_date_apart_from_their_commitment():
    engine = ListEngine([EngineHit(n, 0, 10 - n, 0.0, family=1 if n == 3 else 0) for n in (1, 2, 3)])
    _answer, groups = best_passages(engine, QueryPlan(limit=50, by_date=True), needed=10)
    assert [hit.group for hit in groups] == [1, 2, 3]


# --- Measuring


@pytest.mark.parametrize(
    ("found", "grades", "scores"),
    [
        (["a", "b"], {"a": 1}, (1.0, 1.0, 1.0, 1.0)),
        (["b", "a"], {"a": 1}, (0.6309, 0.5, 1.0, 1.0)),
        (["b"], {"a": 1}, (0.0, 0.0, 0.0, 0.0)),
        (["x"] * 10 + ["a"], {"a": 1}, (0.0, 0.0, 0.0, 1.0)),
        (["b", "a"], {"a": 2, "b": 1}, (0.7967, 1.0, 1.0, 1.0)),
        (["b"], {"a": 0}, (0.0, 0.0, 0.0, 0.0)),
    ],
)
def test_the_measures(found, grades, scores):
    assert tuple(round(score, 4) for score in judge(found, grades)) == scores


def test_evaluate_scores_a_folder(tmp_path):
    passages = [
        {"id": "aire", "title": "", "text": "El humo de las ladrilleras ensucia el aire."},
        {"id": "agua", "title": "", "text": "El agua del río está limpia."},
    ]
    queries = [
        {"id": 1, "q": "¿qué ensucia el aire?", "rel": {"aire": 1}},
        {"id": 2, "q": "agua limpia", "rel": {"aire": 1}},
    ]
    for name, rows in (("passages", passages), ("queries", queries)):
        lines = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    world = index_passages(tmp_path, EmbeddedEngine(tmp_path / "index"), Glossary())
    scores = evaluate(tmp_path, world).as_json()
    assert (scores["queries"], scores["passages"]) == (2, 2)
    assert scores["ndcg@10"] == scores["recall@100"] == 0.5
    assert scores["p95_ms"] >= scores["p50_ms"] > 0
