"""Stable short URLs and calendar files."""

import datetime

import pytest
from django.test import TestCase
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from abierto.approval.ledger.imports import imported
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    PlanPageFactory,
    SessionPageFactory,
    published,
)
from tests.language.translating import english

pytestmark = pytest.mark.slow


class ShortAddressTests(TestCase):
    def setUp(self):
        self.plan = PlanPageFactory(slug="pal-2022-2024")
        self.axis = AxisPageFactory(parent=self.plan)

    def test_a_short_url_redirects_to_its_commitment(self):
        commitment = published(CommitmentPageFactory(parent=self.axis, code="1.1"))

        response = self.client.get("/compromiso/pal-2022-2024/1.1/")

        self.assertRedirects(response, commitment.url, fetch_redirect_response=False)

    def test_the_same_code_in_another_plan_is_another_commitment(self):
        published(CommitmentPageFactory(parent=self.axis, code="1.1"))
        older = AxisPageFactory(parent=PlanPageFactory(slug="pal-2019-2021"))
        commitment = published(CommitmentPageFactory(parent=older, code="1.1", title="Otro"))

        response = self.client.get("/compromiso/pal-2019-2021/1.1/")

        self.assertRedirects(response, commitment.url, fetch_redirect_response=False)

    def test_a_private_plan_does_not_hide_the_public_plan_with_its_slug(self):
        commitment = published(CommitmentPageFactory(parent=self.axis, code="1.1"))
        with imported("Una traducción de una prueba"):
            translation = published(self.plan).copy_for_translation(english(), copy_parents=True)
        translation.slug = self.plan.slug
        translation = published(translation)
        PageViewRestriction.objects.create(page=translation, restriction_type="login")

        response = self.client.get("/en/compromiso/pal-2022-2024/1.1/")

        self.assertEqual(response.status_code, 302)
        self.assertTrue(response.url.endswith(commitment.url), response.url)

    def test_drafts_private_pages_and_invalid_codes_are_404s(self):
        published(self.axis)
        CommitmentPageFactory(parent=self.axis, code="1.2")
        private = published(CommitmentPageFactory(parent=self.axis, code="1.3"))
        with imported("Página de una prueba"):
            PageViewRestriction.objects.create(page=private, restriction_type="login")

        for code in ("1.2", "1.3", "9.9", "..%2f..", "%00", "é" * 300):
            with self.subTest(code):
                assert self.client.get(f"/compromiso/pal-2022-2024/{code}/").status_code == 404


class SessionCalendarTests(TestCase):
    def test_a_session_is_exported_to_icalendar(self):
        start = datetime.datetime(2023, 12, 4, 17, tzinfo=datetime.UTC)
        session = published(
            SessionPageFactory(title="Cuarta sesión; 2023", starts_at=start, place="León, Gto.")
        )

        response = self.client.get(f"/sesiones/{session.pk}.ics")

        event = Calendar.from_ical(response.content).events[0]
        assert response["Content-Type"].startswith("text/calendar")
        assert (str(event["summary"]), event.start, str(event["location"])) == (
            "Cuarta sesión; 2023",
            start,
            "León, Gto.",
        )

    def test_the_file_has_nothing_that_the_session_does_not_say(self):
        session = SessionPageFactory(
            slug="sesión-4", place="", starts_at=datetime.datetime(2023, 12, 4, 17, tzinfo=datetime.UTC)
        )
        published(session)

        response = self.client.get(f"/sesiones/{session.pk}.ics")

        event = Calendar.from_ical(response.content).events[0]
        assert str(event["uid"]) == str(session.translation_key)
        assert not {"DTEND", "LOCATION", "DESCRIPTION"} & set(event)
        expected = "attachment; filename*=utf-8''sesi%C3%B3n-4.ics"
        assert response["Content-Disposition"] == expected

    def test_a_draft_session_is_not_exported(self):
        session = SessionPageFactory()

        assert self.client.get(f"/sesiones/{session.pk}.ics").status_code == 404
        assert self.client.get("/sesiones/999999999999999999999999.ics").status_code == 404
