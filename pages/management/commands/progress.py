"""``manage.py progress PLAN_SLUG``: the figures of a plan."""

import argparse
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pages.figures.fields import FigureFields
from pages.figures.models import ProgressFigure
from pages.figures.serialization import figure_tree
from pages.plans.keys import plan_filter
from pages.plans.models import PlanPage
from pages.reports.models import ReportPage


class Command(BaseCommand):
    """Prints the tree of a plan with its declared, computed and effective figures."""

    help = "Muestra las cifras de un plan: declaradas, calculadas y las que cuentan."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the plan's slug, the report to read instead of the live figures, and the format."""
        parser.add_argument("plan", help="La dirección corta del plan, por ejemplo pal-2022-2024.")
        parser.add_argument(
            "--report",
            metavar="latest|SLUG",
            help="Lee las cifras congeladas de un informe en vez de las de hoy.",
        )
        parser.add_argument("--json", action="store_true", help="Escribe una sola línea de JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = PlanPage.objects.public().source_language().filter(**plan_filter(options["plan"])).first()
        if plan is None:
            raise CommandError(f"No hay ningún plan público con la dirección «{options['plan']}».")
        figures = self._frozen(plan, options["report"]) if options["report"] else self._live(plan)
        trees = figure_tree(figures)
        if not trees:
            raise CommandError(f"«{plan.title}» no tiene cifras.")
        if options["json"]:
            self.stdout.write(json.dumps(trees[0], ensure_ascii=False))
        else:
            self._print(trees[0], 0)

    def _live(self, plan: PlanPage) -> list[FigureFields]:
        return list(ProgressFigure.objects.of_plan(plan.translation_key))

    def _frozen(self, plan: PlanPage, name: str) -> list[FigureFields]:
        reports = ReportPage.objects.public().source_language().child_of(plan).order_by("-cutoff", "-path")
        report = reports.first() if name == "latest" else reports.filter(slug=name).first()
        if report is None:
            raise CommandError(f"«{plan.title}» no tiene ese informe público.")
        return list(report.rows.order_by("sort_order", "pk"))

    def _print(self, node: dict[str, Any], depth: int) -> None:
        declared = "sin cifra" if node["declared"] is None else f"{node['declared']} %"
        sums = node["stage"] or ("sin cuenta" if node["computed"] is None else f"{node['computed']} %")
        mark = "  ≠" if node["differs"] else ""
        name = f"{node['code']} {node['label']}".strip()
        self.stdout.write(f"{'  ' * depth}{name}: dice {declared}, da {sums}{mark}")
        for child in node["children"]:
            self._print(child, depth + 1)
