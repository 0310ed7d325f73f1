"""Building a space: groups, collection, permissions and the pages it starts from.

Everything here may be called again: what exists is kept and what is missing is added. The workflow comes
from outside, because its review task is ``abierto.approval``'s, a layer above::

    groups = space_groups("Poder Judicial")
    workflow = review_workflow("Poder Judicial", groups.reviewers)      # abierto.approval
    space = create_space(SpaceKind.INSTITUTION, "Poder Judicial", "pj", workflow)
    assign_root(space, commitment)

Municipalities (a later issue) are built with the same calls; what they need beyond them, such as invited
accounts and a tree of pages, lives beside the page types of the microsites.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model, Q
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
)

from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space, SpaceRoot

GROUP_NAME_LENGTH = 150
SHARED_COLLECTION = "Compartida con todos los espacios"

ADMIN_ACCESS = "wagtailadmin.access_admin"
#: What each role may do with the files of its own collection.
WRITE_FILES = tuple(
    f"{model}.{action}_{name}"
    for model, name in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for action in ("add", "change", "choose")
)
CHOOSE_FILES = ("wagtailimages.choose_image", "wagtaildocs.choose_document")

#: What each role may do with the pages of its space. Nobody publishes: approval does.
EDITOR_PAGES = ("add_page", "change_page")
ADMINISTRATOR_PAGES = ("add_page", "change_page", "lock_page", "unlock_page")
REVIEWER_PAGES = ("unlock_page",)

#: What each app needs in the groups of a space (:func:`register_models`).
_state_models: set[type[Model]] = set()
_own_models: set[type[Model]] = set()
_administrator_models: set[type[Model]] = set()


def register_models(
    *,
    state: Iterable[type[Model]] = (),
    own: Iterable[type[Model]] = (),
    state_administrators: Iterable[type[Model]] = (),
) -> None:
    """Give the groups of every space built from now on all permissions on an app's models, but to publish.

    Call it from ``AppConfig.ready``; a second call with the same models changes nothing.

    Args:
        state: models that only the state team writes.
        own: models whose rows every space writes for itself; others approve them.
        state_administrators: models that only the administrators of the state team write.
    """
    _state_models.update(state)
    _own_models.update(own)
    _administrator_models.update(state_administrators)


@dataclass(frozen=True)
class SpaceGroups:
    """The three roles of a space."""

    editors: Group
    reviewers: Group
    administrators: Group

    def __iter__(self) -> Iterator[Group]:
        """Walk through the three groups."""
        return iter((self.editors, self.reviewers, self.administrators))


@transaction.atomic
def space_groups(name: str) -> SpaceGroups:
    """Return the three groups of the space called ``name``, made where missing."""
    groups = (
        Group.objects.get_or_create(name=f"{role}: {name}"[:GROUP_NAME_LENGTH])[0]
        for role in ("Edición", "Revisión", "Administración")
    )
    return SpaceGroups(*groups)


@transaction.atomic
def create_space(kind: SpaceKind | str, name: str, slug: str, workflow: Workflow) -> Space:
    """Return the space with this ``slug``, made or completed with its groups, collection and permissions."""
    space = Space.objects.filter(slug=slug).first()
    if space is None:
        groups = space_groups(name)
        space = Space.objects.create(
            kind=kind,
            name=name,
            slug=slug,
            editors=groups.editors,
            reviewers=groups.reviewers,
            administrators=groups.administrators,
            collection=child_collection(name),
            workflow=workflow,
        )
    grant_model_permissions(space)
    grant_file_permissions(space)
    return space


def groups_of(space: Space) -> SpaceGroups:
    """Return the three groups of ``space``."""
    return SpaceGroups(space.editors, space.reviewers, space.administrators)


def child_collection(name: str) -> Collection:
    """Return the collection of this name directly under the root, made where missing."""
    root = Collection.get_first_root_node()
    existing = root.get_children().filter(name=name).first()
    return existing or root.add_child(instance=Collection(name=name))


def shared_collection() -> Collection:
    """Return the collection whose files belong to everybody: all may choose them, the state team keeps it."""
    return child_collection(SHARED_COLLECTION)


def grant_model_permissions(space: Space) -> None:
    """Let the three groups into the admin, and the state team at the registry."""
    for group in groups_of(space):
        group.permissions.add(*permissions(ADMIN_ACCESS))
    for group in (space.editors, space.administrators):
        group.permissions.add(*model_permissions(_own_models))
    if space.kind == SpaceKind.STATE:
        written = model_permissions(_state_models)
        translate = permissions("wagtail_localize.submit_translation")
        space.editors.permissions.add(*written, *translate)
        space.administrators.permissions.add(*written, *translate, *model_permissions(_administrator_models))


def grant_file_permissions(space: Space) -> None:
    """Let the space write its own collection and choose from the shared one; the state team, from all."""
    own = Collection.get_first_root_node() if space.kind == SpaceKind.STATE else space.collection
    for group in (space.editors, space.administrators):
        grant_collection(group, own, WRITE_FILES)
    grant_collection(space.reviewers, own, CHOOSE_FILES)
    for group in groups_of(space):
        grant_collection(group, shared_collection(), CHOOSE_FILES)


def grant_collection(group: Group, collection: Collection, codenames: tuple[str, ...]) -> None:
    """Give ``group`` these permissions on ``collection`` and what is below it."""
    for permission in permissions(*codenames):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


@transaction.atomic
def assign_root(space: Space, page: Page) -> None:
    """Give ``page`` and what is below it to ``space``, in every language in which it exists.

    A page that was another space's root changes hands: bodies end and others take over their promises.
    """
    for version in page.get_translations(inclusive=True):
        root = SpaceRoot.objects.filter(page_id=version.pk).first()
        if root is not None and root.space_id != space.pk:
            release_root(root)
            root = None
        if root is None:
            SpaceRoot.objects.create(space=space, page_id=version.pk)
        grant_pages(space.editors, version, EDITOR_PAGES)
        grant_pages(space.administrators, version, ADMINISTRATOR_PAGES)
        grant_pages(space.reviewers, version, REVIEWER_PAGES)
        WorkflowPage.objects.update_or_create(page_id=version.pk, defaults={"workflow": space.workflow})


def release_root(root: SpaceRoot) -> None:
    """Take a root away from its space, with everything that ``assign_root`` gave."""
    GroupPagePermission.objects.filter(page_id=root.page_id, group__in=list(groups_of(root.space))).delete()
    WorkflowPage.objects.filter(page_id=root.page_id, workflow_id=root.space.workflow_id).delete()
    root.delete()


def grant_pages(group: Group, page: Page, codenames: tuple[str, ...]) -> None:
    """Give ``group`` these permissions on ``page`` and what is below it."""
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codenames
    ):
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def permissions(*names: str) -> list[Permission]:
    """Return the permissions with these full names.

    Raises:
        Permission.DoesNotExist: when one is not there: a silent gap here would lock people out.
    """
    return [
        Permission.objects.get(content_type__app_label=app, codename=codename)
        for app, codename in (name.split(".") for name in names)
    ]


def model_permissions(models: Iterable[type[Model]]) -> list[Permission]:
    """Return every permission to add, change, delete and view these models; none to publish alone."""
    wanted = Q(pk__in=[])
    for model in models:
        meta = model._meta
        wanted |= Q(content_type__app_label=meta.app_label, content_type__model=meta.model_name)
    return list(Permission.objects.filter(wanted).exclude(codename__startswith="publish_"))
