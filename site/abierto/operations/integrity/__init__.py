"""``manage.py integrity``: read-only checks of database, files and index."""

from collections.abc import Callable, Iterable

from . import board, content, files, indexes, ledger, records, references, spaces
from .findings import IntegrityFinding

CHECKS: dict[str, Callable[[], Iterable[IntegrityFinding]]] = {
    "tree": content.find_tree_problems,
    "addresses": content.find_wrong_url_paths,
    "approvals": ledger.find_unapproved_content,
    "guarded-types": ledger.find_unguarded_pages,
    "revisions": ledger.find_live_without_revision,
    "triggers": ledger.find_missing_triggers,
    "aliases": ledger.find_aliases_of_drafts,
    "withdrawals": ledger.find_unrecorded_withdrawals,
    "versions": ledger.find_rewritten_versions,
    "ledger": ledger.find_broken_ledgers,
    "placement": records.find_changed_placement,
    "records": records.find_changed_rows,
    "names": records.find_changed_names,
    "goals": content.find_changed_goals,
    "figures": content.find_drifted_figures,
    "board": board.find_board_differences,
    "evidence": content.find_orphan_evidence,
    "references": references.find_broken_references,
    "unreadable": references.find_unreadable_streams,
    "index": indexes.find_index_drift,
    "admin-index": indexes.find_admin_index_drift,
    "spaces": spaces.find_pages_without_space,
    "space-roots": spaces.find_incomplete_roots,
    "commitment-spaces": spaces.find_commitments_in_wrong_space,
    "handovers": content.find_incomplete_handovers,
    "publishing-groups": spaces.find_publishing_groups,
    "file-spaces": spaces.find_files_with_wrong_space,
    "missing-files": files.find_rows_without_file,
    "unknown-files": files.find_files_without_row,
    "file-contents": records.find_changed_files,
    "file-references": indexes.find_wrong_references,
    "renditions": files.find_wrong_renditions,
    "public-files": files.find_public_files_without_row,
}


def run_checks(names: Iterable[str] = ()) -> dict[str, list[IntegrityFinding]]:
    """Run the named checks, or all; return the findings by name."""
    return {name: list(CHECKS[name]()) for name in (names or CHECKS)}
