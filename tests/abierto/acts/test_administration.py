"""Change of administration: terms and accounts end, public pages stay, and the next administration begins."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.acts.administration import ADMINISTRATION, find_branches, propose_administration
from abierto.acts.models import AdministrationAct
from abierto.approval.errors import NotAllowed
from abierto.approval.models import Approval, ApprovalKind
from abierto.operations.integrity import run_checks
from abierto.registry.models import AdministrationPeriod, Seat
from abierto.spaces.enums import Role
from abierto.spaces.services import NewAccount
from pages.plans.models import PlanPage
from tests.abierto.acts.deciding import confirm
from tests.abierto.approval.newsroom import approve, submit
from tests.abierto.spaces.agreeing import build_towns, page_of, send
from tests.factories import SeatFactory, SecretariatFactory, published
from tests.pages.admin.worlds import signed_in
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NAME = "Administración 2021-2024"
LAST_DAY = datetime.date(2024, 10, 9)
NEXT = NewAccount("Nora", "Nueva", "nora@example.org", Role.ADMINISTRATOR)


@built_once
def build_ending():
    """Two towns; the first has a public plan, a public page and a secretariat with two seats."""
    room = build_towns()
    town = room.town
    room.plan = published(page_of(town, "plan"))
    room.news = published(page_of(town, "noticias"))
    secretariat = SecretariatFactory(municipality=town.municipality, level="municipal")
    room.seat = SeatFactory(secretariat=secretariat, valid_from=datetime.date(2022, 8, 30))
    room.past = SeatFactory(secretariat=secretariat, valid_until=datetime.date(2023, 1, 1))
    return room


@pytest.fixture
def room():
    return build_ending()


def propose(room, ended_on=LAST_DAY, name=NAME, accounts=(NEXT,), branches=None):
    chosen = [room.plan] if branches is None else branches
    return propose_administration(room.town, name, ended_on, chosen, accounts, room.boss)


@pytest.mark.both_databases
def test_the_administration_changes_end_to_end(room, client):
    plan_url = room.plan.get_url()
    before = Approval.objects.count()

    act = confirm(ADMINISTRATION, propose(room), room.other_boss)

    seat = Seat.objects.get(pk=room.seat.pk)
    assert (seat.valid_until, seat.live) == (LAST_DAY, True)
    assert Seat.objects.get(pk=room.past.pk).valid_until == datetime.date(2023, 1, 1)
    decided = Approval.objects.of(seat).first()
    assert (decided.kind, decided.reporter, decided.approver) == (
        ApprovalKind.REVIEW,
        room.boss,
        room.other_boss,
    )
    for person in (room.town.editor, room.town.reviewer, room.town.boss):
        assert not User.objects.get(pk=person.pk).is_active
    assert User.objects.get(pk=room.neighbour.editor.pk).is_active
    html = client.get(plan_url).content.decode()
    assert f"Esta página es de «{NAME}», que terminó el 9 de octubre de 2024. Se conserva" in " ".join(
        html.split()
    )
    assert f"{room.plan.title} ({NAME})" in html
    assert "que terminó el" not in client.get(room.news.get_url()).content.decode()
    nora = User.objects.get(email="nora@example.org")
    assert nora.groups.get() == room.town.holder.administrators
    letters = [letter for letter in mail.outbox if letter.to == ["nora@example.org"]]
    assert "contrasena/nueva" in letters[0].body
    new = PlanPage.objects.child_of(room.plan.get_parent()).exclude(pk=room.plan.pk).get()
    assert (new.slug, new.live) == ("plan-2024", False)
    assert act.applied_at is not None
    assert Approval.objects.count() > before
    assert not any(run_checks(["approvals", "records", "ledger", "versions", "aliases"]).values())


def decisions_shown(client, page) -> str:
    """Return the text of the decisions in the public history of a page."""
    html = client.get(reverse("pages:history", args=[page.pk])).content.decode()
    return " ".join(strip_tags(html).partition("Decisiones (")[2].split())


def test_the_history_of_what_it_published_stays(room, client):
    for user, post in ((room.town.editor, "Enlace de planeación"), (room.town.reviewer, "Contralora")):
        User.objects.filter(pk=user.pk).update(post=post)
    plan = PlanPage.objects.get(pk=room.plan.pk)
    plan.objective = "Abrir las cuentas."
    approve(submit(plan, room.town.editor), room.town.reviewer)
    before = decisions_shown(client, plan)
    assert "Enlace de planeación" in before
    assert "Contralora" in before

    confirm(ADMINISTRATION, propose(room), room.other_boss)

    assert decisions_shown(client, plan) == before
    assert Approval.covers(PlanPage.objects.get(pk=room.plan.pk))


def test_the_act_is_applied_after_the_last_day_only(room):
    today = timezone.localdate()
    act = confirm(ADMINISTRATION, propose(room, today + datetime.timedelta(days=3)), room.other_boss)

    assert User.objects.get(pk=room.town.editor.pk).is_active
    assert not AdministrationPeriod.objects.exists()
    call_command("publish_scheduled", verbosity=0)
    assert User.objects.get(pk=room.town.editor.pk).is_active
    page = send(room.town)

    AdministrationAct.objects.filter(pk=act.pk).update(ended_on=today - datetime.timedelta(days=1))
    call_command("publish_scheduled", verbosity=0)

    assert not User.objects.get(pk=room.town.editor.pk).is_active
    assert AdministrationPeriod.objects.get().ended_on == today - datetime.timedelta(days=1)
    page.refresh_from_db()
    assert page.workflow_state.status == "cancelled"
    call_command("publish_scheduled", verbosity=0)
    assert AdministrationPeriod.objects.count() == 1


def refused(room, sentence, **values):
    people = User.objects.filter(is_active=True).count()
    with pytest.raises(NotAllowed, match=sentence):
        confirm(ADMINISTRATION, propose(room, **values), room.other_boss)
    assert User.objects.filter(is_active=True).count() == people
    assert not AdministrationPeriod.objects.exists()
    assert Seat.objects.get(pk=room.seat.pk).valid_until is None


def test_an_act_waits_for_open_reviews(room):
    act = propose(room)
    send(room.town, title="Obras en la plaza")

    refused(room, "Ya hay una propuesta abierta")
    with pytest.raises(NotAllowed, match="Hay cosas en revisión: «Obras en la plaza»"):
        confirm(ADMINISTRATION, act, room.other_boss)
    assert User.objects.get(pk=room.town.editor.pk).is_active


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"ended_on": datetime.date(2022, 8, 1)}, "empieza el 30 de agosto de 2022"),
        ({"accounts": ()}, "quién administrará"),
        ({"accounts": (NewAccount("Eva", "", "eva@example.org", Role.EDITOR),)}, "quién administrará"),
        ({"accounts": (NewAccount("J", "", "jefa@example.org", Role.ADMINISTRATOR),)}, "jefa@example.org"),
        ({"name": " \u200b"}, "."),
    ],
)
def test_an_invalid_act_is_refused(room, values, sentence):
    refused(room, sentence, **values)


def test_pages_of_others_are_not_archived(room):
    refused(room, "no es del micrositio", branches=[page_of(room.neighbour, "plan")])


def test_an_administration_does_not_end_before_the_last_that_ended(room):
    AdministrationPeriod.objects.create(
        municipality=room.town.municipality, name="Otra", ended_on=datetime.date(2024, 12, 1)
    )

    with pytest.raises(NotAllowed, match="terminó ese día o después"):
        propose(room)


def test_one_failure_rolls_everything_back(room, monkeypatch):
    act = propose(room)
    monkeypatch.setattr(
        "abierto.acts.administration.invite", lambda *args: (_ for _ in ()).throw(NotAllowed("No se pudo."))
    )

    with pytest.raises(NotAllowed, match="No se pudo"):
        confirm(ADMINISTRATION, act, room.other_boss)

    assert User.objects.get(pk=room.town.editor.pk).is_active
    assert Seat.objects.get(pk=room.seat.pk).valid_until is None
    assert AdministrationAct.objects.get().status == "open"


def test_it_is_proposed_on_screen(room):
    client = signed_in(room.boss)
    address = client.post(reverse("acts:town"), {"town": room.town.pk}).headers["Location"]
    shown = client.get(address)
    assert "Coroneo" in shown.context["page_subtitle"]
    form = shown.context["form"]
    assert form["branches"].initial == [room.plan.pk]
    rows = {"accounts-TOTAL_FORMS": "1", "accounts-INITIAL_FORMS": "0"}
    person = {"first_name": "Nora", "last_name": "", "email": "nora@example.org", "role": "administrator"}
    sent = {"name": NAME, "ended_on": "09/10/2024", "branches": [room.plan.pk], **rows}
    sent |= {f"accounts-0-{name}": value for name, value in person.items()}

    without = client.post(address, {**sent, "accounts-0-role": "editor"}).content.decode()
    assert "Escribe quién administrará" in without
    assert client.post(address, {**sent, "ended_on": "ayer"}).context["form"].errors["ended_on"]
    page = client.post(address, sent, follow=True).content.decode()

    assert "Propusiste: Cambio de administración de Coroneo" in page
    assert "Siguen públicas, con el nombre de su administración" in page
    assert signed_in(room.town.boss).get(address).status_code == 404
    assert find_branches(room.town).filter(pk=room.news.pk).exists()
    assert Page.objects.filter(pk=room.news.pk, live=True).exists()
