"""The database triggers refuse writes that bypassed Python."""

import datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import Page

from abierto.approval.guard.triggers import installation
from abierto.approval.guard.triggers.base import TriggerTables
from abierto.approval.ledger.audit import find_unapproved
from abierto.approval.models import Approval
from abierto.operations.integrity import run_checks
from search.promotions.models import PromotedResult
from tests import factories
from tests.abierto.approval.newsroom import approve, draft_update, fresh, ledger, newsroom, submit
from tests.abierto.approval.unguarded import without_net
from tests.factories import published
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]


PAGE_TRIGGER = "approval_guard_wagtailcore_page_update"


def execute(statement: str, *values: object) -> None:
    """Execute raw SQL."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def assert_refused_by_database(statement: str, *values: object) -> None:
    """Expect the database to refuse a statement."""
    with pytest.raises(IntegrityError, match="approval:"), transaction.atomic():
        execute(statement, *values)


def drop_trigger(trigger: str) -> None:
    """Drop one trigger."""
    on_table = " ON wagtailcore_page" if connection.vendor == "postgresql" else ""
    execute(f'DROP TRIGGER "{trigger}"{on_table}')


@pytest.fixture
@built_once
def page():
    return published(factories.StandardPageFactory(title="Pública"))


def test_raw_sql_cannot_publish_a_draft():
    draft = factories.StandardPageFactory()

    assert_refused_by_database("UPDATE wagtailcore_page SET live = %s WHERE id = %s", True, draft.pk)

    assert not fresh(draft).live


def test_a_bulk_update_of_the_base_class_cannot_publish_a_draft():
    draft = factories.StandardPageFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=draft.pk).update(live=True)

    assert not fresh(draft).live


def test_a_copied_row_cannot_be_inserted_live(page):
    names = [field.column for field in Page._meta.local_concrete_fields if not field.primary_key]
    fixed = {"path": "'00019999'", "translation_key": "'0123456789abcdef0123456789abcdef'"}
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(fixed.get(name, f'"{name}"') for name in names)

    assert_refused_by_database(
        f"INSERT INTO wagtailcore_page ({columns}) SELECT {values} FROM wagtailcore_page WHERE id = %s",
        page.pk,
    )


def test_a_withdrawn_page_cannot_be_set_live(page):
    page.unpublish()

    assert_refused_by_database("UPDATE wagtailcore_page SET live = %s WHERE id = %s", True, page.pk)


def test_another_version_than_the_approved_one_is_refused(page):
    unread = page.save_revision()

    assert_refused_by_database(
        "UPDATE wagtailcore_page SET live_revision_id = %s WHERE id = %s", unread.pk, page.pk
    )


def test_an_approval_for_a_later_date_does_not_allow_live_now():
    room = newsroom()
    update = draft_update(room)
    update.go_live_at = timezone.now() + datetime.timedelta(days=2)
    approve(submit(update, room.editor), room.reviewer)

    assert_refused_by_database("UPDATE wagtailcore_page SET live = %s WHERE id = %s", True, update.pk)

    assert ledger(update) == ["review"]


def test_a_promoted_result_has_the_trigger(page):
    room = newsroom()
    promoted = PromotedResult.objects.create(words="agua", page=page, space=room.space, live=False)

    assert_refused_by_database("UPDATE search_promotedresult SET live = %s WHERE id = %s", True, promoted.pk)


def test_a_registry_row_has_the_trigger():
    row = factories.InstitutionFactory(live=False)
    withdrawn = factories.PersonFactory()
    withdrawn.unpublish()

    assert_refused_by_database("UPDATE registry_institution SET live = %s WHERE id = %s", True, row.pk)
    assert_refused_by_database("UPDATE registry_person SET live = %s WHERE id = %s", True, withdrawn.pk)


def test_every_table_with_drafts_has_the_triggers():
    assert {table.name for table in installation.guarded_tables()} == {
        "wagtailcore_page",
        "registry_declaredfigure",
        "registry_glossaryterm",
        "registry_institution",
        "registry_listedstep",
        "registry_municipality",
        "registry_officialcontact",
        "registry_person",
        "registry_seat",
        "registry_secretariat",
        "registry_steplist",
        "search_promotedresult",
    }
    assert installation.find_missing() == []


def test_withdrawing_and_deleting_need_no_decision(page):
    execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", False, page.pk)
    other = published(factories.CommitmentPageFactory(actions=1))
    other.delete()

    assert not fresh(page).live
    assert ledger(other) == ["import", "withdrawn"]


def test_deleting_a_revision_leaves_the_page_live(page):
    page.live_revision.delete()

    assert fresh(page).live
    assert fresh(page).live_revision_id is None


def test_an_import_adds_the_ledger_row_before_the_live_row(page):
    assert ledger(page) == ["import"]
    assert Approval.latest(page).revision_number == page.live_revision_id


# --- The ledger itself ---------------------------------------------------------------------------------


def test_ledger_rows_cannot_be_updated(page):
    assert_refused_by_database("UPDATE approval_approval SET comment = %s", "Otro motivo")
    assert_refused_by_database("UPDATE approval_approval SET kind = %s", "review")

    assert Approval.latest(page).comment == "Página de una prueba"


def test_ledger_rows_cannot_be_deleted(page):
    assert_refused_by_database("DELETE FROM approval_approval")

    assert ledger(page) == ["import"]


def test_ledger_rows_cannot_be_replaced(page):
    row = Approval.latest(page)
    columns = [field.column for field in Approval._meta.local_concrete_fields]
    values = ", ".join("'falso'" if name == "sha" else f'"{name}"' for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    taken = f"INTO approval_approval ({names}) SELECT {values} FROM approval_approval WHERE id = %s"

    with pytest.raises(IntegrityError), transaction.atomic():
        execute(f"INSERT OR REPLACE {taken}" if connection.vendor == "sqlite" else f"INSERT {taken}", row.pk)

    assert Approval.latest(page).sha == row.sha


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL truncates")
def test_the_ledger_cannot_be_truncated():
    assert_refused_by_database("TRUNCATE approval_approval CASCADE")


# --- Installation --------------------------------------------------------------------------------------


def test_integrity_reports_a_missing_trigger():
    assert run_checks(["triggers"])["triggers"] == []
    drop_trigger(PAGE_TRIGGER)

    assert [PAGE_TRIGGER in finding.message for finding in run_checks(["triggers"])["triggers"]] == [True]
    installation.install_triggers()


def test_migrate_installs_missing_triggers():
    drop_trigger(PAGE_TRIGGER)
    assert installation.find_missing() == [PAGE_TRIGGER]

    call_command("migrate", "approval", verbosity=0)

    assert installation.find_missing() == []


def test_a_table_can_still_be_rebuilt():
    """SQLite refuses to rename a table while a trigger names a missing table."""
    installation.drop_before_migrate(plan=[])
    assert installation.find_missing() == []

    installation.drop_before_migrate(plan=[("a migration", False)])
    left = installation.find_installed(connection)
    installation.install_triggers()

    assert bool(left) == (connection.vendor == "postgresql")


def test_a_column_used_by_a_trigger_can_still_be_dropped():
    """PostgreSQL refuses to drop a column while a trigger depends on it."""
    installation.drop_before_migrate(plan=[("a migration", True)])
    left = installation.find_installed(connection)
    installation.install_triggers()

    assert left == set()
    assert installation.find_missing() == []


def test_the_audit_reports_a_live_version_without_a_decision(page):
    unread = page.save_revision()
    with without_net():
        execute("UPDATE wagtailcore_page SET live_revision_id = %s WHERE id = %s", unread.pk, page.pk)

    found = list(find_unapproved())

    assert [(found_object.pk, found_object.live_revision) for found_object in found] == [(page.pk, unread.pk)]


def test_unmigrated_tables_get_no_triggers(monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", lambda: ["wagtailcore_page"])

    assert installation.find_present_tables(connection) == TriggerTables((), ())
