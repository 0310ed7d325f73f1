"""«Reportar avance» and «Preparar informe»."""

import datetime
from decimal import Decimal

import pytest
from django.test import TestCase
from django.urls import reverse

from pages.plans.enums import PlanKind
from pages.reports.models import ReportPage
from pages.updates.drafts import propose_period
from pages.updates.models import ProgressUpdatePage
from tests.abierto.approval.newsroom import submit
from tests.factories import ProgressUpdatePageFactory, published
from tests.pages.admin.worlds import build, signed_in

pytestmark = pytest.mark.slow

PERIOD = {"period_start": "2023-12-01", "period_end": "2024-02-29"}


class WorldTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = build()
        cls.last = published(
            ProgressUpdatePageFactory(parent=cls.world.north, rows={1: Decimal("33.5"), 2: "En diseño"})
        )


class StartUpdateTests(WorldTestCase):
    def setUp(self):
        self.url = reverse("commitments:start_update", args=[self.world.north.pk])
        self.editor = signed_in(self.world.north_editor)

    def test_the_proposed_period_is_one_cadence_after_the_last_update(self):
        form = self.editor.get(self.url).context["form"]

        assert form.initial == {
            "period_start": datetime.date(2023, 12, 1),
            "period_end": datetime.date(2024, 2, 29),
        }

    def test_the_first_period_starts_with_the_commitment_and_keeps_its_own_cadence(self):
        south = self.world.south
        south.start, south.cadence_months = datetime.date(2022, 10, 1), 6

        assert propose_period(south, self.world.plan) == (
            datetime.date(2022, 10, 1),
            datetime.date(2023, 3, 31),
        )

    def test_opening_the_form_creates_nothing(self):
        before = ProgressUpdatePage.objects.count()
        self.editor.get(self.url)

        assert ProgressUpdatePage.objects.count() == before

    def test_the_form_opens_a_draft_with_the_last_figures(self):
        response = self.editor.post(self.url, PERIOD)

        update = ProgressUpdatePage.objects.get(period_start="2023-12-01")
        assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[update.pk])
        assert not update.live
        assert update.title == "Reporte de diciembre de 2023 a febrero de 2024"
        assert update.owner == self.world.north_editor
        assert [(row.percent, row.stage, row.note) for row in update.rows.all()] == [
            (Decimal("33.5"), "", ""),
            (None, "En diseño", ""),
        ]
        assert update.latest_revision.user == self.world.north_editor

    def test_two_updates_of_one_month_have_different_slugs(self):
        self.editor.post(self.url, {"period_start": "2024-03-01", "period_end": "2024-03-15"})
        self.editor.post(self.url, {"period_start": "2024-03-16", "period_end": "2024-03-31"})

        march = ProgressUpdatePage.objects.filter(period_start__month=3)
        assert {update.title for update in march} == {"Reporte de marzo de 2024"}
        assert march.values("slug").distinct().count() == 2

    def test_invalid_input_is_refused_on_its_field_and_kept(self):
        overlap = "Ya hay un avance"
        for fields, field, sentence in (
            ({"period_start": "2023-11-30", "period_end": "2023-12-31"}, "period_start", overlap),
            ({"period_start": "2024-02-01", "period_end": "2024-01-01"}, "period_end", "El periodo termina"),
            ({"period_start": "", "period_end": "2024-01-01"}, "period_start", "Escribe el primer día"),
            ({"period_start": "mañana", "period_end": "2024-01-01"}, "period_start", ""),
        ):
            with self.subTest(fields):
                response = self.editor.post(self.url, fields)

                assert response.status_code == 200
                assert sentence in response.context["form"].errors[field][0]
                for value in fields.values():
                    assert f'value="{value}"' in response.content.decode() or not value
        assert ProgressUpdatePage.objects.count() == 1

    def test_a_draft_counts_for_the_overlap_too(self):
        self.editor.post(self.url, PERIOD)
        response = self.editor.post(self.url, PERIOD)

        assert "Ya hay un avance" in response.context["form"].errors["period_start"][0]

    def test_a_begun_update_is_offered_before_another_one(self):
        self.editor.post(self.url, PERIOD)
        update = ProgressUpdatePage.objects.get(live=False)

        html = self.editor.get(self.url).content.decode()
        another = self.editor.get(self.url, {"otro": "1"})

        assert 'name="period_start"' not in html
        assert "Continuar el borrador" in html
        assert "Borrador sin enviar" in html
        assert reverse("wagtailadmin_pages:edit", args=[update.pk]) in html
        assert another.context["form"].initial["period_start"] == datetime.date(2024, 3, 1)

    def test_a_sent_update_is_offered_to_read(self):
        self.editor.post(self.url, PERIOD)
        update = ProgressUpdatePage.objects.get(live=False)
        submit(update, self.world.north_editor)

        html = self.editor.get(self.url).content.decode()
        address = reverse("wagtailadmin_pages:view_draft", args=[update.pk])

        assert "Enviado a revisión el" in html
        assert "Leer lo enviado" in html
        assert address in html
        assert self.editor.get(address).status_code == 200

    def test_a_commitment_of_another_institution_is_a_404(self):
        stranger = signed_in(self.world.south_editor)

        assert stranger.get(self.url).status_code == 404
        assert stranger.post(self.url, PERIOD).status_code == 404
        assert ProgressUpdatePage.objects.count() == 1

    def test_a_reviewer_cannot_start_an_update(self):
        assert signed_in(self.world.north_reviewer).get(self.url).status_code == 404

    def test_an_anonymous_visitor_is_redirected_to_sign_in(self):
        response = self.client.get(self.url)

        assert response.status_code == 302
        assert reverse("account_login") in response.headers["Location"]

    def test_a_work_plan_has_no_progress_to_report(self):
        plan = self.world.plan
        plan.kind = PlanKind.WORK_PLAN
        published(plan)

        assert self.editor.get(self.url).status_code == 404
        assert self.url not in self.editor.get(reverse("commitments:index")).content.decode()

    def test_the_button_is_on_the_commitment_and_in_the_listings_of_its_editor(self):
        north = self.world.north
        for place in (
            reverse("commitments:index"),
            reverse("wagtailadmin_explore", args=[north.pk]),
            reverse("wagtailadmin_pages:edit", args=[north.pk]),
        ):
            with self.subTest(place):
                assert self.url in self.editor.get(place).content.decode()

    def test_an_unknown_commitment_is_a_404(self):
        for number in (999_999, 2**63):
            assert self.editor.get(reverse("commitments:start_update", args=[number])).status_code == 404


