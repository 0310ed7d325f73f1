"""The guard below the views: no write makes content public without another user's approval."""

import datetime

import pytest
from django.core import serializers
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from abierto.approval.ledger.imports import current_import, imported
from abierto.approval.models import Approval, ApprovalKind
from abierto.registry.models import Institution
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentAction
from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.approval.newsroom import (
    approve,
    approved_revision,
    draft_update,
    expect_refusal,
    fresh,
    ledger,
    newsroom,
    submit,
)
from tests.factories import published
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]


@pytest.fixture
@built_once
def page():
    return published(factories.StandardPageFactory(title="Pública"))


def title_of(page: Page) -> str:
    return Page.objects.values_list("title", flat=True).get(pk=page.pk)


# --- Writing -------------------------------------------------------------------------------------------


def test_a_live_page_cannot_be_changed_by_save(page):
    page.title = "Otra cosa"

    with expect_refusal():
        page.save()

    assert title_of(page) == "Pública"


def test_saving_a_live_page_unchanged_is_allowed(page):
    page.save()
    assert ledger(page) == ["import"]


def test_the_base_page_class_cannot_change_a_live_page(page):
    plain = Page.objects.get(pk=page.pk)
    plain.title = "Otra cosa"

    with expect_refusal():
        plain.save()

    assert title_of(page) == "Pública"


def test_update_fields_does_not_bypass_the_guard(page):
    page.summary = "Otra cosa"

    with expect_refusal():
        page.save(update_fields=["summary"])


def test_update_fields_live_does_not_publish_a_draft():
    draft = factories.StandardPageFactory(title="Aprobada")
    with imported("Primera versión"):
        revision = draft.save_revision()
        revision.publish()
    draft = fresh(draft)
    draft.unpublish()
    draft = fresh(draft)
    draft.title = "Nadie la vio"
    draft.save()
    approved = revision.as_object()
    approved.live = True

    with expect_refusal():
        approved.save(update_fields=["live"])

    assert not fresh(draft).live


def test_a_page_cannot_be_created_live():
    with expect_refusal():
        factories.home().add_child(instance=StandardPage(title="Nueva", live=True))


def test_bulk_writes_cannot_change_public_content(page):
    pages = StandardPage.objects.filter(pk=page.pk)

    with expect_refusal():
        pages.update(summary="Otra cosa")
    with expect_refusal():
        StandardPage.objects.bulk_update([page], ["summary"])
    pages.update(locked=False)

    assert fresh(page).summary == ""


def test_bulk_writes_cannot_publish():
    draft = factories.StandardPageFactory()

    with expect_refusal():
        StandardPage.objects.filter(pk=draft.pk).update(live=True)
    with expect_refusal():
        Institution.objects.bulk_create([Institution(name="Nueva", kind="autonomous", live=True)])


def test_inline_rows_cannot_be_written_or_deleted_without_their_page():
    commitment = published(factories.CommitmentPageFactory(actions=2))
    action = CommitmentAction.objects.filter(page=commitment).first()
    action.title = "Otra"

    with expect_refusal():
        action.save()
    with expect_refusal():
        action.delete()
    with expect_refusal():
        CommitmentAction.objects.filter(page=commitment).delete()
    with expect_refusal():
        CommitmentAction.objects.create(page=commitment, number=3, title="Nueva")

    assert CommitmentAction.objects.filter(page=commitment).count() == 2
    assert not CommitmentAction.objects.filter(title="Otra").exists()


def test_update_fields_with_inline_rows_only_is_refused():
    commitment = published(factories.CommitmentPageFactory(actions=2))
    commitment.actions = []

    with expect_refusal():
        commitment.save(update_fields=["actions"])


def test_inline_rows_of_a_draft_can_be_written_and_are_deleted_with_it():
    draft = factories.CommitmentPageFactory(actions=2)
    CommitmentAction.objects.filter(page=draft).first().delete()
    public = published(factories.CommitmentPageFactory(parent=draft.get_parent(), actions=1))

    public.delete()

    assert CommitmentAction.objects.count() == 1
    assert ledger(public) == ["import", "withdrawn"]


def test_fixtures_cannot_publish(page):
    other = factories.StandardPageFactory(title="De un archivo")
    other.live = True
    text = serializers.serialize("json", [other])

    with expect_refusal():
        for item in serializers.deserialize("json", text):
            item.save()


# --- Publishing ----------------------------------------------------------------------------------------


def test_an_unapproved_revision_cannot_be_published(page):
    page.title = "Otra cosa"
    revision = page.save_revision()

    with expect_refusal():
        revision.publish()

    assert title_of(page) == "Pública"


def test_an_older_approved_version_cannot_be_republished():
    room = newsroom()
    update = draft_update(room)
    first = approved_revision(update, room.editor, room.reviewer)
    again = fresh(update)
    again.narrative = "<p>Corrección</p>"
    approved_revision(again, room.editor, room.reviewer)

    with expect_refusal():
        first.publish()

    assert "Corrección" in fresh(update).narrative


def test_a_withdrawn_version_cannot_be_republished():
    room = newsroom()
    update = draft_update(room)
    revision = approved_revision(update, room.editor, room.reviewer)
    fresh(update).unpublish()

    with expect_refusal():
        revision.publish()

    assert ledger(update) == ["review", "withdrawn"]


