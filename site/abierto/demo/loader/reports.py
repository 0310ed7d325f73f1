"""The first partial report, frozen with the figures that it printed."""

from decimal import Decimal

from abierto.demo.loader.body import body
from abierto.demo.loader.content import Entry, only
from abierto.demo.loader.tree import Planting
from abierto.progress.enums import Level
from pages.plans.plan import PlanPage
from pages.reports.page import ReportPage
from pages.reports.proposal import fill_in_figures

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
    fill_in_figures(report)
    declare(report, content)
    fill_in_figures(report)
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
