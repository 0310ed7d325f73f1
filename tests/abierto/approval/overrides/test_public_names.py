"""Public names: the state team chooses names or posts, on record; with posts no name is public."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import Site

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.ledger.public_names import public_approver
from abierto.approval.models import Approval, ApprovalKind, TraceSettings
from abierto.approval.overrides.emergency import publish_in_emergency
from abierto.approval.review.decisions import build_token
from tests import factories
from tests.abierto.approval.newsroom import approve, draft_update, fresh, newsroom, person, submit
from tests.factories import published
from tests.pages.history.scenario import at, change_of, history, reviewed, withdrawn
from tests.security.newsdesk import town_hall

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NAMES = {"editor": "Lucía Reportera", "reviewer": "Ramón Revisor", "administrator": "Aurora Zamudio"}
POSTS = {"editor": "Enlace", "reviewer": "Contraloría", "administrator": "Jefatura"}


def named_room():
    room = newsroom()
    for who, name in NAMES.items():
        account = getattr(room, who)
        account.first_name, _space, account.last_name = name.partition(" ")
        account.post = POSTS[who]
        account.save()
    return room


@pytest.fixture
def room():
    return named_room()


def show_names():
    settings = TraceSettings.for_site(Site.objects.get())
    settings.by_post = False
    settings.save()


def address():
    return reverse("wagtailsettings:edit", args=["approval", "tracesettings", Site.objects.get().pk])


def busy_pages(room):
    """Return pages whose public traces have reviews, withdrawals and an emergency."""
    update = published(draft_update(room))
    update = reviewed(room, update, declared=12, comment="Coincide.")
    withdrawn(room, update, "Un error.")
    update = reviewed(room, update, declared=13)
    update = reviewed(room, update, declared=14)
    hasty = published(factories.StandardPageFactory(title="De prisa"))
    hasty.summary = "Hoy no abrimos."
    hasty.save_revision(user=room.editor)
    live = fresh(hasty)
    publish_in_emergency(live, room.administrator, build_token(live.get_latest_revision()), "hay inundación")
    below = published(factories.StandardPageFactory(title="Abajo", parent=live))
    withdrawn(room, below, "Otro error.")
    return [update, fresh(room.commitment), fresh(hasty), room.home]


def everything_public(client, pages):
    """Return the HTML of every public page that names people."""
    html = []
    for page in pages:
        html += [client.get(page.url), client.get(at(page))]
        changes = (entry.change for entry in history(client, page) if entry.change)
        html += [client.get(change_of(page, number)) for number in changes]
    html.append(client.get(reverse("search:results"), {"q": "avance"}))
    assert {answer.status_code for answer in html} == {200}
    return "".join(answer.content.decode() for answer in html)


def test_with_posts_no_name_is_public(client, room):
    published(room.home)

    html = everything_public(client, busy_pages(room))

    for name in NAMES.values():
        assert not [word for word in name.split() if word in html]
    for post in POSTS.values():
        assert post in html


def test_with_names_they_appear_with_the_posts(client, room):
    published(room.home)
    show_names()

    html = everything_public(client, busy_pages(room))

    for who, name in NAMES.items():
        assert f"{name}, {POSTS[who]}" in html


def test_an_account_without_a_post_has_no_public_name(client, room):
    room.editor.post = ""
    room.editor.save()
    page = reviewed(room, published(factories.StandardPageFactory()), summary="Otro.")

    html = client.get(page.url).content.decode()

    assert "Reportó: una persona sin cargo publicado" in html
    assert "Lucía" not in html
    assert room.editor.username not in html


def test_state_administrators_choose_on_screen_and_on_record(client, room):
    client.force_login(room.administrator)
    assert client.get(address()).status_code == 200

    answer = client.post(address(), {})

    row = Approval.objects.first()
    assert answer.status_code == 302
    assert not TraceSettings.objects.get().by_post
    assert (row.kind, row.approver, row.comment) == (
        ApprovalKind.DIRECT,
        room.administrator,
        "ahora muestra nombres y cargos.",
    )
    client.post(address(), {"by_post": "on"})
    assert Approval.objects.first().comment == "ahora muestra cargos."


def test_saving_the_settings_unchanged_adds_no_record(client, room):
    before = Approval.objects.count()
    client.force_login(room.administrator)
    client.get(address())
    client.post(address(), {"by_post": "on"})

    assert Approval.objects.count() == before
    assert TraceSettings.objects.get().by_post


@pytest.mark.parametrize("who", ["editor", "reviewer", "mayor"])
def test_other_users_cannot_choose(client, room, who):
    user = person("alcaldia", town_hall().administrators) if who == "mayor" else getattr(room, who)
    client.force_login(user)

    client.post(address(), {})

    assert not TraceSettings.objects.filter(by_post=False).exists()


def test_other_users_cannot_choose_without_the_view(room):
    settings = TraceSettings.objects.create(site=Site.objects.get())
    settings.by_post = False
    mayor = person("alcaldia", town_hall().administrators)

    with LogContext(user=mayor), pytest.raises((NotAllowed, PermissionDenied)):
        settings.save()


def test_each_site_has_its_own_choice(client, room):
    other = Site.objects.create(hostname="otro.example", root_page=room.home, port=80)
    TraceSettings.objects.create(site=other, by_post=False)
    page = reviewed(room, published(factories.StandardPageFactory()), summary="Otro.")

    assert "Lucía" not in client.get(page.url).content.decode()


def test_a_decision_without_the_annotation_shows_posts(room):
    """A row without the annotated setting shows no name."""
    update = draft_update(room)
    approve(submit(update, room.editor), room.reviewer)
    show_names()

    assert public_approver(Approval.latest(update)) == "Contraloría"


# --- Public names of people ----------------------------------------------------------------------------


def rename(user, by):
    user.refresh_from_db()
    user.first_name = "Presidencia"
    with LogContext(user=by), transaction.atomic():
        user.save()


@pytest.mark.parametrize("by", ["editor", "reviewer"])
def test_a_user_cannot_change_her_own_public_name(room, by):
    Approval.record(room.home, ApprovalKind.STEP, sha="", approver=room.reviewer, reporter=room.editor)

    with pytest.raises(NotAllowed):
        rename(getattr(room, by), getattr(room, by))

    assert not User.objects.filter(first_name="Presidencia").exists()


def test_state_administrators_change_a_public_name_on_record(room):
    Approval.record(room.home, ApprovalKind.STEP, sha="", approver=room.reviewer, reporter=room.editor)

    rename(room.editor, room.administrator)

    row = Approval.objects.first()
    assert (row.kind, row.approver, row.object_id) == (
        ApprovalKind.DIRECT,
        room.administrator,
        str(room.editor.pk),
    )
    assert "Presidencia" in row.comment


def test_a_user_without_public_decisions_changes_her_own_name(room):
    newcomer = person("nueva", room.space.editors)

    rename(newcomer, newcomer)

    assert User.objects.get(pk=newcomer.pk).first_name == "Presidencia"
    assert not Approval.objects.filter(kind=ApprovalKind.DIRECT).exists()
