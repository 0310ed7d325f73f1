"""What the search knows of a commitment: the promise, the parties, the actions and the filter values."""

from __future__ import annotations

from typing import Any

from pages.core.search import (
    Passage,
    SearchContent,
    at,
    block_texts,
    institution_names,
    party_texts,
    prose_of,
    sections_of,
    text_of,
)

from .inlines import CommitmentAction

PROMISE = (
    "official_name", "summary", "official_text", "objective", "citizen_purpose", "problem", "relevance",
)  # fmt: skip


def build_search_content(commitment: Any) -> SearchContent:
    """Return the content of a ``CommitmentPage``, which imports this module; also found as «ods 16»."""
    rows = commitment.parties.select_related("institution", "person").all()
    parties = [row for row in rows if row.is_public]
    names = (text for row in parties for text in party_texts(row.institution, row.public_person, row.post))
    targets = list(commitment.sdg_targets.all())
    goals = tuple(dict.fromkeys(str(target.goal_id) for target in targets))
    return SearchContent(
        [
            prose_of(*(getattr(commitment, name) for name in PROMISE)),
            text_of(*names),
            text_of(commitment.sdg_note),
            text_of(commitment.get_outcome_display(), commitment.outcome_reason),
            *sections_of(commitment.body),
            *(at("acciones", _describe_action(row)) for row in commitment.actions.all()),
        ],
        code=commitment.code,
        day=commitment.start,
        institution=institution_names(row.institution for row in parties),
        sdg=goals,
        # A goal was not promised: it counts half.
        plain=text_of(*(target.title for target in targets)).text,
        ref=(
            f"compromiso {commitment.code}",
            *(f"ods {goal}" for goal in goals),
            *(f"meta {target.code}" for target in targets),
        ),
    )


def _describe_action(row: CommitmentAction) -> Passage:
    """Return an action with its deliverable and the means that will prove it."""
    return text_of(
        f"{row.number}. {row.title}",
        row.text,
        row.official_text,
        row.deliverable,
        *block_texts(row.means),
    )
