"""A state team and two institutions, for tests about access."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask

from abierto.accounts.models import User
from abierto.approval.ledger.imports import imported
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from tests.shared_rows import built_once


def member(username: str, *groups: Group) -> User:
    """Create a user in ``groups``."""
    user = User.objects.create_user(username, password="una-clave-larga-1")
    user.groups.add(*groups)
    return user


def space(name: str, kind: SpaceKind = SpaceKind.INSTITUTION, slug: str = "") -> Space:
    """Create a space with a plain approval workflow."""
    groups = get_or_create_groups(name)
    workflow = Workflow.objects.create(name=f"Revisión: {name}")
    task = GroupApprovalTask.objects.create(name=f"Revisión: {name}")
    task.groups.add(groups.reviewers)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return create_space(kind, name, slug or name.lower(), workflow)


@dataclass
class World:
    """Two commitments of different institutions under one home page."""

    home: Page
    state: Space
    north: Space
    south: Space
    northern: Page
    southern: Page
    state_editor: User
    north_editor: User
    north_reviewer: User
    north_administrator: User
    south_editor: User


@built_once
def build() -> World:
    with imported("Un mundo pequeño para probar"):
        return _build()


def public_page(parent: Page, **fields: str) -> Page:
    """Add a public page."""
    with imported("Una página de una prueba"):
        return parent.add_child(instance=Page(**fields))


def _build() -> World:
    home = Page.objects.filter(depth=2).first() or Page.objects.get(depth=1).add_child(
        instance=Page(title="Inicio", slug="inicio")
    )
    state, north, south = space("Estado", SpaceKind.STATE), space("Norte"), space("Sur")
    northern = home.add_child(instance=Page(title="Compromiso del norte", slug="norte"))
    southern = home.add_child(instance=Page(title="Compromiso del sur", slug="sur"))
    for owner, page in ((state, home), (north, northern), (south, southern)):
        assign_root(owner, page)
    return World(
        home=home,
        state=state,
        north=north,
        south=south,
        northern=northern,
        southern=southern,
        state_editor=member("estado", state.editors),
        north_editor=member("norte", north.editors),
        north_reviewer=member("norte-revisa", north.reviewers),
        north_administrator=member("norte-administra", north.administrators),
        south_editor=member("sur", south.editors),
    )


def registry_permissions(*codenames: str) -> list[Permission]:
    """Return permissions on models of the registry by codename."""
    return list(Permission.objects.filter(content_type__app_label="registry", codename__in=codenames))
