"""An English plan shows the figures of the Spanish plan: they are found by key and not copied."""

import datetime
from decimal import Decimal

import pytest
from django.test import TestCase

from pages.figures.models import ProgressFigure
from pages.figures.projection.store import find_drift
from pages.plans.models import PlanPage
from pages.updates.inlines import UpdateRow
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    home,
    published,
)

from .translating import draft_in_english, in_english

pytestmark = pytest.mark.slow

WORDS = {
    "Agua para todos": "Water for all",
    "Instalar medidores": "Install meters",
    "En trámite": "Paperwork under way",
    "Faltan permisos.": "Permits are missing.",
}


class FiguresInEnglishTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.plan = PlanPageFactory(title="Plan 2022–2024")
        cls.axis = AxisPageFactory(parent=cls.plan, code="1")
        actions = [{"title": "Instalar medidores", "weight": 2}, {"title": "Publicar los datos"}]
        cls.commitment = published(
            CommitmentPageFactory(parent=cls.axis, code="1.1", title="Agua para todos", actions=actions)
        )
        update = ProgressUpdatePageFactory(parent=cls.commitment, rows={1: 60, 2: "En trámite"})
        row = update.rows.get(stage="En trámite")
        row.note = "Faltan permisos."
        row.save()
        cls.update = published(update)

    def translate_branch(self):
        for page in (home(), self.plan.get_parent().specific, self.plan, self.axis, self.commitment):
            in_english(type(page).objects.get(pk=page.pk), WORDS)
        return in_english(self.update, WORDS)

    def read(self, page) -> str:
        response = self.client.get(page.get_url())
        self.assertEqual(response.status_code, 200)
        return response.content.decode().replace("\u00a0", " ")

    def test_the_english_page_has_its_own_texts_and_the_same_figures(self):
        update = self.translate_branch()
        page = update.get_parent().specific
        text = self.read(page)

        self.assertEqual(page.locale.language_code, "en")
        self.assertEqual(page.get_url(), f"/en{self.commitment.get_url()}")
        self.assertIn("Water for all", text)
        self.assertIn("Install meters", text)
        self.assertIn("Publicar los datos", text)
        self.assertNotIn("Agua para todos", text)
        self.assertIn("60%", text)
        self.assertIn("30%", text)

    def test_a_translation_has_no_figures_of_its_own(self):
        before = list(ProgressFigure.objects.order_by("key").values())
        self.translate_branch()

        self.assertEqual(list(ProgressFigure.objects.order_by("key").values()), before)
        self.assertEqual(ProgressFigure.objects.filter(level="commitment").count(), 1)
        self.assertEqual(find_drift(), [])

    def test_rows_keep_keys_and_numbers_and_translate_texts(self):
        english = self.translate_branch()
        source = {row.translation_key: row for row in self.update.rows.all()}

        self.assertEqual(english.rows.count(), 2)
        for row in english.rows.all():
            self.assertEqual(row.action_key, source[row.translation_key].action_key)
            self.assertEqual(row.percent, source[row.translation_key].percent)
        row = english.rows.get(percent=None)
        self.assertEqual((row.stage, row.note), ("Paperwork under way", "Permits are missing."))
        self.assertEqual(
            set(english.get_parent().specific.actions.values_list("translation_key", "number", "weight")),
            set(self.commitment.actions.values_list("translation_key", "number", "weight")),
        )

    def test_a_new_spanish_update_changes_the_english_page_at_once(self):
        page = self.translate_branch().get_parent().specific
        newer = ProgressUpdatePageFactory(
            parent=self.commitment,
            title="Avance nuevo",
            period_start=datetime.date(2023, 12, 1),
            period_end=datetime.date(2024, 2, 29),
            rows={1: 100, 2: 50},
        )
        published(newer)

        self.assertIn("75%", self.read(page))
        self.assertEqual(ProgressFigure.objects.get(key=page.translation_key).computed, Decimal(75))

    def test_an_untranslated_update_is_linked_in_spanish_and_a_translated_update_once(self):
        english = self.translate_branch()
        newer = ProgressUpdatePageFactory(
            parent=self.commitment,
            title="Otro",
            period_start=datetime.date(2023, 12, 1),
            period_end=datetime.date(2024, 2, 29),
        )
        text = self.read(english.get_parent().specific)
        self.assertNotIn(f'href="{newer.get_url()}"', text)

        newer = published(newer)
        text = self.read(english.get_parent().specific)
        self.assertIn(f'href="{newer.get_url()}"', text)
        self.assertIn(f'href="{english.get_url()}"', text)
        self.assertNotIn(f'href="{self.update.get_url()}"', text)
        self.assertNotIn(f'href="{english.get_url()}"', self.read(self.commitment))

    def test_the_english_home_page_shows_the_spanish_plan_until_it_is_translated(self):
        front = home()
        front.current_plan = self.plan
        front = published(front)
        english = in_english(front, {})
        self.assertIn(f'href="{self.plan.get_url()}"', self.read(english))

        update = self.translate_branch()
        plan = update.get_ancestors().type(PlanPage).get()
        text = self.read(english)
        self.assertIn(f'href="{plan.get_url()}"', text)
        self.assertNotIn(f'href="{self.plan.get_url()}"', text)

    def test_a_draft_translation_shows_nothing_and_changes_nothing(self):
        draft = draft_in_english(self.commitment, WORDS)

        self.assertFalse(draft.live)
        self.assertEqual(draft.title, "Water for all")
        self.assertIn("Agua para todos", self.read(self.commitment))
        self.assertNotIn("Water for all", self.read(draft))
        self.assertEqual(UpdateRow.objects.count(), 2)
