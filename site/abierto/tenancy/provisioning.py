"""Create a space: groups, collection, permissions and root pages.

Every function may be called again: existing objects stay and missing ones are added. The workflow is passed
in, because its review task belongs to ``abierto.approval``, a higher layer::

    groups = get_or_create_groups("Poder Judicial")
    workflow = review_workflow("Poder Judicial", groups.reviewers)      # abierto.approval
    space = create_space(SpaceKind.INSTITUTION, "Poder Judicial", "pj", workflow)
    assign_root(space, commitment)

Municipalities use the same calls (``abierto.spaces.municipalities``); their page types register the pages
of a new microsite in ``space_trees``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model, Q
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Workflow,
    WorkflowPage,
)

from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space, SpaceRoot, TranslatorGroup

GROUP_NAME_LENGTH = 150
SHARED_COLLECTION = "Compartida con todos los espacios"

ADMIN_ACCESS = "wagtailadmin.access_admin"
#: Permissions of the roles on their own collection.
WRITE_FILES = tuple(
    f"{model}.{action}_{name}"
    for model, name in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for action in ("add", "change", "choose")
)
CHOOSE_FILES = ("wagtailimages.choose_image", "wagtaildocs.choose_document")

#: Permissions of the roles on the pages of their space. No role may publish: approval does.
EDITOR_PAGES = ("add_page", "change_page")
ADMINISTRATOR_PAGES = ("add_page", "change_page", "lock_page", "unlock_page")
REVIEWER_PAGES = ("unlock_page",)
#: On the pages in their language; of these they edit the translations only.
TRANSLATOR_PAGES = ("change_page",)

#: Models registered by each app (:func:`register_models`).
_state_models: set[type[Model]] = set()
_own_models: set[type[Model]] = set()
_administrator_models: set[type[Model]] = set()


def register_models(
    *,
    state: Iterable[type[Model]] = (),
    own: Iterable[type[Model]] = (),
    state_administrators: Iterable[type[Model]] = (),
) -> None:
    """Grant all permissions except publish on an app's models to the groups of spaces built from now on.

    Call it from ``AppConfig.ready``; repeating a call changes nothing.

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
    """The three groups of a space."""

    editors: Group
    reviewers: Group
    administrators: Group

    def __iter__(self) -> Iterator[Group]:
        return iter((self.editors, self.reviewers, self.administrators))


@transaction.atomic
def get_or_create_groups(name: str) -> SpaceGroups:
    """Return the three groups of the space ``name``; create missing ones."""
    groups = (
        Group.objects.get_or_create(name=f"{role}: {name}"[:GROUP_NAME_LENGTH])[0]
        for role in ("Edición", "Revisión", "Administración")
    )
    return SpaceGroups(*groups)


@transaction.atomic
def create_space(kind: SpaceKind | str, name: str, slug: str, workflow: Workflow) -> Space:
    """Return the space with this ``slug``; create it or complete its groups, collection and permissions."""
    space = Space.objects.filter(slug=slug).first()
    if space is None:
        groups = get_or_create_groups(name)
        space = Space.objects.create(
            kind=kind,
            name=name,
            slug=slug,
            editors=groups.editors,
            reviewers=groups.reviewers,
            administrators=groups.administrators,
            collection=get_or_create_collection(name),
            workflow=workflow,
        )
    complete_space(space)
    return space


def complete_space(space: Space) -> int:
    """Grant what the groups of ``space`` lack, and return the number of added permissions."""
    return grant_model_permissions(space) + grant_file_permissions(space)


def get_groups(space: Space) -> SpaceGroups:
    return SpaceGroups(space.editors, space.reviewers, space.administrators)


def get_or_create_collection(name: str) -> Collection:
    """Return the collection ``name`` below the root; create it if missing."""
    root = Collection.get_first_root_node()
    existing = root.get_children().filter(name=name).first()
    return existing or root.add_child(instance=Collection(name=name))


def get_shared_collection() -> Collection:
    """Return the collection with files that every space may choose and the state team edits."""
    return get_or_create_collection(SHARED_COLLECTION)


def grant_model_permissions(space: Space) -> int:
    """Grant admin access to all three groups and the registered model permissions; return how many."""
    access, own = permissions(ADMIN_ACCESS), find_model_permissions(_own_models)
    written: list[Permission] = []
    administered: list[Permission] = []
    if space.kind == SpaceKind.STATE:
        translate = permissions("wagtail_localize.submit_translation")
        written = [*find_model_permissions(_state_models), *translate]
        administered = find_model_permissions(_administrator_models)
    return (
        grant_to_group(space.reviewers, access)
        + grant_to_group(space.editors, [*access, *own, *written])
        + grant_to_group(space.administrators, [*access, *own, *written, *administered])
    )


def grant_to_group(group: Group, wanted: Iterable[Permission]) -> int:
    """Add the permissions that ``group`` lacks, and return how many."""
    known = set(group.permissions.values_list("pk", flat=True))
    missing = {permission.pk for permission in wanted} - known
    group.permissions.add(*missing)
    return len(missing)


