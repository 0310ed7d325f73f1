"""What a reviewer reads first: figure by figure, before and after."""

import datetime
import uuid
from decimal import Decimal

from django.test import SimpleTestCase, TestCase

from abierto.progress.figures import MISSING, Value
from pages.plans.changes import describe_actions
from pages.plans.commitment import CommitmentPage
from pages.plans.parts import CommitmentAction
from pages.updates.changes import Change, Reported, describe
from pages.updates.page import ProgressUpdatePage
from tests.factories import CommitmentPageFactory, ProgressUpdatePageFactory, published

FIRST, SECOND = uuid.UUID(int=1), uuid.UUID(int=2)
NAMES = {FIRST: "Acción 1", SECOND: "Acción 2"}


def told(before, after):
    return list(describe(before, after, NAMES))


class DescribeTests(SimpleTestCase):
    def test_a_figure_is_told_before_and_after(self):
        before = Reported(values={FIRST: Value(Decimal(30)), SECOND: Value(stage="En diseño")})
        after = Reported(values={FIRST: Value(Decimal("45.5")), SECOND: Value(Decimal(10))})

        assert told(before, after) == [
            Change("Acción 1", "30\xa0%", "45.5\xa0%"),
            Change("Acción 2", "En diseño", "10\xa0%"),
        ]

    def test_what_stays_is_not_told(self):
        same = Reported(values={FIRST: Value(Decimal("30.00"))}, notes={FIRST: "Una nota"})

        assert told(same, Reported(values={FIRST: Value(Decimal(30))}, notes={FIRST: "Una nota"})) == []

    def test_a_figure_that_comes_or_goes_says_that_there_is_none(self):
        some = Reported(values={FIRST: Value(Decimal(0))}, declared=Value(Decimal(42)))

        assert told(Reported(), some) == [
            Change("Acción 1", "sin dato", "0\xa0%"),
            Change("Cifra declarada del compromiso", "sin dato", "42\xa0%"),
        ]
        assert told(some, Reported(values={FIRST: MISSING}))[0] == Change("Acción 1", "0\xa0%", "sin dato")

    def test_notes_and_evidence_are_told_for_their_action(self):
        before = Reported(notes={FIRST: "Antes"}, evidence={SECOND: ("Acta",)})
        after = Reported(notes={FIRST: ""}, evidence={SECOND: ("Acta", "Portal")})

        assert told(before, after) == [
            Change("Acción 1: nota aclaratoria", "Antes", ""),
            Change("Acción 2: pruebas", "Acta", "Acta; Portal"),
        ]

    def test_actions_are_told_in_their_order(self):
        after = Reported(values={SECOND: Value(Decimal(1)), FIRST: Value(Decimal(2))})

        assert [change.label for change in told(Reported(), after)] == ["Acción 1", "Acción 2"]


class DescribeActionsTests(SimpleTestCase):
    def action(self, key, number, title, proof=""):
        means = [{"type": "means", "value": {"text": proof, "kind": "other", "cadence": "once"}}]
        return CommitmentAction(translation_key=key, number=number, title=title, means=means if proof else [])

    def test_actions_that_come_go_and_are_promised_otherwise(self):
        before = [self.action(FIRST, 1, "Abrir", "Portal"), self.action(SECOND, 2, "Enseñar")]
        after = [self.action(FIRST, 1, "Abrir más", "Informe"), self.action(uuid.uuid4(), 3, "Medir")]

        assert list(describe_actions(before, after)) == [
            Change("Acción 1", "Abrir", "Abrir más"),
            Change("Acción 1: pruebas prometidas", "Portal", "Informe"),
            Change("Acción 3, nueva", "", "Medir"),
            Change("Acción 2, se quita", "Enseñar", ""),
        ]


class PagesTellTheirChangesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.commitment = published(CommitmentPageFactory(actions=2))
        cls.live = published(
            ProgressUpdatePageFactory(parent=cls.commitment, rows={1: 30, 2: "En diseño"}, declared=20)
        )

    def test_a_draft_on_a_public_update_is_held_against_what_is_public(self):
        draft = self.live.latest_revision.as_object()
        row = draft.rows.all()[0]
        row.percent = Decimal(45)
        draft.rows = [row, draft.rows.all()[1]]

        assert ProgressUpdatePage.describe_changes(self.live, draft) == [
            Change("Acción 1", "30\xa0%", "45\xa0%")
        ]

    def test_a_first_version_is_held_against_the_last_figures_before_its_period(self):
        period = {"period_start": datetime.date(2023, 12, 1), "period_end": datetime.date(2023, 12, 31)}
        draft = ProgressUpdatePageFactory(parent=self.commitment, rows={1: 30, 2: 5}, declared=25, **period)

        assert ProgressUpdatePage.describe_changes(None, draft) == [
            Change("Acción 2", "En diseño", "5\xa0%"),
            Change("Cifra declarada del compromiso", "20\xa0%", "25\xa0%"),
        ]

    def test_an_update_of_an_earlier_period_is_not_held_against_a_later_one(self):
        period = {"period_start": datetime.date(2023, 1, 1), "period_end": datetime.date(2023, 1, 31)}
        draft = ProgressUpdatePageFactory(parent=self.commitment, rows={1: 10}, **period)

        assert ProgressUpdatePage.describe_changes(None, draft) == [Change("Acción 1", "sin dato", "10\xa0%")]

    def test_a_commitment_tells_its_actions(self):
        draft = self.commitment.latest_revision.as_object()
        draft.actions.add(CommitmentAction(number=3, title="Medir"))

        changes = CommitmentPage.describe_changes(self.commitment, draft)

        assert changes == [Change("Acción 3, nueva", "", "Medir")]
