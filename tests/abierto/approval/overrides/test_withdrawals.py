"""Withdrawals: one person may withdraw with a reason, and the reviewers are notified at once."""

from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import Page

from abierto.approval.concurrency.deletions import SUMMARY_FIELD, summarize_deletion
from abierto.approval.errors import NotApproved
from abierto.approval.ledger.imports import imported
from abierto.approval.ledger.trace import load_public_trace
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.overrides.withdrawal_reasons import FIELD, LONGEST
from abierto.approval.overrides.withdrawals import load_recent_withdrawals
from abierto.tenancy.provisioning import assign_root
from search.promotions.models import PromotedResult
from tests import factories
from tests.abierto.approval.newsroom import approve, draft_update, fresh, ledger, newsroom, submit
from tests.factories import published
from tests.pages.history.scenario import deleted
from tests.security.newsdesk import town_hall
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WHY = "La cifra está equivocada"


@pytest.fixture
def room():
    room = newsroom()
    room.reviewer.email = "revisora@example.org"
    room.reviewer.save()
    return room


@pytest.fixture
@built_once
def page(room):
    return published(factories.StandardPageFactory(title="Pública"))


@pytest.fixture
def signed_in(client, room):
    client.force_login(room.administrator)
    return client


def last_of(page: Page) -> Approval:
    return Approval.latest(page)


def test_the_reason_is_required_before_the_withdrawal(signed_in, page):
    answer = signed_in.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {"next": "/admin/"})

    html = answer.content.decode()
    assert "¿Por qué se retira?" in html
    assert 'name="next" value="/admin/"' in html
    assert "Escribe el motivo" not in html
    assert fresh(page).live
    assert mail.outbox == []


def test_an_empty_reason_is_refused(signed_in, page):
    answer = signed_in.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {FIELD: "  \n "})

    assert "Escribe el motivo" in answer.content.decode()
    assert fresh(page).live


def test_a_withdrawal_with_a_reason_notifies_the_reviewers(
    signed_in, room, page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {FIELD: WHY})

    row, letter = last_of(page), mail.outbox[0]
    assert not fresh(page).live
    assert (row.kind, row.approver, row.comment, row.title) == (
        ApprovalKind.WITHDRAWN,
        room.administrator,
        WHY,
        "Pública",
    )
    assert [letter.to for letter in mail.outbox] == [["revisora@example.org"]]
    assert "Pública" in letter.subject
    assert WHY in letter.body
    assert room.administrator.public_name in letter.body
    assert load_public_trace(page)[0].comment == WHY
    assert read_link(letter) == reverse("wagtailadmin_home")


def read_link(letter) -> str:
    """Return the path of the only link in an e-mail."""
    (link,) = [line for line in letter.body.splitlines() if line.startswith("http")]
    return urlsplit(link).path


def test_one_email_lists_all_pages_withdrawn_together(signed_in, room, django_capture_on_commit_callbacks):
    plan_page = room.commitment.get_parent().specific
    address = reverse("wagtailadmin_pages:unpublish", args=[plan_page.pk])

    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(address, {FIELD: WHY, "include_descendants": "on"})

    assert not fresh(room.commitment).live
    assert last_of(room.commitment).comment == WHY
    assert len(mail.outbox) == 1
    assert room.commitment.title in mail.outbox[0].body


@pytest.fixture
def editor_with_email(room):
    room.editor.email = "editora@example.org"
    room.editor.save()
    return room.editor


def published_update(room) -> Page:
    update = draft_update(room)
    approve(submit(update, room.editor), room.reviewer)
    mail.outbox.clear()
    return update


def test_the_author_is_notified_with_the_reason_and_a_link(
    signed_in, client, room, editor_with_email, django_capture_on_commit_callbacks
):
    update = published_update(room)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(reverse("wagtailadmin_pages:unpublish", args=[update.pk]), {FIELD: WHY})

    (letter,) = [letter for letter in mail.outbox if letter.to == ["editora@example.org"]]
    assert str(update) in letter.subject
    assert room.administrator.public_name in letter.body
    assert WHY in letter.body
    client.force_login(editor_with_email)
    assert client.get(read_link(letter)).status_code == 200


def test_an_author_who_withdraws_or_reviews_gets_no_second_email(
    client, room, editor_with_email, django_capture_on_commit_callbacks
):
    update = published_update(room)
    room.reviewer.groups.add(room.space.administrators)
    editor_with_email.groups.add(room.space.administrators)
    client.force_login(editor_with_email)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailadmin_pages:unpublish", args=[update.pk]), {FIELD: WHY})

    assert not fresh(update).live
    assert [letter.to for letter in mail.outbox] == [["revisora@example.org"]]