def grant_file_permissions(space: Space) -> int:
    """Grant writing in the space's collection and choosing shared files; the state team writes in all."""
    own = Collection.get_first_root_node() if space.kind == SpaceKind.STATE else space.collection
    shared = get_shared_collection()
    added = grant_collection(space.reviewers, own, CHOOSE_FILES)
    for group in (space.editors, space.administrators):
        added += grant_collection(group, own, WRITE_FILES)
    return added + sum(grant_collection(group, shared, CHOOSE_FILES) for group in get_groups(space))


def grant_collection(group: Group, collection: Collection, codenames: tuple[str, ...]) -> int:
    """Grant the permissions on ``collection`` and its descendants, and return how many were added."""
    rows = GroupCollectionPermission.objects.filter(group=group, collection=collection)
    known = set(rows.values_list("permission", flat=True))
    missing = [permission for permission in permissions(*codenames) if permission.pk not in known]
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission=permission)
        for permission in missing
    )
    return len(missing)


@transaction.atomic
def get_or_create_translators(space: Space, locale: Locale) -> TranslatorGroup:
    """Return the group that translates the pages of ``space`` into a language; create it if missing."""
    found = TranslatorGroup.objects.filter(space=space, locale=locale).first()
    if found is None:
        name = f"Traducción ({locale.language_code}): {space.name}"[:GROUP_NAME_LENGTH]
        group = Group.objects.get_or_create(name=name)[0]
        found = TranslatorGroup.objects.create(space=space, locale=locale, group=group)
    grant_to_group(found.group, permissions(ADMIN_ACCESS))
    for root in SpaceRoot.objects.filter(space=space, page__locale=locale).select_related("page"):
        grant_pages(found.group, root.page, TRANSLATOR_PAGES)
    return found


@transaction.atomic
def assign_root(space: Space, page: Page) -> int:
    """Make ``page`` and its translations root pages of ``space``; return the number of added permissions.

    A root page of another space moves to this one: institutions end and others take over their commitments.
    """
    added = 0
    translators = {row.locale_id: row.group for row in space.translators.select_related("group")}
    for version in page.get_translations(inclusive=True):
        root = SpaceRoot.objects.filter(page_id=version.pk).first()
        if root is not None and root.space_id != space.pk:
            release_root(root)
            root = None
        if root is None:
            SpaceRoot.objects.create(space=space, page_id=version.pk)
        added += grant_pages(space.editors, version, EDITOR_PAGES)
        added += grant_pages(space.administrators, version, ADMINISTRATOR_PAGES)
        added += grant_pages(space.reviewers, version, REVIEWER_PAGES)
        if version.locale_id in translators:
            added += grant_pages(translators[version.locale_id], version, TRANSLATOR_PAGES)
        WorkflowPage.objects.update_or_create(page_id=version.pk, defaults={"workflow": space.workflow})
    return added


def release_root(root: SpaceRoot) -> None:
    """Remove a root from its space, with everything that ``assign_root`` granted."""
    of_space = Q(group__in=list(get_groups(root.space))) | Q(group__translates__space=root.space_id)
    GroupPagePermission.objects.filter(of_space, page_id=root.page_id).delete()
    WorkflowPage.objects.filter(page_id=root.page_id, workflow_id=root.space.workflow_id).delete()
    root.delete()


def grant_pages(group: Group, page: Page, codenames: tuple[str, ...]) -> int:
    """Grant the permissions on ``page`` and its descendants, and return how many were added."""
    known = set(
        GroupPagePermission.objects.filter(group=group, page=page.pk).values_list("permission", flat=True)
    )
    wanted = permissions(*(f"wagtailcore.{codename}" for codename in codenames))
    missing = [permission for permission in wanted if permission.pk not in known]
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page.pk, permission=permission) for permission in missing
    )
    return len(missing)


def permissions(*names: str) -> list[Permission]:
    """Return the permissions by ``app_label.codename``, with one query.

    Raises:
        Permission.DoesNotExist: for a missing one; silently skipping it would lock users out.
    """
    wanted = Q(pk__in=[])
    for app, codename in (name.split(".") for name in names):
        wanted |= Q(content_type__app_label=app, codename=codename)
    found = list(Permission.objects.filter(wanted).select_related("content_type"))
    missing = set(names) - {f"{row.content_type.app_label}.{row.codename}" for row in found}
    if missing:
        raise Permission.DoesNotExist(", ".join(sorted(missing)))
    return found


def find_model_permissions(models: Iterable[type[Model]]) -> list[Permission]:
    """Return the add, change, delete and view permissions of the models, never publish."""
    wanted = Q(pk__in=[])
    for model in models:
        meta = model._meta
        wanted |= Q(content_type__app_label=meta.app_label, content_type__model=meta.model_name)
    return list(Permission.objects.filter(wanted).exclude(codename__startswith="publish_"))


def add_missing_permissions(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``: grant the groups of existing spaces the newly registered permissions.

    Another database than the default one has no spaces of its own.
    """
    tables = connections[using].introspection.table_names()
    if using != DEFAULT_DB_ALIAS or Space._meta.db_table not in tables:
        return  # migrated back to before the spaces
    for space in Space.objects.select_related("editors", "reviewers", "administrators", "collection"):
        complete_space(space)
