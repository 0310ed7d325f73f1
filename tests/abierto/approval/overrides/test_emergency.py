"""Emergency publication: by a named user, with a reason, reported to all reviewers and shown on the page."""

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext

from abierto.approval.errors import ContentChanged, NotAllowed, ReviewRefused
from abierto.approval.ledger.audit import find_unapproved
from abierto.approval.ledger.trace import find_live_decision, load_live_decision
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.overrides.emergency import may_publish_in_emergency, publish_in_emergency
from abierto.approval.review.decisions import build_token
from pages.history.trace import build_steps, read_decisions
from tests import factories
from tests.abierto.approval.newsroom import approve, draft_update, fresh, ledger, newsroom, person, submit
from tests.factories import published
from tests.security.newsdesk import town_hall
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WHY = "hay alerta por inundación"


@pytest.fixture
def room():
    room = newsroom()
    room.reviewer.email = "revisora@example.org"
    room.reviewer.save()
    room.administrator.post = "Titular de la administración"
    room.administrator.save()
    return room


@pytest.fixture
@built_once
def page(room):
    page = published(factories.StandardPageFactory(title="Avisos"))
    page.title = "Avisos de hoy"
    page.save_revision(user=room.editor)
    return fresh(page)


def publish(page, user, reason=WHY):
    return publish_in_emergency(page, user, build_token(page.get_latest_revision()), reason)


def test_the_page_is_public_at_once_with_its_own_kind_of_decision(
    room, page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        row = publish(page, room.administrator)

    live = fresh(page)
    assert (live.title, live.live_revision_id) == ("Avisos de hoy", row.revision_number)
    assert (row.kind, row.approver, row.comment) == (ApprovalKind.EMERGENCY, room.administrator, WHY)
    assert row.authors == [room.editor.pk]
    assert "revisora@example.org" in [letter.to[0] for letter in mail.outbox]
    assert WHY in mail.outbox[0].body
    assert list(find_unapproved()) == []


def test_the_public_page_shows_the_emergency_until_a_review(client, room, page):
    publish(page, room.administrator)

    html = client.get(page.get_url()).content.decode()
    assert f"Publicado de emergencia por {room.administrator.post}, porque {WHY}" in html
    assert room.administrator.get_full_name() not in html
    live = fresh(page)
    live.title = "Avisos de ayer"
    approve(submit(live, room.editor), room.reviewer)

    assert "Publicado de emergencia" not in client.get(page.get_url()).content.decode()
    live = fresh(page)
    assert load_live_decision(live).kind == ApprovalKind.REVIEW
    assert load_live_decision(live) == find_live_decision(live, Approval.objects.of(live))
    assert ledger(page) == ["import", "emergency", "review"]


def test_other_pages_show_no_emergency(client, room):
    page = published(factories.StandardPageFactory(title="Normal"))

    assert "emergencia" not in client.get(page.get_url()).content.decode()


@pytest.mark.parametrize("who", ["editor", "reviewer", "both"])
def test_other_users_may_not_publish_in_emergency(room, page, who):
    with pytest.raises(NotAllowed), transaction.atomic():
        publish(page, getattr(room, who))

    assert fresh(page).title == "Avisos"
    assert not may_publish_in_emergency(page, getattr(room, who))


def test_a_space_administrator_may_not_publish_in_emergency(page):
    with pytest.raises(NotAllowed), transaction.atomic():
        publish(page, person("presidencia", town_hall().administrators))


def test_an_unconfirmed_account_may_not_publish_in_emergency(room, page):
    """The page would show the name of an account that several people may use."""
    with LogContext(user=room.superuser):
        second = person("segunda", room.space.administrators)

    with pytest.raises(NotAllowed):
        publish(page, second)
    assert fresh(page).title == "Avisos"


def test_a_reason_is_needed(room, page):
    with pytest.raises(ReviewRefused, match="motivo"), transaction.atomic():
        publish(page, room.administrator, reason=" \n")
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.record(page, ApprovalKind.EMERGENCY, sha="x", approver=room.administrator)

    assert ledger(page) == ["import"]


def test_only_the_version_on_screen_is_published(room, page):
    token = build_token(page.get_latest_revision())
    page.title = "Otra cosa"
    page.save_revision(user=room.editor)

    with pytest.raises(ContentChanged), transaction.atomic():
        publish_in_emergency(fresh(page), room.administrator, token, WHY)

    assert fresh(page).title == "Avisos"


def test_a_scheduled_version_waits_for_its_date(room, page):
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    page.save_revision(user=room.editor)

    with pytest.raises(ReviewRefused, match="fecha futura"), transaction.atomic():
        publish(fresh(page), room.administrator)


def test_a_page_without_changes_is_refused(room):
    page = published(factories.StandardPageFactory(title="Igual"))

    with pytest.raises(ReviewRefused, match="nada nuevo"), transaction.atomic():
        publish(page, room.administrator)


def test_an_error_while_publishing_is_shown_and_rolled_back(room):
    update = draft_update(room)
    update.period_end = update.period_start.replace(year=2000)
    update.save_revision(user=room.editor, clean=False)

    with pytest.raises(ReviewRefused), transaction.atomic():
        publish(fresh(update), room.administrator)

    assert ledger(update) == []


def test_its_authors_remain_authors_until_a_review(room, page):
    publish(page, room.administrator)
    live = fresh(page)
    live.title = "Avisos de ayer"
    state = submit(live, room.both)

    with pytest.raises(ReviewRefused), transaction.atomic():
        approve(state, room.both)
    room.editor.groups.add(room.space.reviewers)
    with pytest.raises(ReviewRefused), transaction.atomic():
        approve(state, room.editor)


def test_the_trace_of_an_update_shows_emergency_and_withdrawal(room):
    update = draft_update(room)
    update.save_revision(user=room.editor)
    publish(fresh(update), room.administrator)
    live = fresh(update)
    Approval.record(live, ApprovalKind.WITHDRAWN, sha="x", approver=room.reviewer, comment="Cifra equivocada")

    steps = build_steps(live, read_decisions([live])[live.pk])

    assert [step.event for step in steps] == ["Se retiró:", "Reportó", "Publicó de emergencia, sin revisión:"]
    assert [step.note for step in steps][::2] == ["Cifra equivocada", WHY]


# --- Through the admin ---------------------------------------------------------------------------------


def test_the_screen_shows_what_changes_and_publishes_it(client, room, page):
    client.force_login(room.administrator)
    address = reverse("approval_emergency", args=[page.pk])

    shown = client.get(address).content.decode()
    token = build_token(page.get_latest_revision())
    client.post(address, {"token": token, "reason": WHY})

    assert token in shown
    assert "Si lo publicas" in shown
    assert fresh(page).title == "Avisos de hoy"


def test_a_missing_reason_is_shown_on_screen(client, room, page):
    client.force_login(room.administrator)
    token = build_token(page.get_latest_revision())

    answer = client.post(reverse("approval_emergency", args=[page.pk]), {"token": token, "reason": ""})

    assert "Escribe el motivo" in answer.content.decode()
    assert fresh(page).title == "Avisos"


def test_only_permitted_users_see_the_button(client, room, page):
    address, screen = reverse("wagtailadmin_pages:edit", args=[page.pk]), f"emergencia/{page.pk}/"
    client.force_login(room.administrator)
    assert screen in client.get(address).content.decode()

    client.force_login(room.editor)
    assert screen not in client.get(address).content.decode()
    assert client.get(reverse("approval_emergency", args=[page.pk])).status_code == 302
