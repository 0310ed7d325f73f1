"""Guest links: one version of one page, for a limited time, without an account."""

import datetime

import pytest
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, PageViewRestriction

from abierto.accounts.admin.views import SetActiveState
from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.models.task import create_review_workflow
from abierto.deadlines.models import DeadlineSettings
from abierto.guest_links.models import GuestLink
from abierto.guest_links.services import SALT, create_link, revoke_link, sign_token
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from tests import factories
from tests.abierto.approval.newsroom import approve, fresh, newsroom, person, submit
from tests.factories import published
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
@built_once
def room():
    """A newsroom with a public page that has a newer draft."""
    room = newsroom()
    page = published(factories.StandardPageFactory(parent=room.home, title="Lo público"))
    page.title = "El borrador"
    page.save_revision(user=room.editor)
    room.page = fresh(page)
    return room


def link(room, days: float = 3, **fields) -> GuestLink:
    until = timezone.now() + datetime.timedelta(days=days)
    return create_link(GuestLink(guest="Observatorio", expires_at=until, **fields), room.page, room.editor)


def read(client, token: str):
    return client.get(reverse("view_draft", args=[token]))


def test_the_guest_sees_only_that_version(client, room):
    made = link(room)
    room.page.title = "Una versión posterior"
    room.page.save_revision(user=room.editor)

    response = read(client, sign_token(made))

    html = response.content.decode()
    assert response.status_code == 200
    assert "<h1" in html
    assert "El borrador" in html
    assert "nadie lo ha aprobado todavía" in html
    assert "Lo público</h1>" not in html
    assert "posterior" not in html


def test_a_cached_public_page_is_not_shown_to_the_guest(client, room, settings):
    settings.ABIERTO_PAGE_CACHE_SECONDS = 60
    cache.clear()
    client.get(room.page.get_url())

    assert "El borrador" in read(client, sign_token(link(room))).content.decode()
    public = client.get(room.page.get_url()).content.decode()
    assert "El borrador" not in public
    assert "te compartieron" not in public


def test_responses_are_not_indexed_or_cached(client, room):
    response = read(client, sign_token(link(room)))

    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_a_link_expires(client, room):
    made = link(room)
    GuestLink.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))

    response = read(client, sign_token(made))

    assert response.status_code == 410
    assert "Este enlace ya no abre" in response.content.decode()
    assert "El borrador" not in response.content.decode()


def test_a_link_is_revoked_once(client, room):
    made = link(room)

    revoke_link(made, room.editor)

    assert read(client, sign_token(made)).status_code == 410
    with pytest.raises(NotAllowed):
        revoke_link(made, room.editor)


@pytest.mark.parametrize("spoil", ["x", "firma", "otra-sal", "otra-versión", "texto"])
def test_an_invalid_signature_gets_a_404(client, room, spoil):
    made = link(room)
    tokens = {
        "x": sign_token(made) + "x",
        "firma": "1:2:3",
        "otra-sal": signing.Signer(salt="otra").sign_object([made.pk, made.revision_id]),
        "otra-versión": signing.Signer(salt=SALT).sign_object([made.pk, made.revision_id + 1]),
        "texto": signing.Signer(salt=SALT).sign_object("hola"),
    }

    assert read(client, tokens[spoil]).status_code == 410


@pytest.mark.parametrize("close", ["saved", "bulk action"])
def test_a_link_ends_for_good_when_the_account_of_its_author_is_closed(client, room, close):
    made, other = link(room), room.reviewer
    if close == "saved":
        room.editor.is_active = False
        room.editor.save()
    else:
        SetActiveState.execute_action([room.editor, other], mark_as_active=False, user=other)
        assert User.objects.get(pk=other.pk).is_active
    assert read(client, sign_token(made)).status_code == 410

    editor = User.objects.get(pk=room.editor.pk)
    editor.is_active = True
    editor.save()

    assert read(client, sign_token(made)).status_code == 410
    entry = PageLogEntry.objects.get(action="abierto.guest_link_revoked")
    assert (entry.data["link"], entry.user_id) == (made.pk, None)