def test_deleting_public_content_requires_a_reason(signed_in, room, page):
    room.administrator.is_superuser = True
    room.administrator.save()
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])

    shown = {SUMMARY_FIELD: summarize_deletion([page])}

    question = signed_in.post(address, shown).content.decode()
    assert "Se borra y deja de ser público" in question
    assert f'name="{SUMMARY_FIELD}" value="{shown[SUMMARY_FIELD]}"' in question
    signed_in.post(address, {**shown, FIELD: WHY})

    assert not Page.objects.filter(pk=page.pk).exists()
    assert (last_of(page).kind, last_of(page).comment, last_of(page).title) == (
        ApprovalKind.WITHDRAWN,
        WHY,
        "Pública",
    )


def test_deleting_a_draft_requires_no_reason(signed_in, room):
    room.administrator.is_superuser = True
    room.administrator.save()
    draft = factories.StandardPageFactory(title="Borrador")

    signed_in.post(
        reverse("wagtailadmin_pages:delete", args=[draft.pk]), {SUMMARY_FIELD: summarize_deletion([draft])}
    )

    assert not Page.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_a_bulk_withdrawal_asks_once(signed_in, room, page, action):
    room.administrator.is_superuser = True
    room.administrator.save()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={page.pk}"

    shown = {SUMMARY_FIELD: summarize_deletion([page])}

    question = signed_in.post(address, shown)
    assert "¿Por qué se retira?" in question.content.decode()
    assert fresh(page).live
    signed_in.post(address, {**shown, FIELD: WHY})

    assert not Page.objects.live().filter(pk=page.pk).exists()
    assert last_of(page).comment == WHY


def test_withdrawing_a_promoted_result_requires_a_reason(signed_in, room, page):
    room.administrator.is_superuser = True
    room.administrator.save()
    row = PromotedResult(words="agua", page=page, space=room.space, live=False)
    row.save()
    with imported("Un destacado de una prueba"):
        row.save_revision().publish()
    address = reverse(PromotedResult.snippet_viewset.get_url_name("unpublish"), args=[row.pk])

    assert "¿Por qué se retira?" in signed_in.post(address).content.decode()
    signed_in.post(address, {FIELD: WHY})

    row.refresh_from_db()
    assert not row.live
    assert Approval.latest(row).comment == WHY


def test_a_view_without_a_reason_cannot_withdraw(room, page):
    with LogContext(user=room.administrator), pytest.raises(NotApproved):
        page.unpublish(user=room.administrator)

    assert fresh(page).live


def test_commands_and_schedules_need_no_reason(page):
    page.unpublish(set_expired=True)

    assert last_of(page).comment == "Caducó en la fecha prevista."
    assert ledger(page) == ["import", "withdrawn"]


def test_a_long_reason_is_truncated(signed_in, page):
    signed_in.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {FIELD: "a" * 5000})

    assert len(last_of(page).comment) == LONGEST


def test_the_dashboard_shows_withdrawals_to_the_reviewers(signed_in, client, room, page):
    signed_in.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {FIELD: WHY})
    client.force_login(room.reviewer)

    assert WHY in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_dashboard_of_other_users_shows_no_withdrawals(signed_in, room, page):
    signed_in.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {FIELD: WHY})
    mayor = factories.UserFactory()
    mayor.groups.add(town_hall().reviewers)

    assert load_recent_withdrawals(mayor) == []
    assert [withdrawal.title for withdrawal in load_recent_withdrawals(room.reviewer)] == ["Pública"]
    assert load_recent_withdrawals(room.reviewer)[0].on <= timezone.now()


def test_the_dashboard_links_the_page_for_users_who_may_open_it(signed_in, room, page):
    signed_in.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {FIELD: WHY})

    assert [withdrawal.page for withdrawal in load_recent_withdrawals(room.editor)] == [
        Page.objects.get(pk=page.pk)
    ]
    assert [withdrawal.page for withdrawal in load_recent_withdrawals(room.reviewer)] == [None]


def test_a_deleted_page_is_shown_with_its_place(room):
    town = town_hall()
    root = published(factories.StandardPageFactory(title="Ayuntamiento", parent=room.home))
    assign_root(town, root)
    mayor = factories.UserFactory()
    mayor.groups.add(town.reviewers)
    deleted_page = published(factories.StandardPageFactory(title="Del ayuntamiento", parent=root))
    deleted(room, deleted_page, WHY)

    assert [withdrawal.title for withdrawal in load_recent_withdrawals(mayor)] == ["Del ayuntamiento"]


def test_the_dashboard_does_not_confuse_a_registry_row_with_a_page_of_the_same_key(signed_in, room, page):
    town = town_hall()
    mayor = factories.UserFactory()
    mayor.groups.add(town.reviewers)
    own = factories.PersonFactory(pk=room.commitment.pk, space=town)
    states = factories.PersonFactory(pk=page.pk)
    for row in (own, states):
        row.refresh_from_db()
        address = reverse(type(row).snippet_viewset.get_url_name("unpublish"), args=[row.pk])
        signed_in.post(address, {FIELD: WHY})

    assert [(withdrawal.title, withdrawal.page) for withdrawal in load_recent_withdrawals(mayor)] == [
        (str(own), None)
    ]
    assert {withdrawal.page for withdrawal in load_recent_withdrawals(room.reviewer)} == {None}
