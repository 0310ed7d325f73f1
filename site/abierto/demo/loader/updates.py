"""What each commitment reported: one update for the period of the first partial report."""

from typing import Any

from abierto.demo.loader.body import stream
from abierto.demo.loader.content import Entry, paragraphs
from abierto.demo.loader.tree import Planting
from blocks.evidence import EvidenceKind
from pages.plans.commitment import CommitmentPage
from pages.updates.page import ProgressUpdatePage
from pages.updates.rows import UpdateRow

SLUG = "avance-agosto-noviembre-2023"
TITLE = "Avance de agosto a noviembre de 2023"


def load_updates(planting: Planting, content: Entry) -> None:
    """Place the update of every commitment of a plan, with the figures of its report."""
    for axis in content["axis"]:
        for entry in axis["commitment"]:
            commitment = planting.pages[entry["slug"]]
            if planting.find(commitment, ProgressUpdatePage, SLUG) is None:
                planting.place(commitment, update(commitment, entry, content["report"]))


def update(commitment: CommitmentPage, entry: Entry, report: Entry) -> ProgressUpdatePage:
    """Return the unsaved update of one commitment."""
    keys = {action.number: action.translation_key for action in commitment.actions.all()}
    page = ProgressUpdatePage(
        slug=SLUG,
        title=f"{TITLE} ({entry['code']})",
        summary=entry["narrative"],
        period_start=report["period_start"],
        period_end=report["period_end"],
        declared=entry.get("declared"),
        declared_note=report["difference_note"] if entry.get("differs") else "",
        narrative=paragraphs(entry["narrative"]),
        evidence=evidence(entry, None),
    )
    page.rows = [
        UpdateRow(
            action_key=keys[action["number"]],
            percent=action.get("percent"),
            stage=action.get("stage", ""),
            note=report["star_note"] if action.get("star") else "",
            evidence=evidence(entry, action["number"]),
        )
        for action in entry["action"]
    ]
    return page


def evidence(entry: Entry, number: int | None) -> str:
    """Return the evidence that the report shows for one action, or for the whole commitment."""
    shown = [proof for proof in entry.get("evidence", []) if proof.get("action") == number]
    return stream(f"{entry['slug']}/{number}/evidence", [("evidence", piece(proof)) for proof in shown])


def piece(proof: Entry) -> dict[str, Any]:
    """Return one piece of evidence: a link as printed, or a citation without one."""
    return {
        "title": proof["title"],
        "kind": (EvidenceKind.LINK if "url" in proof else EvidenceKind.CITED).value,
        "url": proof.get("url", ""),
        "document": None,
        "published_on": None,
        "description": proof.get("text", ""),
        "means_key": "",
    }