def test_a_scheduled_date_needs_an_approval_and_keeps_it():
    room = newsroom()
    update = draft_update(room)
    update.go_live_at = timezone.now() + datetime.timedelta(days=1)
    unapproved = update.save_revision(user=room.editor)
    with expect_refusal():
        unapproved.publish()
    unapproved.approved_go_live_at = update.go_live_at
    with expect_refusal():
        unapproved.save()

    approve(submit(update, room.editor), room.reviewer)
    assert not fresh(update).live
    revision = fresh(update).scheduled_revision
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now())
    with expect_refusal():
        early = revision.as_object()
        early.live = True
        early.save()
    assert Approval.covers_revision(revision)


def test_publish_scheduled_publishes_approved_revisions(monkeypatch):
    room = newsroom()
    update = draft_update(room)
    later = timezone.now() + datetime.timedelta(days=1)
    update.go_live_at = later
    approve(submit(update, room.editor), room.reviewer)

    monkeypatch.setattr(timezone, "now", lambda: later + datetime.timedelta(minutes=1))
    call_command("publish_scheduled")

    assert fresh(update).live
    assert ledger(update) == ["review"]


def test_expiry_is_recorded_as_a_withdrawal_with_its_reason(monkeypatch):
    room = newsroom()
    update = draft_update(room)
    later = timezone.now() + datetime.timedelta(days=1)
    update.expire_at = later
    approve(submit(update, room.editor), room.reviewer)

    monkeypatch.setattr(timezone, "now", lambda: later + datetime.timedelta(minutes=1))
    call_command("publish_scheduled")

    assert not fresh(update).live
    assert Approval.latest(update).comment == "Caducó en la fecha prevista."


# --- Copies, aliases, moves, privacy -------------------------------------------------------------------


def test_copies_are_drafts(page):
    copy = page.copy(update_attrs={"title": "Copia", "slug": "copia"}, recursive=True)

    assert not copy.live


def test_aliases_in_one_language_are_refused(page):
    draft = factories.StandardPageFactory()

    for source in (page, draft):
        with expect_refusal():
            source.create_alias(update_slug="alias")


def test_an_alias_in_another_language_shows_the_approved_content():
    room = newsroom()
    english = Locale.objects.create(language_code="en")
    page = published(factories.StandardPageFactory(title="Quiénes somos"))
    alias = page.copy_for_translation(english, copy_parents=True, alias=True)
    page = fresh(page)
    page.title = "Quiénes somos ahora"

    approve(submit(page, room.editor), room.reviewer)

    alias = fresh(alias)
    assert alias.live
    assert alias.title == "Quiénes somos ahora"
    assert ledger(alias) == ["inherited", "inherited"]
    assert Approval.latest(alias).approver == room.reviewer


def test_a_public_page_does_not_become_an_alias():
    english = Locale.objects.create(language_code="en")
    page = published(factories.StandardPageFactory())
    translation = published(page.copy_for_translation(english, copy_parents=True))

    for row in (Page.objects.get(pk=translation.pk), fresh(translation)):
        row.alias_of_id = page.pk
        with expect_refusal():
            row.save(update_fields=["alias_of_id"], clean=False)


def test_a_public_page_cannot_be_moved(page):
    other = published(factories.StandardPageFactory(title="Otra"))
    folder = factories.PlanIndexPageFactory()
    page.slug = "otra-direccion"

    with expect_refusal():
        fresh(page).move(folder, "last-child")
    with expect_refusal():
        page.save()
    fresh(other).move(fresh(page), "left")

    assert fresh(page).url_path == "/inicio/publica/"
    assert fresh(other).path < fresh(page).path


def test_a_draft_can_be_moved():
    draft = factories.CommitmentPageFactory()
    axis = factories.AxisPageFactory()

    draft.move(axis, "last-child")

    assert fresh(draft).get_parent().pk == axis.pk


def test_no_user_opens_the_privacy_of_a_public_page(page):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")

    with expect_refusal():
        restriction.delete()
    restriction.restriction_type = "password"
    with expect_refusal():
        restriction.save()
    page.delete()

    assert not PageViewRestriction.objects.exists()


# --- Imports -------------------------------------------------------------------------------------------


def test_an_import_records_its_reason_and_user():
    by = factories.UserFactory()
    with imported("Del documento publicado", by=by):
        page = factories.home().add_child(instance=StandardPage(title="Importada", live=True))
        page.save_revision(changed=False, clean=False)

    row = Approval.latest(page)

    assert (row.kind, row.comment, row.approver) == (ApprovalKind.IMPORT, "Del documento publicado", by)
    assert ledger(page) == ["import"]


def test_an_import_without_reason_is_refused():
    with pytest.raises(ValueError, match="reason"), imported("  "):
        pass


def test_a_failed_import_is_no_longer_current(page):
    with pytest.raises(KeyError), imported("Se interrumpe"):
        raise KeyError
    page.title = "Otra cosa"

    assert current_import() is None
    with expect_refusal():
        page.save()


def test_an_import_adds_one_row_for_each_version():
    page = published(factories.CommitmentPageFactory(actions=2))

    with imported("Otra vez lo mismo"):
        CommitmentPage.objects.get(pk=page.pk).save()
    assert ledger(page) == ["import"]

    again = published(page)
    assert ledger(page) == ["import", "import"]
    assert Approval.latest(page).revision_number == again.live_revision_id


# --- Unpublishing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "may"), [("editor", False), ("reviewer", True), ("administrator", True), ("superuser", True)]
)
def test_reviewers_and_administrators_may_unpublish(client, who, may):
    room = newsroom()
    published(room.home)
    page = published(factories.StandardPageFactory(title="Se retira"))
    client.force_login(getattr(room, who))

    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {"motivo": "Tiene un error"})

    assert fresh(page).live is not may
    if may:
        assert Approval.latest(page).approver == getattr(room, who)
