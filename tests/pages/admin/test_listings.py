"""The listings of commitments, updates, reports and sessions in the admin."""

import datetime
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.plans.enums import PartyRole
from tests.admin_search import fill_admin_index
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    CommitmentPartyFactory,
    InstitutionFactory,
    ProgressUpdatePageFactory,
    ReportPageFactory,
    SessionPageFactory,
    published,
)
from tests.pages.admin.worlds import build, signed_in

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]


class ListingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = build()
        published(
            ProgressUpdatePageFactory(parent=cls.world.north, rows={1: Decimal("33.5"), 2: 40}, declared=37)
        )

    def listed(self, user, name="commitments", **query):
        response = signed_in(user).get(reverse(f"{name}:index"), query)
        assert response.status_code == 200
        return response

    def titles(self, user, name="commitments", **query):
        return [page.title for page in self.listed(user, name, **query).context["object_list"]]

    def test_a_commitment_shows_plan_axis_responsible_figure_last_report_and_lateness(self):
        fill_admin_index()
        screen = self.listed(self.world.state_editor, q="norte").content.decode()

        for text in ("1.1", "Plan 2022-2024", "1. Eje 1", "IN", "37\xa0%", "30 de noviembre de 2023"):
            assert text in screen
        assert "Atrasado: tocaba el 29 de febrero de 2024" in screen

    def test_cocreating_parties_are_shown_with_their_role_and_filtered(self):
        university = InstitutionFactory(name="Universidad", acronym="UG")
        page = CommitmentPageFactory(title="Creado con otros", parent=self.world.north.get_parent().specific)
        CommitmentPartyFactory(page=page, institution=university, role=PartyRole.COCREATING)
        published(page)

        assert "UG (cocreadora)" in self.listed(self.world.state_editor).content.decode()
        assert self.titles(self.world.state_editor, institution=university.pk) == ["Creado con otros"]

    def test_a_commitment_without_reports_shows_no_figure(self):
        assert "Sin dato" in self.listed(self.world.south_editor).content.decode()

    def test_users_see_their_own_commitments_and_the_state_team_sees_all(self):
        assert self.titles(self.world.north_editor) == ["Datos del norte"]
        assert self.titles(self.world.south_editor) == ["Datos del sur"]
        assert self.titles(self.world.state_editor) == ["Datos del norte", "Datos del sur"]
        assert self.titles(self.world.south_editor, "updates") == []

    def test_filters_offer_only_values_of_visible_commitments(self):
        form = self.listed(self.world.north_editor).context["filters"].form

        assert [str(institution) for institution in form.fields["institution"].queryset] == [
            "Instituto del Norte"
        ]
        assert [plan.title for plan in form.fields["plan"].queryset] == ["Plan 2022-2024"]

    def test_filters_select_commitments(self):
        other = published(AxisPageFactory(code="9"))
        own = self.world.north.parties.get().institution
        plan, axis = self.world.plan, self.world.north.get_parent()
        published(CommitmentPageFactory(parent=other, code="9.1", title="De otro plan"))
        state = self.world.state_editor

        assert self.titles(state, plan=plan.pk) == ["Datos del norte", "Datos del sur"]
        assert self.titles(state, axis=axis.pk) == ["Datos del norte", "Datos del sur"]
        assert self.titles(state, institution=own.pk) == ["Datos del norte"]
        assert self.titles(state, state="draft") == []
        assert self.titles(state, lateness="in_time") == []
        assert "Datos del sur" in self.titles(state, lateness="late")

    def test_a_commitment_in_time_is_not_late(self):
        today = timezone.localdate()
        plan = self.world.plan
        plan.period_end = today + datetime.timedelta(days=365)
        published(plan)
        published(
            ProgressUpdatePageFactory(
                parent=self.world.south,
                period_start=today - datetime.timedelta(days=40),
                period_end=today - datetime.timedelta(days=10),
                rows={1: 10},
            )
        )

        assert self.titles(self.world.state_editor, lateness="in_time") == ["Datos del sur"]

    def test_an_invalid_filter_gives_a_page(self):
        for query in (
            {"plan": "99999"},
            {"state": "x"},
            {"lateness": "' OR 1=1"},
            {"p": "0"},
            {"ordering": "?"},
        ):
            assert self.listed(self.world.state_editor, **query).context["object_list"]

    def test_search_finds_titles_codes_and_words_without_accents(self):
        published(CommitmentPageFactory(parent=self.world.north.get_parent(), code="7.7", title="Educación"))
        fill_admin_index()

        assert self.titles(self.world.state_editor, q="sur") == ["Datos del sur"]
        assert self.titles(self.world.state_editor, q="7.7") == ["Educación"]
        assert self.titles(self.world.state_editor, q="educacion") == ["Educación"]

    def test_columns_order_the_listing_with_missing_figures_last(self):
        published(
            CommitmentPageFactory(parent=self.world.north.get_parent(), code="1.0", title="Sin reporte")
        )
        for ordering in ("figure_reported", "-figure_reported", "-figure_effective"):
            with self.subTest(ordering):
                assert self.titles(self.world.state_editor, ordering=ordering)[-1] == "Sin reporte"

    def test_each_listing_shows_the_score_of_the_text(self):
        page = self.world.north
        page.summary = "El pan es de todos."
        published(page)

        assert re.search(
            r">\s*\d+ · (muy|bastante) fácil", self.listed(self.world.north_editor).content.decode()
        )
        for name in ("updates", "reports", "sessions"):
            assert "INFLESZ" in self.listed(self.world.state_editor, name).content.decode()

    def test_ten_commitments_cost_no_more_queries_than_two(self):
        client = signed_in(self.world.state_editor)
        client.get(reverse("commitments:index"))
        with CaptureQueriesContext(connection) as two:
            client.get(reverse("commitments:index"))
        for number in range(3, 11):
            published(
                CommitmentPageFactory(
                    parent=self.world.north.get_parent(),
                    code=f"1.{number}",
                    actions=1,
                    responsible=InstitutionFactory(),
                )
            )
        with CaptureQueriesContext(connection) as ten:
            client.get(reverse("commitments:index"))

        assert len(ten) <= len(two)

    def test_updates_show_commitment_period_and_declared_figure(self):
        screen = self.listed(self.world.north_editor, "updates").content.decode()

        assert "1.1 Datos del norte" in screen
        assert "1 de agosto de 2023 – 30 de noviembre de 2023" in screen
        assert "37\xa0%" in screen

    def test_reports_and_sessions_are_listed_for_the_state_team_only(self):
        ReportPageFactory(parent=self.world.plan, number=1, title="Informe parcial 1")
        SessionPageFactory(title="Cuarta sesión")

        assert self.titles(self.world.state_editor, "reports") == ["Informe parcial 1"]
        assert self.titles(self.world.state_editor, "sessions") == ["Cuarta sesión"]
        assert self.titles(self.world.north_editor, "reports") == []

    def test_the_menu_links_to_the_listings(self):
        screen = signed_in(self.world.state_editor).get(reverse("wagtailadmin_home")).content.decode()

        for name in ("commitments", "updates", "reports", "sessions"):
            assert reverse(f"{name}:index") in screen
