"""What may be personal data is public only if a named person confirmed it with a reason."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from abierto.approval.confirmations import services
from abierto.approval.confirmations.responses import iter_repeated
from abierto.approval.confirmations.scanned_version import ScannedVersion
from abierto.approval.confirmations.warnings import find_unconfirmed, find_warnings
from abierto.approval.errors import InvalidVersion, ReviewRefused, UnconfirmedWarnings
from abierto.approval.ledger.audit import find_tampered_rows
from abierto.approval.ledger.hashing import content_hash
from abierto.approval.ledger.imports import imported
from abierto.approval.models import WarningConfirmation
from abierto.approval.overrides.emergency import publish_in_emergency
from abierto.approval.review.decisions import build_token
from abierto.bundles.models import Bundle
from abierto.bundles.services import submit_bundle
from abierto.privacy.findings import PersonalDataKind
from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.approval.newsroom import Newsroom, approve, fresh, ledger, newsroom
from tests.abierto.approval.review.validating import ROADS, SOON, expect_invalid
from tests.security.newsdesk import Desk, staged_newsroom

PLATE = "El vehículo de placas GSX-48-21 sirve de biblioteca."
SENTENCE = "Confirma con un motivo que «GSX-…» (placas de un vehículo)"
REASON = "Son las placas del vehículo oficial."

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def room() -> Newsroom:
    return newsroom()


def page_with(room: Newsroom, **fields: Any) -> StandardPage:
    page = factories.StandardPageFactory(parent=room.home, owner=room.editor)
    for name, value in ({"summary": PLATE} | fields).items():
        setattr(page, name, value)
    factories.complete(page)
    return page


def confirm(revision: Revision, room: Newsroom) -> None:
    services.confirm_all(revision.as_object(), REASON, room.editor)


# --- Every route ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_version_with_an_unconfirmed_warning_does_not_become_public(room, road):
    page = page_with(room)
    revision = page.save_revision(user=room.editor)

    with pytest.raises((InvalidVersion, ReviewRefused, UnconfirmedWarnings)) as refused, transaction.atomic():
        road(revision, room)

    assert SENTENCE in str(refused.value)
    now = fresh(page)
    assert (now.live, now.current_workflow_state, ledger(page)) == (False, None, [])


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_confirmed_version_is_published(room, road):
    page = page_with(room)
    revision = page.save_revision(user=room.editor)
    confirm(revision, room)

    road(revision, room)

    now = fresh(page)
    assert now.live or now.current_workflow_state or revision.approved_go_live_at


@pytest.mark.parametrize("date", [None, SOON])
def test_bundle_asks_and_is_confirmed_with_its_date(room, date):
    page = page_with(room)
    page.save_revision(user=room.editor)
    when = timezone.now() + date if date else None
    with pytest.raises(UnconfirmedWarnings) as refused, transaction.atomic():
        submit_bundle(Bundle(name="Enero", go_live_at=when), [page], room.editor)
    reasons = {warning.fingerprint: REASON for warning in refused.value.warnings}

    with services.offer_confirmations(reasons):
        submit_bundle(Bundle(name="Enero", go_live_at=when), [page], room.editor)

    state = fresh(page).current_workflow_task_state
    assert WarningConfirmation.objects.get().sha == content_hash(state.revision)


def test_import_is_confirmed_by_its_person_with_another_reason_than_its_own(room):
    page = page_with(room)
    revision = page.save_revision(user=room.editor)
    with pytest.raises(ValueError, match="named person"), imported("Del documento", confirmation=REASON):
        pass

    with imported("Del documento", by=room.editor, confirmation=REASON):
        revision.publish()

    assert fresh(page).live
    row = WarningConfirmation.objects.get()
    assert (row.reason, row.confirmed_by, row.kind) == (REASON, room.editor, PersonalDataKind.PLATE)


# --- One content ---------------------------------------------------------------------------------------


def test_another_text_needs_a_new_confirmation_and_the_earlier_reason_is_offered(room):
    page = page_with(room)
    confirm(page.save_revision(user=room.editor), room)
    page.title = "Otro título"
    revision = page.save_revision(user=room.editor)

    [warning] = find_unconfirmed(ScannedVersion(revision.as_object()))
    with pytest.raises(UnconfirmedWarnings):
        page.get_workflow().start(page, room.editor)

    assert services.find_earlier_reasons([warning]) == {warning.fingerprint: REASON}
    assert services.find_earlier_reasons(find_warnings(ScannedVersion(page_with(room)))) == {}


def test_warning_added_after_the_review_began_is_not_approved(room):
    page = page_with(room, summary="Una biblioteca.")
    page.save_revision(user=room.editor)
    page.get_workflow().start(page, room.editor)
    state = fresh(page).current_workflow_task_state
    content = state.revision.content | {"summary": PLATE}
    Revision.objects.filter(pk=state.revision_id).update(content=content)

    with expect_invalid(SENTENCE):
        approve(fresh(page).current_workflow_task_state, room.reviewer)

    assert not fresh(page).live


def test_reason_must_be_visible(room):
    page = page_with(room)
    revision = page.save_revision(user=room.editor)

    services.confirm_all(revision.as_object(), " ​ ", room.editor)

    assert not WarningConfirmation.objects.exists()


def test_contacts_of_an_office_in_their_own_fields_need_no_confirmation(room):
    row = factories.InstitutionFactory(
        transparency_phone="473 123 4567", transparency_address="Calle Mina número 4, Centro", live=False
    )

    assert find_warnings(ScannedVersion(row)) == []


def test_context_shows_no_other_finding():
    text = "La quejosa María del Refugio Hernández Ríos, placas GSX-48-21."
    page = StandardPage(pk=1, title="x", summary=text)

    person, plate = find_warnings(ScannedVersion(page))

    assert (person.excerpt, plate.excerpt) == ("Marí…", "GSX-…")
    assert "Hernández" not in plate.before
    assert "48-21" not in person.after


def test_rows_are_chained_and_append_only(room):
    page = page_with(room)
    confirm(page.save_revision(user=room.editor), room)

    assert list(find_tampered_rows()) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        WarningConfirmation._base_manager.all()._raw_delete("default")


# --- The screens ---------------------------------------------------------------------------------------


@pytest.fixture
def desk() -> Desk:
    place = staged_newsroom()
    return place.desk(place.room.editor)


def send(desk: Desk, summary: str, **extra: Any) -> Any:
    return desk.edit(desk.draft, title="Biblioteca", summary=summary, **{"action-submit": "1"}, **extra)


def test_one_screen_and_one_reason_confirm_all_warnings(desk):
    answer = send(desk, f"{PLATE} Padece diabetes la quejosa Ana López Ríos.")
    assert answer.status_code == 409
    listed = answer.context["listed"]
    assert len(listed) > 1
    assert not WarningConfirmation.objects.exists()

    form = dict(answer.context["repeated"])
    findings = [item.warning.fingerprint for item in listed]
    empty = desk.client.post(
        answer.wsgi_request.path, {**form, "confirm-warnings": "1", "confirm-finding": findings}
    )
    assert "Escribe un motivo para cada aviso" in empty.content.decode()

    own = {f"confirm-reason-{findings[0]}": "Otro motivo"}
    confirmed = {"confirm-warnings": "1", "confirm-finding": findings, "confirm-reason": REASON, **own}
    answer = desk.client.post(answer.wsgi_request.path, {**form, **confirmed})

    assert answer.status_code == 302
    page = fresh(desk.draft)
    assert page.current_workflow_task_state is not None
    rows = WarningConfirmation.objects.all()
    assert {row.sha for row in rows} == {content_hash(page.current_workflow_task_state.revision)}
    assert sorted(row.reason for row in rows) == sorted(["Otro motivo", *[REASON] * (len(listed) - 1)])
    history = desk.client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Otro motivo" in history


def test_back_to_the_form_keeps_the_text(desk):
    answer = send(desk, PLATE)
    form = dict(answer.context["repeated"])

    answer = desk.client.post(answer.wsgi_request.path, {**form, "confirm-back": "1"})

    form = answer.context["form"]
    assert form["summary"].value() == PLATE
    assert SENTENCE in form.errors["summary"][0]
    assert fresh(desk.draft).latest_revision is None


def test_reviewer_reads_the_reason_beside_the_finding_on_the_page_and_in_the_modal(desk):
    answer = send(desk, PLATE)
    form, [item] = dict(answer.context["repeated"]), answer.context["listed"]
    confirmed = {
        "confirm-warnings": "1",
        "confirm-finding": item.warning.fingerprint,
        "confirm-reason": REASON,
    }
    desk.client.post(answer.wsgi_request.path, {**form, **confirmed})
    state = fresh(desk.draft).current_workflow_task_state
    desk.client.force_login(desk.room.reviewer)

    body = desk.client.get(reverse("approval:review", args=[state.pk])).content.decode()

    modal = reverse("wagtailadmin_pages:workflow_action", args=[desk.draft.pk, "approve", state.pk])
    for html in (body, desk.client.get(modal).json()["html"]):
        assert "Avisos de datos personales" in html
        assert REASON in html
        assert desk.room.editor.public_name in html
    approve(state, desk.room.reviewer)
    assert fresh(desk.draft).live


def test_form_is_sent_again_without_its_token_and_its_own_fields(rf):
    request = rf.post("/", {"title": ["a", "b"], "csrfmiddlewaretoken": "x", "confirm-reason": "y"})

    assert list(iter_repeated(request)) == [("title", "a"), ("title", "b")]


def test_emergency_is_confirmed_by_the_person_who_publishes(desk):
    page = desk.draft
    page.summary = PLATE
    revision = page.save_revision(user=desk.room.editor)
    with pytest.raises(UnconfirmedWarnings) as refused, transaction.atomic():
        publish_in_emergency(fresh(page), desk.room.administrator, build_token(revision), "Urge")

    reasons = {warning.fingerprint: REASON for warning in refused.value.warnings}
    with services.offer_confirmations(reasons):
        publish_in_emergency(fresh(page), desk.room.administrator, build_token(revision), "Urge")

    assert fresh(page).live
    assert WarningConfirmation.objects.get().confirmed_by == desk.room.administrator
