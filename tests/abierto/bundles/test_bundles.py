"""Bundles are reviewed and published as a whole."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from abierto.approval.errors import ContentChanged, ReviewRefused
from abierto.approval.models import Approval, SubmissionNote
from abierto.approval.models.task import create_review_workflow
from abierto.approval.review.decisions import build_token
from abierto.bundles.models import Bundle, BundleStatus
from abierto.bundles.queries import load_items
from abierto.bundles.services import (
    approve_bundle,
    resubmit_bundle,
    return_bundle,
    submit_bundle,
    withdraw_bundle,
)
from abierto.dashboard.queries import annotate_details, find_waiting_reviews
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from pages.updates.models import ProgressUpdatePage
from tests import factories
from tests.abierto.approval.newsroom import approve as approve_alone
from tests.abierto.approval.newsroom import draft_update, fresh, ledger, newsroom, person
from tests.factories import published
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SOON = datetime.timedelta(days=3)


@built_once
def staffed():
    """Open a newsroom with drafts of a quarter: an update, a report and a changed public page."""
    room = newsroom()
    plan = room.commitment.get_parent().get_parent().specific
    report = factories.complete(factories.ReportPageFactory(parent=plan, owner=room.editor))
    public = published(factories.StandardPageFactory(parent=room.home, title="Cómo vamos"))
    public.title = "Cómo vamos en marzo"
    room.pages = [draft_update(room), report, public]
    for page in room.pages:
        page.save_revision(user=room.editor)
    return room


@pytest.fixture
def room():
    return staffed()


def sent(room, **fields) -> Bundle:
    return submit_bundle(
        Bundle(name="Enero a marzo", note="Todo sale de las minutas.", **fields), room.pages, room.editor
    )


def tokens(bundle: Bundle) -> dict[int, str]:
    return {
        item.pk: build_token(item.workflow_state.current_task_state.revision) for item in load_items(bundle)
    }


def are_public(room) -> list[bool]:
    """Check whether each page shows the version of the bundle."""
    return [fresh(page).live and fresh(page).title == page.title for page in room.pages]


def overlap_its_period(room) -> None:
    """Use the period of the bundle's update for another, so that it cannot be published."""
    later = {"period_start": datetime.date(2024, 1, 1), "period_end": datetime.date(2024, 2, 1)}
    other = factories.ProgressUpdatePageFactory(parent=room.commitment, title="Otro", **later)
    mine = room.pages[0]
    ProgressUpdatePage.objects.filter(pk=other.pk).update(
        period_start=mine.period_start, period_end=mine.period_end
    )


def approve_refused(bundle, user, given, match):
    """Expect a refusal without changes."""
    before = list(Approval.objects.values_list("pk", flat=True))
    with pytest.raises(ReviewRefused, match=match) as raised:
        approve_bundle(bundle, user, given, "")
    bundle.refresh_from_db()
    assert list(Approval.objects.values_list("pk", flat=True)) == before
    return raised.value


@pytest.mark.both_databases
def test_all_pages_are_approved_and_published_at_once(room):
    bundle = sent(room)

    approve_bundle(bundle, room.reviewer, tokens(bundle), "Coincide.")

    bundle.refresh_from_db()
    assert are_public(room) == [True, True, True]
    assert (bundle.status, bundle.decided_by, bundle.comment) == (
        BundleStatus.DONE,
        room.reviewer,
        "Coincide.",
    )
    for page in room.pages:
        row = Approval.latest(fresh(page))
        assert row.revision_number == fresh(page).live_revision_id
        assert (row.kind, row.approver, row.comment) == ("review", room.reviewer, "Coincide.")
    assert SubmissionNote.objects.count() == 3


@pytest.mark.both_databases
def test_a_failing_page_publishes_nothing_and_is_named(room):
    bundle = sent(room)
    wrong = room.pages[0]
    overlap_its_period(room)

    refusal = approve_refused(bundle, room.reviewer, tokens(bundle), "Del paquete no cambió nada")

    assert f"«{wrong.get_admin_display_title()}»" in refusal.sentence
    assert are_public(room) == [False, False, False]
    assert bundle.status == BundleStatus.SENT
    assert all(item.workflow_state.status == "in_progress" for item in load_items(bundle))


def test_a_changed_page_refuses_the_approval(room):
    bundle = sent(room)
    given = tokens(bundle)
    given[load_items(bundle)[1].pk] = "0:nada:"

    refusal = approve_refused(bundle, room.reviewer, given, "cambió")

    assert isinstance(refusal, ContentChanged)
    assert are_public(room) == [False, False, False]