def test_a_link_accepts_no_post(client, room):
    assert client.post(reverse("view_draft", args=[sign_token(link(room))])).status_code == 405


def test_a_shared_draft_is_not_public(client, room):
    draft = factories.StandardPageFactory(parent=room.home, title="Nunca publicada", owner=room.editor)
    draft.save_revision(user=room.editor)
    room.page = fresh(draft)

    assert "Nunca publicada" in read(client, sign_token(link(room))).content.decode()
    assert not fresh(draft).live
    assert client.get(draft.get_url() or "/nunca/").status_code == 404


def test_the_creator_is_recorded(room):
    made = link(room)
    revoke_link(made, room.editor)

    entries = PageLogEntry.objects.filter(page=room.page.pk, action__startswith="abierto.guest_link")
    assert [(entry.action, entry.user) for entry in entries.order_by("pk")] == [
        ("abierto.guest_link", room.editor),
        ("abierto.guest_link_revoked", room.editor),
    ]
    assert GuestLink.objects.get().created_by == room.editor


@pytest.mark.parametrize("days", [-1, 61])
def test_invalid_dates_are_refused(room, days):
    with pytest.raises(ValidationError):
        link(room, days)

    assert not GuestLink.objects.exists()


def test_a_user_without_edit_permission_cannot_share(client, room):
    groups = get_or_create_groups("Norte")
    create_space(SpaceKind.INSTITUTION, "Norte", "norte", create_review_workflow("Norte", groups.reviewers))
    neighbour = person("vecina", groups.editors)
    made = link(room)
    client.force_login(neighbour)

    assert client.get(reverse("guest_links:create", args=[room.page.pk])).status_code == 404
    assert "Observatorio" not in client.get(reverse("guest_links:list")).content.decode()
    assert client.post(reverse("guest_links:revoke", args=[made.pk])).status_code == 404
    made.refresh_from_db()
    assert made.is_open


def test_a_link_is_created_and_revoked_on_screen(client, room):
    client.force_login(room.editor)
    until = timezone.localtime() + datetime.timedelta(days=2)
    data = {"guest": "Ana, del observatorio", "expires_at": until.strftime("%Y-%m-%d %H:%M")}

    edit = client.get(reverse("wagtailadmin_pages:edit", args=[room.page.pk])).content.decode()
    response = client.post(reverse("guest_links:create", args=[room.page.pk]), data, follow=True)

    html = response.content.decode()
    made = GuestLink.objects.get()
    assert reverse("guest_links:create", args=[room.page.pk]) in edit
    assert "Ana, del observatorio" in html
    assert sign_token(made) in html
    closed = client.post(reverse("guest_links:revoke", args=[made.pk]), follow=True)
    assert "Revocado" in closed.content.decode()


def closed(client, made: GuestLink) -> bool:
    """Check whether the link responds exactly like an expired one."""
    response = read(client, sign_token(made))
    expired = read(client, "no-es-un-enlace")
    return response.status_code == 410 and response.content == expired.content


def test_an_account_without_a_role_in_the_space_neither_shares_nor_revokes(room):
    made, stranger = link(room), person("ajena")

    with pytest.raises(NotAllowed):
        create_link(GuestLink(guest="Otra", expires_at=made.expires_at), room.page, stranger)
    with pytest.raises(NotAllowed):
        revoke_link(made, stranger)

    assert GuestLink.objects.get() == made
    assert made.revoked_at is None


