"""``manage.py progress`` prints the figures of a plan, live or frozen in a report."""

import datetime
import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from tests.completing import NOT_REPORTED
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    ReportPageFactory,
    published,
)

pytestmark = pytest.mark.slow


def run_progress(*args: str) -> dict:
    out = StringIO()
    call_command("progress", *args, "--json", stdout=out)
    return json.loads(out.getvalue())


class ProgressCommandTests(TestCase):
    def setUp(self):
        self.plan = PlanPageFactory(slug="plan")
        axis = AxisPageFactory(parent=self.plan, code="1")
        self.commitment = published(CommitmentPageFactory(parent=axis, code="1.5", actions=3))
        published(
            ProgressUpdatePageFactory(
                parent=self.commitment, rows={1: 35, 2: 10, 3: "En diseño"}, declared=Decimal(23)
            )
        )

    def test_each_node_shows_its_declared_and_computed_figure(self):
        tree = run_progress("plan")

        commitment = tree["children"][0]["children"][0]
        assert {name: commitment[name] for name in commitment if name != "children"} == {
            "level": "commitment",
            "code": "1.5",
            "label": "Compromiso 1.5",
            "declared": 23,
            "computed": 15,
            "effective": 23,
            "stage": "",
            "rule": "children",
            "differs": True,
            "note": NOT_REPORTED,
        }
        assert [action["stage"] for action in commitment["children"]] == ["", "", "En diseño"]

    def test_a_report_keeps_its_figures_after_newer_updates(self):
        report = ReportPageFactory(parent=self.plan, cutoff=datetime.date(2023, 11, 30))
        report.propose_figures()
        report.save()
        published(report)
        published(
            ProgressUpdatePageFactory(
                parent=self.commitment,
                period_start=datetime.date(2023, 12, 1),
                period_end=datetime.date(2024, 2, 29),
                rows={1: 90, 2: 90, 3: 90},
            )
        )

        assert run_progress("plan")["effective"] == 90
        assert run_progress("plan", "--report", "latest")["effective"] == 23

    def test_an_unknown_plan_is_a_command_error(self):
        with pytest.raises(CommandError, match="No hay ningún plan público"):
            call_command("progress", "no-existe")
