"""Provisioning of spaces: complete, repeatable, and no role may publish."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    WorkflowPage,
)

from abierto.tenancy.access import space_of
from abierto.tenancy.models import Space, SpaceRoot
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups, register_models
from tests.abierto.tenancy import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.build()


def granted(group: Group, page: Page) -> set[str]:
    """Return the codenames of the permissions of ``group`` on ``page`` itself."""
    return set(
        GroupPagePermission.objects.filter(group=group, page=page).values_list(
            "permission__codename", flat=True
        )
    )


def test_roles_get_their_permissions_on_the_root(world):
    assert granted(world.north.editors, world.northern) == {"add_page", "change_page"}
    assert granted(world.north.reviewers, world.northern) == {"unlock_page"}
    assert granted(world.north.administrators, world.northern) == {
        "add_page",
        "change_page",
        "lock_page",
        "unlock_page",
    }
    assert granted(world.north.editors, world.southern) == set()


def test_no_role_may_publish(world):
    groups = Group.objects.filter(name__contains=": ")
    publishing = Permission.objects.filter(codename__startswith="publish")

    assert not GroupPagePermission.objects.filter(group__in=groups, permission__in=publishing).exists()
    assert not Permission.objects.filter(group__in=groups, codename__startswith="publish").exists()


def test_collection_permissions_by_role(world):
    def files(group):
        return set(
            GroupCollectionPermission.objects.filter(
                group=group, collection=world.north.collection
            ).values_list("permission__codename", flat=True)
        )

    written = {f"{action}_{name}" for action in ("add", "change", "choose") for name in ("image", "document")}
    assert files(world.north.editors) == written
    assert files(world.north.reviewers) == {"choose_image", "choose_document"}
    assert files(world.south.editors) == set()


def test_create_space_is_idempotent(world):
    def counts():
        return [
            model.objects.count()
            for model in (
                Space,
                SpaceRoot,
                Group,
                Collection,
                GroupPagePermission,
                GroupCollectionPermission,
                WorkflowPage,
            )
        ]

    before = counts()
    again = create_space(world.north.kind, world.north.name, world.north.slug, world.north.workflow)
    assign_root(again, world.northern)
    get_or_create_groups(world.north.name)

    assert again == world.north
    assert counts() == before


def test_missing_permission_is_restored(world):
    world.north.editors.permissions.clear()

    create_space(world.north.kind, world.north.name, world.north.slug, world.north.workflow)

    assert world.north.editors.permissions.filter(codename="access_admin").exists()


#: Expected model permissions by group.
EVERYTHING = ("add", "change", "delete", "view")
ACCESS = {"wagtailadmin.access_admin"}


def all_permissions_of(*models: str) -> set[str]:
    """Return ``app_label.codename`` of every permission on these models."""
    parts = (model.split(".") for model in models)
    return {f"{app}.{action}_{name}" for app, name in parts for action in EVERYTHING}


OWN = all_permissions_of("registry.officialcontact", "search.promotedresult")
STATE = {"wagtail_localize.submit_translation"} | all_permissions_of(
    "registry.declaredfigure",
    "registry.glossaryterm",
    "registry.institution",
    "registry.listedstep",
    "registry.municipality",
    "registry.person",
    "registry.seat",
    "registry.secretariat",
    "registry.steplist",
)
ADMINISTRATORS = all_permissions_of(
    "accounts.user",
    "approval.tracesettings",
    "deadlines.deadlinesettings",
    "tenancy.portalsettings",
    "wagtailredirects.redirect",
)


def group_permissions(group: Group) -> set[str]:
    """Return ``app_label.codename`` of the permissions of ``group``."""
    found = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in found}


def test_groups_get_exactly_the_registered_permissions(world):
    assert group_permissions(world.state.editors) == ACCESS | OWN | STATE
    assert group_permissions(world.state.reviewers) == ACCESS
    assert group_permissions(world.state.administrators) == ACCESS | OWN | STATE | ADMINISTRATORS
    assert (
        group_permissions(world.north.editors)
        == group_permissions(world.north.administrators)
        == ACCESS | OWN
    )
    assert group_permissions(world.north.reviewers) == ACCESS


def test_register_models_is_idempotent(world):
    before = [group_permissions(group) for group in Group.objects.order_by("pk")]

    register_models(
        own=(apps.get_model("search", "PromotedResult"),),
        state=(apps.get_model("registry", "Seat"),),
        state_administrators=(apps.get_model("deadlines", "DeadlineSettings"),),
    )
    create_space(world.state.kind, world.state.name, world.state.slug, world.state.workflow)

    assert [group_permissions(group) for group in Group.objects.order_by("pk")] == before


def test_only_state_team_writes_registry(world):
    def may_write(space):
        return space.editors.permissions.filter(
            content_type__app_label="registry", codename="change_institution"
        ).exists()

    assert may_write(world.state)
    assert not may_write(world.north)


def test_long_group_names_are_truncated(db):
    groups = get_or_create_groups("Comisión " * 30)

    assert len(groups.editors.name) == 150
    assert len({group.pk for group in groups}) == 3


def test_commitment_uses_workflow_of_its_space(world):
    page = world.northern.add_child(instance=Page(title="Avance", slug="avance", live=False))

    assert page.get_workflow() == world.north.workflow
    assert world.home.get_workflow() == world.state.workflow


def test_root_is_assigned_in_every_language(world):
    english = Locale.objects.create(language_code="en")
    home = world.home.copy_for_translation(english)
    northern = world.northern.copy_for_translation(english)

    assert space_of(northern) == world.north
    assert space_of(home) == world.state
    assert granted(world.north.editors, northern) == {"add_page", "change_page"}
    assert northern.get_workflow() == world.north.workflow


def test_reassigned_root_loses_permissions_of_previous_space(world):
    assign_root(world.south, world.northern)

    assert space_of(world.northern) == world.south
    assert granted(world.north.editors, world.northern) == set()
    assert granted(world.south.editors, world.northern) == {"add_page", "change_page"}
    assert world.northern.get_workflow() == world.south.workflow
    assert SpaceRoot.objects.filter(page=world.northern).count() == 1
