"""A microsite is suspended by two people of the state: its people read, and every page says why."""

import datetime

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import Page

from abierto.acts.models import SuspensionAct
from abierto.acts.services import build_token, confirm_act, withdraw_act
from abierto.acts.suspension import SUSPENSION, propose_suspension
from abierto.approval.errors import NotAllowed
from abierto.approval.guard.suspension import Suspended
from abierto.approval.ledger.imports import imported
from abierto.approval.models import Approval, ApprovalKind
from abierto.operations.integrity import run_checks
from abierto.registry.models import Institution
from abierto.tenancy.models import Space
from pages.standard.models import StandardPage
from tests.abierto.approval.newsroom import approve
from tests.abierto.spaces.agreeing import agree, build_towns, page_of, send
from tests.factories import published
from tests.pages.admin.worlds import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

REASON = "El ayuntamiento lo pidió mientras corrige sus datos."
ACTS, SUSPEND = reverse("acts:list"), reverse("acts:suspension")


@pytest.fixture
def room():
    return build_towns()


def suspend(room, **changed):
    act = propose_suspension(room.town.holder, REASON, room.boss, **changed)
    confirm_act(SUSPENSION, act.pk, build_token(SUSPENSION, act), room.other_boss)
    for person in (room.town.editor, room.town.reviewer, room.town.boss):
        person.__dict__.pop("_abierto_spaces", None)
    room.town.holder.refresh_from_db()
    return act


# --- The act ---------------------------------------------------------------------------------------------


def test_two_people_suspend_on_screen_and_every_page_says_so(room, client):
    signed_in(room.boss).post(
        SUSPEND, {"space": room.town.holder.pk, "is_lifted": "no", "reason": REASON}, follow=True
    )
    act = SuspensionAct.objects.get()
    sent = {"kind": "suspension", "act": act.pk, "token": build_token(SUSPENSION, act), "confirm": ""}
    assert "La confirma otra persona" in signed_in(room.boss).post(ACTS, sent, follow=True).content.decode()
    assert (
        "leías"
        in signed_in(room.other_boss).post(ACTS, {**sent, "token": "otro"}, follow=True).content.decode()
    )
    assert Space.objects.get(pk=room.town.holder.pk).suspended_on is None

    page = signed_in(room.other_boss).post(ACTS, sent, follow=True).content.decode()

    assert "Confirmado: Suspender" in page
    root = Page.objects.get(space_root__space=room.town.holder)
    below = published(page_of(room.town))
    for url in (root.get_url(), below.get_url()):
        html = client.get(url).content.decode()
        assert "Este micrositio está suspendido desde el" in html
        assert REASON in html
    other = Page.objects.get(space_root__space=room.neighbour.holder)
    assert "suspendido" not in client.get(other.get_url()).content.decode()
    row = Approval.objects.of(room.town.holder).get()
    assert (row.kind, row.reporter, row.approver) == (ApprovalKind.DIRECT, room.boss, room.other_boss)


def test_it_is_lifted_the_same_way(room, client):
    suspend(room)
    suspend(room, is_lifted=True)

    assert room.town.holder.suspended_on is None
    root = Page.objects.get(space_root__space=room.town.holder)
    assert "suspendido" not in client.get(root.get_url()).content.decode()
    assert page_of(room.town).save_revision(user=room.town.editor)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": " \u200b "}, "Escribe el motivo"),
        ({"is_lifted": True}, "no está suspendido"),
        ({"reason": "Llama al CURP GODE561231HGTRRN09."}, "CURP"),
    ],
)
def test_an_invalid_act_is_refused(room, changed, sentence):
    values = {"reason": REASON, **changed}

    with pytest.raises(NotAllowed, match=sentence):
        propose_suspension(room.town.holder, values.pop("reason"), room.boss, **values)

    assert not SuspensionAct.objects.exists()


def test_only_microsites_are_suspended_once_and_by_the_state(room):
    with pytest.raises(NotAllowed, match="Solo se suspende"):
        propose_suspension(room.space, REASON, room.boss)
    with pytest.raises(NotAllowed):
        propose_suspension(room.town.holder, REASON, room.town.boss)
    act = propose_suspension(room.town.holder, REASON, room.boss)
    with pytest.raises(NotAllowed, match="Ya hay una propuesta"):
        propose_suspension(room.town.holder, REASON, room.other_boss)
    withdraw_act(SUSPENSION, act.pk, room.other_boss)
    suspend(room)
    with pytest.raises(NotAllowed, match="está suspendido desde"):
        propose_suspension(room.town.holder, REASON, room.boss)


def test_the_screens_are_those_of_the_administrators_of_the_state(room):
    for address in (ACTS, SUSPEND):
        assert signed_in(room.town.boss).get(address).status_code == 404
        assert signed_in(room.boss).get(address).status_code == 200


# --- Read-only, on every route ---------------------------------------------------------------------------


def test_its_people_save_submit_move_and_delete_nothing(room):
    page, town = page_of(room.town), room.town
    suspend(room)

    with pytest.raises(Suspended):
        page.save_revision(user=town.editor)
    with pytest.raises(Suspended):
        send(town)
    with LogContext(user=town.editor):
        new = StandardPage(title="Otra", slug="otra", live=False, owner=town.editor)
        for write in (
            lambda: page.get_parent().add_child(instance=new),
            page.save,
            page.delete,
            lambda: page.move(page.get_parent(), pos="first-child"),
            lambda: Institution(name="Nueva", kind="executive", space=town.holder, live=False).save(),
        ):
            with pytest.raises(Suspended, match="solo se lee"), transaction.atomic():
                write()
    for right in ("can_edit", "can_delete", "can_add_subpage", "can_unpublish", "can_move"):
        assert not getattr(page.permissions_for_user(town.editor), right)(), right
        assert not getattr(page.permissions_for_user(town.boss), right)(), right


def test_nothing_is_approved_by_its_people_nor_published_on_a_date(room):
    state = send(room.town)
    suspend(room)

    with pytest.raises(Suspended):
        approve(state, room.town.reviewer)
    page = page_of(room.town)
    with pytest.raises(Suspended):
        page.get_latest_revision().publish()
    assert not Page.objects.get(pk=page.pk).live


def test_a_neighbour_who_reviews_approves_nothing(room):
    agree(room)
    state = send(room.town)
    suspend(room)

    with pytest.raises(Suspended):
        approve(state, room.neighbour.reviewer)


def test_the_forms_of_the_admin_are_closed_and_its_screens_open(room):
    suspend(room)
    client = signed_in(room.town.boss)

    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    for name in ("spaces:team", "spaces:town_row", "wagtailimages:add", "wagtaildocs:add"):
        answer = client.post(reverse(name), {})
        assert answer.status_code == 409, name
        assert REASON in answer.content.decode()


def test_the_state_still_writes_and_withdraws(room):
    suspend(room)
    page = page_of(room.town)
    page.title = "Corregido"

    revision = page.save_revision(user=room.boss)
    with imported("Corrección del Estado.", by=room.boss):
        revision.publish()

    assert Page.objects.get(pk=page.pk).live
    assert page.permissions_for_user(room.boss).can_edit()


def test_no_agreement_is_made_with_a_suspended_town(room):
    suspend(room)

    with pytest.raises(NotAllowed, match="suspendido"):
        agree(room)


def test_a_suspension_written_outside_the_application_is_found(room):
    suspend(room)
    assert not run_checks(["records"])["records"]
    Space.objects.filter(pk=room.town.holder.pk).update(
        suspended_on=timezone.localdate() - datetime.timedelta(days=9)
    )

    assert [finding.message for finding in run_checks(["records"])["records"]]