class StartReportTests(WorldTestCase):
    VALUES = {
        "kind": "partial",
        "number": "1",
        "period_start": "2022-08-01",
        "period_end": "2023-11-30",
        "cutoff": "2023-11-30",
    }

    def setUp(self):
        self.url = reverse("reports:start_report", args=[self.world.plan.pk])
        self.editor = signed_in(self.world.state_editor)

    def test_the_next_report_is_proposed(self):
        initial = self.editor.get(self.url).context["form"].initial

        assert (initial["number"], initial["period_start"]) == (1, datetime.date(2022, 8, 1))
        assert initial["cutoff"] == datetime.date(2023, 11, 30)
        assert not ReportPage.objects.exists()

    def test_the_form_opens_a_draft_with_the_figures_of_the_cut_off_day(self):
        later = {"period_start": datetime.date(2023, 12, 1), "period_end": datetime.date(2024, 2, 29)}
        published(ProgressUpdatePageFactory(parent=self.world.north, rows={1: 90, 2: 90}, **later))

        response = self.editor.post(self.url, self.VALUES)

        report = ReportPage.objects.get()
        assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[report.pk])
        assert (report.title, report.slug, report.live) == ("Informe parcial 1", "informe-parcial-1", False)
        figures = {row.key: row for row in report.rows.all()}
        first = self.world.north.actions.get(number=1)
        assert figures[first.translation_key].declared == Decimal("33.5")
        assert figures[self.world.north.translation_key].computed == Decimal("16.75")
        assert figures[self.world.plan.translation_key].declared is None

    def test_a_second_report_with_the_same_number_is_refused_and_kept(self):
        self.editor.post(self.url, self.VALUES)
        response = self.editor.post(self.url, self.VALUES)

        assert "con ese número" in response.context["form"].errors["number"][0]
        assert 'value="2023-11-30"' in response.content.decode()
        assert self.editor.get(self.url, {"otro": "1"}).context["form"].initial["number"] == 2

    def test_reversed_dates_are_refused_on_their_field(self):
        response = self.editor.post(self.url, self.VALUES | {"period_end": "2022-01-01"})

        assert "El periodo termina" in response.context["form"].errors["period_end"][0]

    def test_an_institution_cannot_prepare_reports(self):
        assert signed_in(self.world.north_editor).get(self.url).status_code == 404

    def test_the_button_is_on_the_plan(self):
        explore = reverse("wagtailadmin_explore", args=[self.world.plan.pk])

        assert self.url in self.editor.get(explore).content.decode()