def test_an_edited_page_leaves_the_review_and_the_bundle_is_resubmitted(room):
    bundle = sent(room)
    given = tokens(bundle)
    edited = fresh(room.pages[1]).get_latest_revision_as_object()
    edited.title = "Informe corregido"
    edited.save_revision(user=room.editor)

    approve_refused(bundle, room.reviewer, given, "Ya no está en revisión")
    resubmit_bundle(bundle, room.editor)
    approve_bundle(bundle, room.reviewer, tokens(bundle), "")

    assert fresh(room.pages[1]).title == "Informe corregido"
    assert all(fresh(page).live for page in room.pages)


@pytest.mark.both_databases
def test_nothing_is_approved_twice(room):
    bundle = sent(room)
    given = tokens(bundle)
    approve_bundle(bundle, room.reviewer, given, "")

    approve_refused(bundle, room.both, given, "ya se resolvió")
    with pytest.raises(ReviewRefused, match="ya se resolvió"):
        return_bundle(bundle, room.reviewer, "Tarde.")


def test_a_withdrawn_bundle_is_not_approved(room):
    bundle = sent(room)
    given = tokens(bundle)
    with pytest.raises(ReviewRefused, match="quien lo envió"):
        withdraw_bundle(bundle, room.reviewer)

    withdraw_bundle(bundle, room.editor)

    approve_refused(bundle, room.reviewer, given, "se retiró")
    assert not find_waiting_reviews(room.reviewer).exists()
    assert are_public(room) == [False, False, False]


def test_an_author_of_one_page_cannot_approve_the_bundle(room):
    draft = fresh(room.pages[1]).get_latest_revision_as_object()
    draft.save_revision(user=room.both)
    fresh(room.pages[1]).get_latest_revision_as_object().save_revision(user=room.editor)
    bundle = sent(room)

    refusal = approve_refused(bundle, room.both, tokens(bundle), "otra persona")

    assert room.pages[1].title in refusal.sentence
    assert are_public(room) == [False, False, False]


def test_a_page_of_a_bundle_has_no_decision_of_its_own(room):
    bundle = sent(room)
    state = load_items(bundle)[0].workflow_state.current_task_state

    with pytest.raises(ReviewRefused, match="paquete «Enero a marzo»"):
        approve_alone(state, room.reviewer)

    assert are_public(room) == [False, False, False]


def test_the_queue_links_each_page_to_the_bundle(client, room):
    bundle = sent(room)
    client.force_login(room.reviewer)

    html = client.get(reverse("dashboard:queue")).content.decode()

    assert html.count(f'href="{reverse("bundles:detail", args=[bundle.pk])}"') == 3
    assert {review.bundle_number for review in annotate_details(find_waiting_reviews(room.reviewer))} == {
        bundle.pk
    }


def test_a_returned_bundle_has_the_reason_and_is_resubmitted(room):
    bundle = sent(room)
    with pytest.raises(ReviewRefused, match="qué debe cambiar"):
        return_bundle(bundle, room.reviewer, " ")

    return_bundle(bundle, room.reviewer, "Falta la cifra de febrero.")

    bundle.refresh_from_db()
    assert bundle.status == BundleStatus.RETURNED
    assert not find_waiting_reviews(room.reviewer).exists()
    resubmit_bundle(bundle, room.editor)
    approve_bundle(bundle, room.reviewer, tokens(bundle), "")
    assert are_public(room) == [True, True, True]


def test_two_steps_decide_twice_and_publish_once(room):
    second = person("secretaria", room.space.administrators)
    room.space.workflow = create_review_workflow("Dos pasos", room.space.reviewers, room.space.administrators)
    room.space.save()
    assign_root(room.space, room.home)
    bundle = sent(room)

    approve_bundle(bundle, room.reviewer, tokens(bundle), "")
    bundle.refresh_from_db()
    assert (bundle.status, are_public(room)) == (BundleStatus.SENT, [False, False, False])
    approve_bundle(bundle, second, tokens(bundle), "")

    assert are_public(room) == [True, True, True]
    assert ledger(room.pages[0]) == ["step", "review"]


# --- Refused submissions -------------------------------------------------------------------------------


def test_a_past_date_is_refused_on_submission_and_approval(room):
    with pytest.raises(ReviewRefused, match="ya pasó"):
        sent(room, go_live_at=timezone.now() - SOON)
    assert not Bundle.objects.exists()

    bundle = sent(room, go_live_at=timezone.now() + SOON)
    Bundle.objects.update(go_live_at=timezone.now() - SOON)
    approve_refused(bundle, room.reviewer, tokens(bundle), "ya pasó")
    assert are_public(room) == [False, False, False]


