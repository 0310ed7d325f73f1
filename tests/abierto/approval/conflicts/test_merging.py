"""The merge rule: changes of one editor applied to those of another."""

from uuid import UUID

from abierto.approval.conflicts.merging import merge_content
from pages.plans.commitments import CommitmentPage
from pages.standard.models import StandardPage


def test_merging_keeps_the_changes_of_both_editors():
    base = {"title": "a", "summary": "b", "seo_title": "c"}

    merged = merge_content(
        StandardPage, base, base | {"title": "theirs", "seo_title": "t"}, base | {"summary": "mine"}
    )

    assert merged.content == {"title": "theirs", "summary": "mine", "seo_title": "t"}
    assert (merged.mine, merged.both) == ({"summary"}, set())


def test_merging_reports_fields_that_both_changed_differently():
    base = {"title": "a", "summary": "b"}

    merged = merge_content(StandardPage, base, {"title": "x", "summary": "y"}, {"title": "x", "summary": "z"})

    assert merged.both == {"summary"}
    assert merged.content == {"title": "x", "summary": "z"}


KEYS = {"a": str(UUID(int=1)), "b": str(UUID(int=2)), "c": str(UUID(int=3))}


def commitment_rows(**changed):
    """Return two actions, «a» and «b», with the given changes."""
    rows = {
        "a": {"pk": 1, "translation_key": KEYS["a"], "title": "Una"},
        "b": {"pk": 2, "translation_key": KEYS["b"], "title": "Dos"},
    }
    return {"actions": [row | changed.get(name, {}) for name, row in rows.items()]}


def test_changes_of_different_rows_merge():
    merged = merge_content(
        CommitmentPage,
        commitment_rows(),
        commitment_rows(a={"title": "Suya"}),
        commitment_rows(b={"title": "Mía"}),
    )

    assert [row["title"] for row in merged.content["actions"]] == ["Suya", "Mía"]
    assert merged.both == set()


def test_changes_of_the_same_row_conflict():
    merged = merge_content(
        CommitmentPage,
        commitment_rows(),
        commitment_rows(a={"title": "Suya"}),
        commitment_rows(a={"title": "Mía"}),
    )

    assert [row["title"] for row in merged.content["actions"]] == ["Mía", "Dos"]
    assert merged.both == {"actions"}


def test_an_added_row_is_never_matched_with_another():
    longer = commitment_rows(a={"title": "Suya"})
    longer["actions"].append({"pk": None, "translation_key": KEYS["c"], "title": "Nueva"})

    merged = merge_content(CommitmentPage, commitment_rows(), longer, commitment_rows(b={"title": "Mía"}))

    assert merged.content == commitment_rows(b={"title": "Mía"})
    assert merged.both == {"actions"}
