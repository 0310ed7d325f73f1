"""How a plan becomes an Elasticsearch query, without a server."""

from search.engines.elasticsearch import queries
from search.query.plan import Minimum, QueryPlan, Term

PLAN = QueryPlan(
    terms=(Term("text", "hum"), Term("plain", "hum")),
    rerank=(Term("ng", "humo", 0.15),),
    preferred=(Term("kind", "report", 2.0),),
    held=((Term("text", "hum", 3.0), Term("text", "pension alimentici", 3.0)),),
    demoted=(Term("kind", "ruling", 8.0), Term("municipality", "", 4.0)),
    minimum=Minimum(2, ((Term("text", "hum"), Term("plain", "hum")), (Term("text", "pension alimentici"),))),
)
NOT_RULINGS = {"bool": {"must_not": [{"term": {"kind": "ruling"}}]}}
RAISED = [
    {"constant_score": {"filter": {"term": {"kind": "report"}}, "boost": 2.0}},
    {"constant_score": {"filter": NOT_RULINGS, "boost": 8.0}},
    {
        "constant_score": {
            "filter": {"bool": {"must_not": [{"exists": {"field": "municipality"}}]}},
            "boost": 4.0,
        }
    },
]


def test_a_preference_raises_pages_in_both_scores():
    found = queries.hits_query(PLAN, queries.match_query(PLAN)).to_dict()
    assert found["query"]["bool"]["should"] == RAISED
    assert found["rescore"]["query"]["rescore_query"]["bool"]["should"] == RAISED


def test_a_word_held_adds_a_constant_to_the_second_score():
    found = queries.hits_query(PLAN, queries.match_query(PLAN)).to_dict()
    (nested,) = found["rescore"]["query"]["rescore_query"]["bool"]["must"]
    held = nested["nested"]["query"]["bool"]["should"][-1]["constant_score"]
    assert held["boost"] == 3.0
    assert len(held["filter"]["bool"]["should"]) == 2


def test_the_minimum_narrows_hits_and_counts_by_the_words_of_the_page():
    for search in (queries.hits_query(PLAN, queries.match_query(PLAN)), queries.counts_query(PLAN)):
        (minimum,) = [
            clause["bool"]
            for clause in search.to_dict()["query"]["bool"]["filter"]
            if "minimum_should_match" in clause.get("bool", {})
        ]
        assert minimum["minimum_should_match"] == 2
        pages = [[q["bool"]["filter"] for q in word["bool"]["should"]] for word in minimum["should"]]
        assert pages == [
            [[{"term": {"page": "hum"}}], [{"term": {"page": "~hum"}}]],
            [[{"term": {"page": "pension"}}, {"term": {"page": "alimentici"}}]],
        ]


def test_pages_are_counted_by_the_field_of_each_word():
    found = queries.counts_query(PLAN).to_dict()
    assert {"terms": {"page": ["hum", "~hum"]}} in found["query"]["bool"]["filter"][0]["bool"]["should"]
    known = queries.known_query("hum").to_dict()
    assert known["query"]["bool"]["filter"] == [{"terms": {"page": ["hum", "~hum", "^hum"]}}]
