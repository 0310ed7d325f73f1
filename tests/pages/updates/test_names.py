"""The name of an update in the administration, where updates of many commitments meet."""

import datetime

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from abierto.dashboard.queries import find_own_drafts
from abierto.dashboard.views import draft_name
from pages.core.formatting import short_period
from tests.factories import ProgressUpdatePageFactory
from tests.pages.admin.worlds import posted

NAME = "1.1 Datos del norte · ago.–nov. 2023"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ((2023, 12), (2024, 3), "dic. 2023–mar. 2024"),
        ((2023, 8), (2023, 11), "ago.–nov. 2023"),
        ((2024, 3), (2024, 3), "mar. 2024"),
    ],
)
def test_a_period_in_short(start, end, text):
    with translation.override("es-mx"):
        assert short_period(datetime.date(*start, 1), datetime.date(*end, 28)) == text


@pytest.mark.django_db
def test_an_update_is_named_by_commitment_and_period_with_its_public_title_unchanged(draft):
    assert draft.get_admin_display_title() == NAME
    assert draft.title == "Reporte de agosto a noviembre de 2023"
    assert draft.latest_revision.object_str == NAME


@pytest.mark.django_db
def test_the_listing_and_the_explorer_name_the_commitment(world, editor, draft):
    for url in (
        reverse("updates:index"),
        reverse("wagtailadmin_explore", args=[world.north.pk]),
        reverse("dashboard:pending"),
    ):
        assert NAME in editor.get(url).content.decode(), url


@pytest.mark.django_db
def test_naming_the_updates_of_the_explorer_costs_no_query_each(world, editor, draft):
    def count_commitment_queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            editor.get(reverse("wagtailadmin_explore", args=[world.north.pk]))
        return sum("pages_commitmentpage" in query["sql"] for query in queries)

    before = count_commitment_queries()
    for month in (1, 2, 3):
        day = datetime.date(2024, month, 1)
        ProgressUpdatePageFactory(parent=world.north, period_start=day, period_end=day)

    assert count_commitment_queries() == before


@pytest.mark.django_db
def test_an_unsent_draft_is_named_by_its_commitment(world, draft):
    assert [draft_name(page) for page in find_own_drafts(world.north_editor)] == [NAME]


@pytest.mark.django_db
def test_the_letter_to_the_reviewer_names_the_commitment(
    world, editor, draft, form, django_capture_on_commit_callbacks
):
    world.north_reviewer.email = "revisa@ejemplo.mx"
    world.north_reviewer.save()
    with django_capture_on_commit_callbacks(execute=True):
        posted(editor, draft, form | {"rows-0-percent": "5", "rows-1-percent": "5"}, "action-submit")

    assert [letter.subject for letter in mail.outbox] == [f"Para revisar: {NAME}"]