class TestLinkEndsWithPermission:
    def test_the_link_ends_when_the_account_is_deactivated(self, client, room):
        made = link(room)
        User.objects.filter(pk=room.editor.pk).update(is_active=False)
        assert closed(client, made)

    def test_the_link_ends_when_the_role_is_removed(self, client, room):
        made = link(room)
        room.editor.groups.clear()
        assert closed(client, made)

    @pytest.mark.parametrize("loss", ["account", "role"])
    def test_also_when_the_page_is_still_locked_by_its_maker(self, client, room, loss):
        made = link(room)
        Page.objects.filter(pk=room.page.pk).update(locked=True, locked_by=room.editor)
        if loss == "account":
            User.objects.filter(pk=room.editor.pk).update(is_active=False)
        else:
            room.editor.groups.clear()
        assert closed(client, made)

    def test_the_link_ends_when_the_page_moves_to_another_space(self, client, room):
        draft = factories.StandardPageFactory(parent=room.home, title="Se muda")
        draft.save_revision(user=room.editor)
        room.page = fresh(draft)
        made = link(room)
        groups = get_or_create_groups("Norte")
        north = create_space(
            SpaceKind.INSTITUTION, "Norte", "norte", create_review_workflow("Norte", groups.reviewers)
        )
        space = published(factories.StandardPageFactory(parent=Page.get_first_root_node(), title="Norte"))
        assign_root(north, space)
        fresh(draft).move(space, pos="last-child")
        assert closed(client, made)

    def test_the_link_ends_when_the_page_is_deleted(self, client, room):
        draft = factories.StandardPageFactory(parent=room.home, title="Se borra")
        draft.save_revision(user=room.editor)
        room.page = fresh(draft)
        made = link(room)
        fresh(draft).delete()
        assert closed(client, made)

    def test_a_link_of_another_user_stays_valid(self, client, room):
        mine = link(room)
        until = timezone.now() + datetime.timedelta(days=3)
        other = create_link(GuestLink(guest="Otra", expires_at=until), room.page, room.reviewer)
        User.objects.filter(pk=room.editor.pk).update(is_active=False)
        assert closed(client, mine)
        assert read(client, sign_token(other)).status_code == 200

    def test_the_list_shows_the_end_and_no_url(self, client, room):
        made = link(room)
        room.editor.groups.clear()
        client.force_login(room.reviewer)
        html = client.get(reverse("guest_links:list")).content.decode()
        assert "ya no puede compartirla" in html
        assert sign_token(made) not in html

    def test_a_revoked_link_responds_like_an_expired_link(self, client, room):
        made = link(room)
        revoke_link(made, room.editor)
        assert closed(client, made)


class TestValidity:
    def test_the_default_limit_is_fourteen_days(self, room):
        assert link(room, 13.9).is_open
        with pytest.raises(ValidationError, match="14 días"):
            link(room, 14.1)

    def test_the_state_changes_the_limit(self, client, room):
        DeadlineSettings.objects.update_or_create(defaults={"guest_days": 2})
        with pytest.raises(ValidationError, match="2 días"):
            link(room, 3)
        client.force_login(room.editor)
        form = client.get(reverse("guest_links:create", args=[room.page.pk])).context["form"]
        assert form.initial["expires_at"] <= timezone.now() + datetime.timedelta(days=2)

    @pytest.mark.parametrize("days", [0, 61])
    def test_an_invalid_limit_is_refused(self, days):
        with pytest.raises(ValidationError):
            DeadlineSettings(guest_days=days).full_clean()

    def test_a_lower_limit_shortens_older_links(self, client, room):
        made = link(room)
        made_on = timezone.now() - datetime.timedelta(days=15)
        GuestLink.objects.update(created_at=made_on, expires_at=timezone.now() + datetime.timedelta(days=40))
        made.refresh_from_db()
        assert made.closes_at == made_on + datetime.timedelta(days=14)
        assert closed(client, made)


def test_an_approval_does_not_change_the_version_of_the_link(client, room):
    made = link(room)
    approve(submit(fresh(room.page).get_latest_revision_as_object(), room.editor), room.reviewer)

    assert "El borrador" in read(client, sign_token(made)).content.decode()


def test_the_guest_sees_no_title_of_a_non_public_ancestor(client, room):
    above = published(factories.StandardPageFactory(parent=room.home, title="Solo con cuenta"))
    room.page = fresh(published(factories.StandardPageFactory(parent=above, title="Debajo")))
    address = sign_token(link(room))
    assert "Solo con cuenta" in read(client, address).content.decode()

    PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)

    assert "Solo con cuenta" not in read(client, address).content.decode()
