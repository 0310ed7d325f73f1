"""What the search knows of a commitment: the promise, the parties, the actions and the filter values."""

from __future__ import annotations

from typing import Any

from pages.core.search import (
    Passage,
    SearchContent,
    join_distinct_texts,
    join_texts,
    list_block_texts,
    list_institution_names,
    list_party_texts,
    set_anchor,
    split_sections,
)

from .inlines import CommitmentAction

PROMISE = (
    "official_name", "summary", "official_text", "objective", "citizen_purpose", "problem", "relevance",
)  # fmt: skip


def build_search_content(commitment: Any) -> SearchContent:
    """Return the content of a ``CommitmentPage``, which imports this module; also found as «ods 16»."""
    rows = commitment.parties.select_related("institution", "person").all()
    parties = [row for row in rows if row.is_public]
    names = (
        text for row in parties for text in list_party_texts(row.institution, row.public_person, row.post)
    )
    targets = list(commitment.sdg_targets.all())
    goals = tuple(dict.fromkeys(str(target.goal_id) for target in targets))
    return SearchContent(
        [
            join_distinct_texts(*(getattr(commitment, name) for name in PROMISE)),
            join_texts(*names),
            join_texts(commitment.sdg_note),
            join_texts(commitment.get_outcome_display(), commitment.outcome_reason),
            *split_sections(commitment.body),
            *(set_anchor("acciones", _describe_action(row)) for row in commitment.actions.all()),
        ],
        code=commitment.code,
        day=commitment.start,
        institution=list_institution_names(row.institution for row in parties),
        sdg=goals,
        # A goal was not promised: it counts half.
        plain=join_texts(*(target.title for target in targets)).text,
        ref=(
            f"compromiso {commitment.code}",
            *(f"ods {goal}" for goal in goals),
            *(f"meta {target.code}" for target in targets),
        ),
    )


def _describe_action(row: CommitmentAction) -> Passage:
    """Return an action with its deliverable and the means that will prove it."""
    return join_texts(
        f"{row.number}. {row.title}",
        row.text,
        row.official_text,
        row.deliverable,
        *list_block_texts(row.means),
    )
