"""Requests that may change pages run one at a time, atomically, and without repeated side effects."""

import datetime
import io

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail.backends import locmem
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import get_resolver, resolve, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page

from abierto.approval.concurrency.serialized_writes import (
    UNLOCKED_VIEWS,
    buffer_body,
    needs_tree_lock,
    rewind_upload,
)
from abierto.approval.concurrency.tree_lock import is_transient, run_with_tree_lock, tree_lock
from abierto.approval.mail_backends import AfterCommitMixin
from abierto.settings import environment
from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.approval.newsroom import person

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]

LOCKED = OperationalError("database is locked")


@pytest.fixture
def chief(transactional_db):
    """A superuser, on a site with a home page."""
    factories.home()
    client = Client()
    client.force_login(person("jefa", is_superuser=True, is_staff=True, email="jefa@example.org"))
    return client


def new_page(client: Client, **more):
    """Submit the form that creates a standard page."""
    form = {
        "title": "Nueva",
        "slug": "nueva",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **more,
    }
    address = reverse("wagtailadmin_pages:add", args=["pages", "standardpage", factories.home().pk])
    return client.post(address, form)


# --- Requests that take the lock -----------------------------------------------------------------------


def takes_lock(method: str, address: str, user) -> bool:
    request = getattr(RequestFactory(), method)(address)
    request.resolver_match, request.user = resolve(address), user
    return needs_tree_lock(request)


@pytest.mark.django_db
def test_every_write_to_the_admin_takes_the_lock_unless_it_touches_no_page():
    user = person("editora")
    edit = reverse("wagtailadmin_pages:edit", args=[1])

    assert takes_lock("post", edit, user)
    assert takes_lock("delete", reverse("wagtailadmin_pages:delete", args=[1]), user)
    assert takes_lock("post", reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]), user)
    assert takes_lock("post", reverse("approval:review", args=[1]), user)
    assert takes_lock("post", reverse("wagtail_localize:submit_page_translation", args=[1]), user)
    assert not takes_lock("get", edit, user)
    assert not takes_lock("post", reverse("wagtailadmin_account"), user)
    assert not takes_lock("post", reverse("search:results"), user)


def test_every_exempt_url_name_still_exists():
    names = {name for name in UNLOCKED_VIEWS if not known(name)}

    assert names == set()


def known(name: str) -> bool:
    """Check whether some URL of the portal has this name, whatever its arguments."""
    resolver = get_resolver()
    for part in name.split(":")[:-1]:
        resolver = resolver.namespace_dict[part][1]
    return bool(resolver.reverse_dict.getlist(name.split(":")[-1]))


# --- The lock ------------------------------------------------------------------------------------------


