"""The ledger only grows; the trace reads it; the audit compares it with what is public."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.db.models import ProtectedError
from wagtail.models import Page, Site

from abierto.editorial.checks import check_four_eyes, check_model
from abierto.editorial.ledger.audit import unapproved_live
from abierto.editorial.ledger.trace import public_trace
from abierto.editorial.models import Approval, Kind, TraceSettings
from tests import factories
from tests.abierto.editorial.nets import without_net
from tests.abierto.editorial.newsroom import approve, draft_update, fresh, newsroom, submit
from tests.factories import published

pytestmark = pytest.mark.django_db


def test_rows_are_never_changed_nor_removed():
    page = published(factories.StandardPageFactory())
    row = Approval.latest(page)
    row.comment = "Otro motivo"

    for attempt in (
        row.save,
        row.delete,
        Approval.objects.all().delete,
        lambda: Approval.objects.update(comment="Otro"),
        lambda: Approval.objects.bulk_update([row], ["comment"]),
    ):
        with pytest.raises(PermissionDenied):
            attempt()

    assert Approval.latest(page).comment == "Página de una prueba"


def test_who_decided_stays_known():
    room = newsroom()
    approve(submit(draft_update(room), room.editor), room.reviewer)

    with pytest.raises(ProtectedError):
        room.reviewer.delete()


def test_the_trace_tells_who_and_when(django_assert_max_num_queries):
    room = newsroom()
    room.reviewer.post = "Contraloría social"
    room.reviewer.save()
    update = draft_update(room)
    approve(submit(update, room.editor), room.reviewer, comment="Coincide.")
    live = fresh(update)
    live.unpublish()

    TraceSettings.objects.create(site=Site.objects.get(), by_post=False)

    with django_assert_max_num_queries(1):
        withdrawn, reviewed = public_trace(live)

    assert withdrawn.kind == Kind.WITHDRAWN
    assert reviewed.reporter == room.editor.public_name
    assert reviewed.approver.endswith(", Contraloría social")
    assert (reviewed.comment, reviewed.label) == ("Coincide.", "aprobado por otra persona")
    assert reviewed.on.date() == reviewed.on.now(tz=reviewed.on.tzinfo).date()


def test_the_audit_is_clean_after_imports_and_reviews():
    room = newsroom()
    approve(submit(draft_update(room), room.editor), room.reviewer)

    assert list(unapproved_live()) == []


def test_the_audit_finds_what_was_written_past_the_guard():
    page = published(factories.CommitmentPageFactory(actions=1))
    other = published(factories.StandardPageFactory())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pages_commitmentaction SET title = 'A mano'")
        cursor.execute("UPDATE wagtailcore_page SET title = 'A mano' WHERE id = %s", [other.pk])

    assert {found.pk for found in unapproved_live()} == {page.pk, other.pk}


def test_the_audit_finds_what_came_back_without_approval():
    page = published(factories.StandardPageFactory())
    page.unpublish()
    with without_net():
        Page.objects.filter(pk=page.pk).update(live=True)

    assert [found.pk for found in unapproved_live()] == [page.pk]


def test_every_page_type_of_ours_is_guarded():
    assert check_four_eyes() == []


def test_a_page_type_without_the_guard_is_an_error():
    class Loose(Page):
        class Meta:
            app_label = "pages"
            abstract = True

    assert [error.id for error in check_model(Loose)] == ["editorial.E001"]
    assert [error.id for error in check_model(models.Model)] == []