def test_an_empty_bundle_or_a_page_under_review_is_refused(room):
    with pytest.raises(ReviewRefused, match="al menos una"):
        submit_bundle(Bundle(name="Vacío"), [], room.editor)
    room.pages[2].get_workflow().start(room.pages[2], room.editor)

    with pytest.raises(ReviewRefused, match="ya está en revisión"):
        sent(room)

    assert not Bundle.objects.exists()
    assert find_waiting_reviews(room.reviewer).count() == 1


# --- Scheduled bundles ---------------------------------------------------------------------------------


def test_a_scheduled_bundle_is_published_together(room, monkeypatch):
    bundle = sent(room, go_live_at=timezone.now() + SOON)
    approve_bundle(bundle, room.reviewer, tokens(bundle), "")
    bundle.refresh_from_db()
    assert (bundle.status, are_public(room)) == (BundleStatus.DONE, [False, False, False])

    later = timezone.now() + SOON * 2
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("publish_scheduled")

    assert are_public(room) == [True, True, True]


@pytest.mark.both_databases
def test_a_failing_page_on_the_date_publishes_nothing(room, monkeypatch, capsys):
    bundle = sent(room, go_live_at=timezone.now() + SOON)
    approve_bundle(bundle, room.reviewer, tokens(bundle), "")
    overlap_its_period(room)
    later = timezone.now() + SOON * 2
    monkeypatch.setattr(timezone, "now", lambda: later)

    with pytest.raises(CommandError):
        call_command("publish_scheduled")

    assert are_public(room) == [False, False, False]
    assert f"«{room.pages[0].get_admin_display_title()}»" in capsys.readouterr().err


def test_a_removed_page_on_the_date_publishes_nothing(room, monkeypatch, capsys):
    bundle = sent(room, go_live_at=timezone.now() + SOON)
    approve_bundle(bundle, room.reviewer, tokens(bundle), "")
    Revision.objects.filter(object_id=str(room.pages[1].pk)).update(approved_go_live_at=None)
    later = timezone.now() + SOON * 2
    monkeypatch.setattr(timezone, "now", lambda: later)

    with pytest.raises(CommandError):
        call_command("publish_scheduled")

    assert are_public(room) == [False, False, False]
    assert "Ya no está programada" in capsys.readouterr().err


# --- On screen -----------------------------------------------------------------------------------------


def test_a_bundle_is_created_and_approved_on_screen(client, room):
    client.force_login(room.editor)
    form = client.get(reverse("bundles:create")).content.decode()
    data = {"name": "Primer trimestre", "note": "Va.", "pages": [page.pk for page in room.pages]}
    response = client.post(reverse("bundles:create"), data)
    bundle = Bundle.objects.get()
    address = reverse("bundles:detail", args=[bundle.pk])
    client.force_login(room.reviewer)

    screen = client.get(address).content.decode()
    given = {f"token-{number}": token for number, token in tokens(bundle).items()}
    client.post(address, {"action": "approve", "comment": "Bien.", **given})

    assert "Cómo vamos en marzo" in form
    assert response.headers["Location"] == address
    assert all(page.title in screen for page in room.pages)
    assert "Aprobar el paquete" in screen
    assert are_public(room) == [True, True, True]


def test_a_stale_screen_gets_a_409_that_names_the_page(client, room):
    bundle = sent(room)
    client.force_login(room.reviewer)

    response = client.post(reverse("bundles:detail", args=[bundle.pk]), {"action": "approve"})

    assert response.status_code == 409
    assert "Del paquete no cambió nada" in response.content.decode()
    assert are_public(room) == [False, False, False]


def test_a_past_date_is_shown_on_the_form(client, room):
    client.force_login(room.editor)
    data = {"name": "Tarde", "pages": [room.pages[0].pk], "go_live_at": "2020-01-01 10:00"}

    html = client.post(reverse("bundles:create"), data).content.decode()

    assert "ya pasó" in html
    assert not Bundle.objects.exists()


def test_a_user_of_another_space_gets_a_404(client, room):
    groups = get_or_create_groups("Norte")
    create_space(SpaceKind.INSTITUTION, "Norte", "norte", create_review_workflow("Norte", groups.reviewers))
    neighbour = person("vecina", groups.editors, groups.reviewers)
    bundle = sent(room)
    client.force_login(neighbour)

    assert client.get(reverse("bundles:detail", args=[bundle.pk])).status_code == 404
    assert bundle.name not in client.get(reverse("bundles:list")).content.decode()
    assert "Cómo vamos" not in client.get(reverse("bundles:create")).content.decode()
