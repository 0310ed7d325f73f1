"""Scopes: own rows, shared rows, and nothing for unknown models."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import Collection, Page, Site

from abierto.accounts.models import User
from abierto.media.models import PortalDocument
from abierto.registry.enums import InstitutionKind
from abierto.registry.models import Institution, SDGGoal
from abierto.tenancy.access import owns, scope, space_of, space_of_collection, spaces_of
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import get_shared_collection
from abierto.tenancy.registration import SpacePermissionPolicy
from tests.abierto.media.uploads import PDF, upload
from tests.abierto.tenancy import worlds
from tests.factories import InstitutionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def world():
    return worlds.build()


def institution(name: str, space: Space | None = None) -> Institution:
    return InstitutionFactory(name=name, kind=InstitutionKind.EXECUTIVE, space=space)


def test_page_belongs_to_space_of_nearest_root(world, django_assert_num_queries):
    deep = world.northern.add_child(instance=Page(title="a", slug="a", live=False)).add_child(
        instance=Page(title="b", slug="b", live=False)
    )
    other = world.home.add_child(instance=Page(title="c", slug="c", live=False))

    with django_assert_num_queries(1):
        assert space_of(deep) == world.north
    assert space_of(other) == world.state
    assert space_of(Page.objects.get(depth=1)) is None


def test_spaces_of_user_follow_roles_only(world):
    assert spaces_of(world.north_editor) == [world.north]
    assert spaces_of(world.north_reviewer) == [world.north]
    assert spaces_of(AnonymousUser()) == []
    world.north_editor.is_active = False
    assert spaces_of(User.objects.get(pk=world.south_editor.pk)) == [world.south]
    assert spaces_of(world.north_editor) == []


def test_editor_scope_covers_own_commitments(world):
    update = world.northern.add_child(instance=Page(title="Avance", slug="avance", live=False))

    assert set(scope(Page.objects.all(), world.north_editor)) == {world.northern, update}
    assert scope(Page.objects.all(), world.state_editor).count() == Page.objects.count()
    assert not scope(Page.objects.all(), AnonymousUser()).exists()


def test_space_without_roots_has_no_pages(world):
    empty = worlds.space("Vacío", slug="vacio")
    person = worlds.member("vacio", empty.editors)

    assert not scope(Page.objects.all(), person).exists()


def test_rows_in_scope_are_own_and_shared(world):
    shared, own, theirs = (
        institution("Estatal"),
        institution("Norte", world.north),
        institution("Sur", world.south),
    )

    assert set(scope(Institution.objects.all(), world.north_editor)) == {shared, own}
    assert set(scope(Institution.objects.all(), world.state_editor)) == {shared, own, theirs}
    assert owns(world.north_editor, own)
    assert not owns(world.north_editor, shared)
    assert not owns(world.north_editor, theirs)
    assert owns(world.state_editor, theirs)


def test_accounts_groups_and_spaces_are_limited_to_own_space(world):
    assert set(scope(User.objects.all(), world.north_editor)) == {
        world.north_editor,
        world.north_reviewer,
        world.north_administrator,
    }
    assert set(scope(Group.objects.all(), world.north_editor)) == {
        world.north.editors,
        world.north.reviewers,
        world.north.administrators,
    }
    assert set(scope(Space.objects.all(), world.north_editor)) == {world.north}


def test_collections_in_scope_are_own_and_shared(world):
    inner = world.north.collection.add_child(instance=Collection(name="Sesiones"))

    seen = set(scope(Collection.objects.all(), world.north_editor))

    assert seen == {world.north.collection, inner, get_shared_collection()}
    assert space_of_collection(inner) == world.north
    assert space_of_collection(get_shared_collection()) is None


@pytest.mark.parametrize("model", [Site, SDGGoal])
def test_unknown_model_has_no_rows_in_scope(world, model):
    SDGGoal.objects.get_or_create(number=16, defaults={"title": "Paz"})

    assert not scope(model.objects.all(), world.north_editor).exists()
    assert scope(model.objects.all(), world.state_editor).exists()


def test_scope_of_active_and_inactive_superuser(world):
    root = User.objects.create_superuser("raiz", password="una-clave-larga-1")
    assert scope(Page.objects.all(), root).count() == Page.objects.count()

    root.is_active = False
    assert not scope(Page.objects.all(), root).exists()


# --- SpacePermissionPolicy ------------------------------------------------------------------------------


def test_model_permission_is_limited_to_own_rows(world):
    shared, own, theirs = (
        institution("Estatal"),
        institution("Norte", world.north),
        institution("Sur", world.south),
    )
    policy = SpacePermissionPolicy(Institution)
    assert not policy.user_has_permission_for_instance(world.north_editor, "change", own)

    world.north.editors.permissions.add(
        *worlds.registry_permissions("change_institution", "view_institution")
    )
    person = User.objects.get(pk=world.north_editor.pk)

    assert policy.user_has_permission_for_instance(person, "change", own)
    assert not policy.user_has_permission_for_instance(person, "change", theirs)
    assert not policy.user_has_permission_for_instance(person, "change", shared)
    assert policy.user_has_permission_for_instance(person, "view", shared)
    assert not policy.user_has_permission_for_instance(person, "view", theirs)
    assert set(policy.instances_user_has_any_permission_for(person, ["change"])) == {own}
    assert set(policy.instances_user_has_any_permission_for(person, ["change", "view"])) == {own, shared}
    assert not policy.instances_user_has_any_permission_for(person, ["delete"]).exists()


def test_shared_files_can_be_chosen_by_every_space(world):
    shared = PortalDocument(title="Formato", file=upload("a.pdf", PDF), collection=get_shared_collection())
    shared.save()
    theirs = PortalDocument(title="Acta", file=upload("b.pdf", PDF), collection=world.south.collection)
    theirs.save()

    assert set(scope(PortalDocument.objects.all(), world.north_editor)) == {shared}
