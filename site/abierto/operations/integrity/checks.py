"""All the checks, by the names that ``manage.py integrity`` prints. Names stay stable."""

from collections.abc import Callable, Iterable

from . import content, files, indexes, ledger, recorded, references, spaces
from .findings import Finding

CHECKS: dict[str, Callable[[], Iterable[Finding]]] = {
    "tree": content.tree_problems,
    "addresses": content.wrong_addresses,
    "approvals": ledger.unapproved,
    "guarded-types": ledger.unguarded,
    "revisions": ledger.live_without_revision,
    "triggers": ledger.missing_triggers,
    "aliases": ledger.aliases_of_drafts,
    "withdrawals": ledger.withdrawn_by_hand,
    "versions": ledger.versions_rewritten,
    "ledger": ledger.broken_ledgers,
    "placement": recorded.changed_placement,
    "records": recorded.changed_rows,
    "names": recorded.changed_names,
    "goals": content.changed_goals,
    "figures": content.drifted_figures,
    "evidence": content.orphan_evidence,
    "references": references.broken_references,
    "unreadable": references.unreadable_streams,
    "index": indexes.drifted_index,
    "spaces": spaces.pages_without_space,
    "space-roots": spaces.incomplete_roots,
    "publishing-groups": spaces.publishing_groups,
    "file-spaces": spaces.files_of_another_space,
    "missing-files": files.rows_without_file,
    "unknown-files": files.files_without_row,
    "file-contents": recorded.changed_files,
    "file-references": indexes.wrong_references,
    "renditions": files.wrong_renditions,
    "public-files": files.public_files_without_row,
}


def run(names: Iterable[str] = ()) -> dict[str, list[Finding]]:
    """Return what each check found; without ``names``, all of them."""
    return {name: list(CHECKS[name]()) for name in (names or CHECKS)}