def test_sqlite_takes_its_lock_when_a_transaction_begins(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///x.sqlite3")

    assert environment.database()["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_the_lock_is_taken_first_and_released_with_the_transaction(transactional_db):
    statements = []
    note = lambda execute, sql, *rest: (statements.append(sql), execute(sql, *rest))[1]  # noqa: E731
    with connection.execute_wrapper(note), tree_lock():
        held = is_held()
        Page.objects.count()

    assert held
    assert not is_held()
    if connection.vendor == "postgresql":
        assert "pg_advisory_xact_lock" in statements[0]


def is_held() -> bool:
    """Check whether this connection holds the lock: a row in PostgreSQL, or a transaction in SQLite."""
    if connection.vendor != "postgresql":
        return connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        return cursor.fetchone()[0] == 1


def test_a_lock_failure_is_tried_three_times_at_most(transactional_db):
    tries = []

    def unlucky() -> None:
        tries.append(1)
        raise LOCKED

    with pytest.raises(OperationalError):
        run_with_tree_lock(unlucky)
    assert len(tries) == 3


def test_other_failures_are_not_retried(transactional_db):
    tries = []

    def broken() -> None:
        tries.append(1)
        raise OperationalError("no such table: pages")

    with pytest.raises(OperationalError):
        run_with_tree_lock(broken)
    assert len(tries) == 1


def test_a_deadlock_caught_by_a_task_is_still_retried():
    deadlock = OperationalError("deadlock detected")
    deadlock.__cause__ = type("DeadlockDetected", (Exception,), {"sqlstate": "40P01"})()
    broken = transaction.TransactionManagementError("An error occurred in the current transaction.")
    broken.__cause__ = deadlock

    assert is_transient(broken)
    assert is_transient(IntegrityError("UNIQUE constraint failed: wagtailcore_page.path"))
    assert not is_transient(transaction.TransactionManagementError("Cannot be used here."))


# --- Retries -------------------------------------------------------------------------------------------


class OnceAfterCommit(AfterCommitMixin, locmem.EmailBackend):
    """An e-mail backend that stores messages after the commit."""


def send(subject: str) -> None:
    """Send an e-mail as Wagtail does, within the transaction."""
    OnceAfterCommit().send_messages([mail.EmailMessage(subject, "", to=["a@example.org"])])


def test_a_retried_request_leaves_one_page_one_message_and_one_email(chief, monkeypatch):
    unlucky = [True]

    def fail_once(request, page) -> None:
        send("Nueva página")
        if unlucky:
            unlucky.clear()
            raise LOCKED

    with hooks.register_temporarily("after_create_page", fail_once):
        response = new_page(chief)

    assert response.status_code == 302
    assert not unlucky
    assert StandardPage.objects.filter(title="Nueva").count() == 1
    assert [letter.subject for letter in mail.outbox] == ["Nueva página"]
    screen = chief.get(response.url)
    assert len(list(screen.context["messages"])) == 1


def test_a_lock_timeout_shows_a_message_and_changes_nothing(chief):
    def fail(request, page) -> None:
        raise LOCKED

    with hooks.register_temporarily("after_create_page", fail):
        response = new_page(chief)

    assert response.status_code == 503
    assert "Muchas personas guardan a la vez" in response.content.decode()
    assert not StandardPage.objects.filter(title="Nueva").exists()


def test_a_retry_reads_an_open_upload_from_its_beginning():
    file = SimpleUploadedFile("acta.pdf", b"%PDF-1.7")
    file.read()

    assert rewind_upload(file)
    assert file.read() == b"%PDF-1.7"
    file.close()
    assert not rewind_upload(file)


def test_a_form_that_is_put_can_be_read_again():
    """The API views read its stream; a second attempt, after a busy database, reads it again."""
    fields = encode_multipart(BOUNDARY, {"value": "What it is"})
    request = RequestFactory().put("/admin/", fields, content_type=MULTIPART_CONTENT)

    buffer_body(request)

    assert request.read() == request.body == fields


def test_a_refusing_response_rolls_back(chief):
    def refuse(request, page) -> HttpResponse:
        return HttpResponse(status=400)

    with hooks.register_temporarily("after_create_page", refuse):
        assert new_page(chief).status_code == 400
    assert not StandardPage.objects.filter(title="Nueva").exists()


def test_permission_denied_in_the_view_rolls_back(chief):
    def deny(request, page) -> None:
        raise PermissionDenied

    with hooks.register_temporarily("after_create_page", deny):
        assert new_page(chief).url == reverse("wagtailadmin_home")
    assert not StandardPage.objects.filter(title="Nueva").exists()


def test_emails_of_a_rolled_back_request_are_not_sent(transactional_db):
    with transaction.atomic():
        send("No pasó")
        transaction.set_rollback(True)
    assert mail.outbox == []

    send("Sí pasó")
    assert len(mail.outbox) == 1


# --- Commands ------------------------------------------------------------------------------------------


def test_a_failed_scheduled_date_does_not_stop_the_others(transactional_db, monkeypatch):
    soon = timezone.now() + datetime.timedelta(hours=1)
    expiring = factories.published(factories.StandardPageFactory(title="Caduca", expire_at=soon))
    unapproved = factories.StandardPageFactory(title="Sin aprobar")
    revision = unapproved.save_revision()
    # As if written directly into the table: the guard refuses it at its date.
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now())
    output = io.StringIO()
    monkeypatch.setattr(timezone, "now", lambda: soon + datetime.timedelta(hours=1))

    with pytest.raises(CommandError, match="1 fechas"):
        call_command("publish_scheduled", stderr=output)

    assert not StandardPage.objects.get(pk=expiring.pk).live
    assert not StandardPage.objects.get(pk=unapproved.pk).live
    assert "Sin aprobar" in output.getvalue()
