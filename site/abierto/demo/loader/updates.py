"""What each commitment reported: one update for the period of the first partial report."""

from decimal import Decimal
from typing import Any

from abierto.demo.loader.body import body, stream
from abierto.demo.loader.content import Entry, only, paragraphs
from abierto.demo.loader.tree import Planting
from abierto.progress.enums import Level
from blocks.evidence import EvidenceKind
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from pages.reports.models import ReportPage
from pages.updates.inlines import UpdateRow
from pages.updates.models import ProgressUpdatePage

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


REPORT_FIELDS = (
    *("title", "summary", "kind", "number", "intro"),
    *("period_start", "period_end", "cutoff", "target_date", "presented_on"),
)


def load_report(planting: Planting, plan: PlanPage, content: Entry) -> ReportPage:
    """Place the report of a plan: what its updates said on the cut-off day, and what it declared itself."""
    entry = content["report"]
    found = planting.find(plan, ReportPage, entry["slug"])
    if found is not None:
        return found
    report = ReportPage(slug=entry["slug"], live=False, locale=plan.locale, **only(entry, *REPORT_FIELDS))
    session = {"text": "Ver la sesión en que se presentó", "page": entry["session"]}
    report.body = body(entry["slug"], [{"links": [session]}], planting.pages)
    report.intended_parent = plan
    report.propose_figures()
    declare(report, content)
    report.propose_figures()
    return planting.place(plan, report)


def declare(report: ReportPage, content: Entry) -> None:
    """Write what the report declares for its axes and for the plan beside what was worked out."""
    axes = {str(axis["number"]): axis["declared"] for axis in content["axis"]}
    rows = list(report.rows.all())
    for row in rows:
        if row.level == Level.PLAN:
            row.declared, row.note = Decimal(content["plan"]["declared"]), content["report"]["plan_note"]
        elif row.level == Level.AXIS:
            row.declared = Decimal(axes[row.code])
    report.rows = rows
