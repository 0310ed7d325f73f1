"""Progress updates for the period of the first partial report, and the report itself."""

from decimal import Decimal
from typing import Any

from abierto.demo.loader.body import build_body, build_stream
from abierto.demo.loader.content import Entry, select_fields, source_fields, to_paragraphs
from abierto.demo.loader.page_loader import PageLoader
from abierto.progress.enums import NodeLevel
from blocks.evidence import EvidenceKind
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from pages.reports.models import ReportPage
from pages.updates.inlines import UpdateRow
from pages.updates.models import ProgressUpdatePage

SLUG = "avance-agosto-noviembre-2023"
TITLE = "Reporte de agosto a noviembre de 2023"


def load_updates(loader: PageLoader, content: Entry) -> None:
    """Add an update to every commitment of a plan, with the figures of the report."""
    for axis in content["axis"]:
        for entry in axis["commitment"]:
            commitment = loader.pages[entry["slug"]]
            if loader.find(commitment, ProgressUpdatePage, SLUG) is None:
                loader.add(commitment, build_update(commitment, entry, content))


def build_update(commitment: CommitmentPage, entry: Entry, content: Entry) -> ProgressUpdatePage:
    """Return an unsaved update with a row for each action and the figures of the first partial report."""
    report = content["report"]
    keys = {action.number: action.translation_key for action in commitment.actions.all()}
    page = ProgressUpdatePage(
        slug=SLUG,
        title=f"{TITLE} ({entry['code']})",
        summary=entry["narrative"],
        period_start=report["period_start"],
        period_end=report["period_end"],
        declared=entry.get("declared"),
        declared_note=report["difference_note"] if entry.get("differs") else "",
        narrative=to_paragraphs(entry["narrative"]),
        evidence=build_evidence(entry, None),
        **source_fields(content),
    )
    page.rows.set(
        [
            UpdateRow(
                action_key=keys[action["number"]],
                percent=action.get("percent"),
                stage=action.get("stage", ""),
                note=report["star_note"] if action.get("star") else "",
                evidence=build_evidence(entry, action["number"]),
            )
            for action in entry["action"]
        ]
    )
    return page


def build_evidence(entry: Entry, number: int | None) -> str:
    """Return the evidence of one action, or of the whole commitment if ``number`` is None."""
    shown = [proof for proof in entry.get("evidence", []) if proof.get("action") == number]
    return build_stream(
        f"{entry['slug']}/{number}/evidence", [("evidence", build_evidence_item(proof)) for proof in shown]
    )


def build_evidence_item(proof: Entry) -> dict[str, Any]:
    """Return an evidence block value: a link, or a citation without one."""
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


def load_report(loader: PageLoader, plan: PlanPage, content: Entry) -> ReportPage:
    """Load the report: frozen figures of its updates and its own declared figures."""
    entry = content["report"]
    found = loader.find(plan, ReportPage, entry["slug"])
    if found is not None:
        return found
    report = ReportPage(
        slug=entry["slug"],
        live=False,
        locale=plan.locale,
        **select_fields(entry, *REPORT_FIELDS),
        **source_fields(content),
    )
    session = {"text": "Ver la sesión en que se presentó", "page": entry["session"]}
    report.body = build_body(entry["slug"], [{"links": [session]}], loader.pages)
    report.intended_parent = plan
    report.propose_figures()
    set_declared_figures(report, content)
    report.propose_figures()
    return loader.add(plan, report)


def set_declared_figures(report: ReportPage, content: Entry) -> None:
    """Set the declared figures of axes and plan next to the computed ones."""
    axes = {str(axis["number"]): axis["declared"] for axis in content["axis"]}
    rows = list(report.rows.all())
    for row in rows:
        if row.level == NodeLevel.PLAN:
            row.declared, row.note = Decimal(content["plan"]["declared"]), content["report"]["plan_note"]
        elif row.level == NodeLevel.AXIS:
            row.declared = Decimal(axes[row.code])
    report.rows = rows
