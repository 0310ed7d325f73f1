"""Row-level access in the admin, denied by default.

``scope`` alone decides which rows a user may see, with one branch per model; an unknown model gives no rows.
``BRANCHES`` holds those of Wagtail's models, higher apps add theirs with ``register_branches``, and
``isolation`` applies ``scope`` to every id in an admin address.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from django.contrib.auth.models import Group
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact
from wagtail.models import Collection, Page

from abierto.accounts.models import User
from abierto.tenancy.current_user import RequestUser
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space, SpaceRoot, TranslatorGroup
from abierto.tenancy.tree_paths import ancestor_paths, below_any, branch_paths, find_nearest
from abierto.tenancy.visibility import BranchPaths

type Branch = Callable[[list[Space]], Q]

_SPACES_CACHE = "_abierto_spaces"
_TRANSLATOR_CACHE = "_abierto_translator_groups"
_ROOT_PATHS_CACHE = "_abierto_root_paths"
_ROOTS_BELOW_CACHE = "_abierto_roots_below"

# Runs in every admin request. Django takes 3 ms to compile it from querysets, a sixth of a request.
_OWN_GROUPS = f"(SELECT group_id FROM {User.groups.through._meta.db_table} WHERE user_id = %(user)s)"
_TRANSLATED = f"(SELECT space_id FROM {TranslatorGroup._meta.db_table} WHERE group_id IN {_OWN_GROUPS})"
_ROLES = ("editors_id", "reviewers_id", "administrators_id")
_HAS_ROLE = " OR ".join(f"{role} IN {_OWN_GROUPS}" for role in _ROLES)
_SPACES_OF_USER = f"""
    SELECT space.*,
        ({_HAS_ROLE}) AS has_role,
        administrators_id IN {_OWN_GROUPS} AS is_administered,
        id IN {_TRANSLATED} AS is_translated
    FROM {Space._meta.db_table} AS space
    WHERE {_HAS_ROLE} OR id IN {_TRANSLATED}
    ORDER BY name, id
"""


def space_of(page: Page) -> Space | None:
    """Return the space of the nearest root among ``page`` and its ancestors, with one query."""
    root = (
        SpaceRoot.objects.filter(page__path__in=branch_paths(page.path))
        .select_related("space")
        .order_by("-page__path")
        .first()
    )
    return root.space if root else None


def space_of_collection(collection: Collection) -> Space | None:
    """Return the space of ``collection`` or its nearest ancestor with one; None for shared collections."""
    return (
        Space.objects.filter(collection__path__in=branch_paths(collection.path))
        .order_by("-collection__path")
        .first()
    )


def spaces_of(user: RequestUser) -> list[Space]:
    """Return the spaces in which ``user`` has a role, cached on the user object."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, _SPACES_CACHE):
        setattr(user, _SPACES_CACHE, list(Space.objects.raw(_SPACES_OF_USER, {"user": user.pk})))
    spaces: list[Space] = getattr(user, _SPACES_CACHE)
    return spaces


def translator_groups_of(user: RequestUser) -> list[TranslatorGroup]:
    """Return the groups in which ``user`` translates; a query for translators only, cached on the user."""
    if not any(cast(Any, space).is_translated for space in spaces_of(user)):
        return []
    if not hasattr(user, _TRANSLATOR_CACHE):
        found = TranslatorGroup.objects.filter(group__user=user.pk).order_by("pk")
        setattr(user, _TRANSLATOR_CACHE, list(found))
    groups: list[TranslatorGroup] = getattr(user, _TRANSLATOR_CACHE)
    return groups


def is_only_translated(space: Space) -> bool:
    """Check that the user of ``spaces_of``, which read ``space``, only translates there."""
    return not getattr(space, "has_role", True)


def administered_by(user: RequestUser) -> list[Space]:
    """Return the spaces that ``user`` administers, out of ``spaces_of``."""
    return [space for space in spaces_of(user) if cast(Any, space).is_administered]


def administers(user: RequestUser, kind: SpaceKind) -> bool:
    """Check that ``user`` administers a space of this kind, from the spaces of the account."""
    return any(space.kind == kind for space in administered_by(user))


def suspended_spaces(user: RequestUser) -> list[Space]:
    """Return the suspended spaces of ``user``, who may only read there; none for the state team."""
    if not user.is_active or user.is_superuser:
        return []
    found = [space for space in spaces_of(user) if space.suspended_on is not None]
    return [] if found and sees_everything(user) else found


def may_only_read(user: RequestUser) -> bool:
    """Check that every space of ``user`` is suspended."""
    found = suspended_spaces(user)
    return bool(found) and len(found) == len(spaces_of(user))


def sees_everything(user: RequestUser) -> bool:
    """Check that ``user`` belongs to the state team, not as a translator alone, or is a superuser."""
    if user.is_active and user.is_superuser:
        return True
    return any(space.kind == SpaceKind.STATE and not is_only_translated(space) for space in spaces_of(user))


def scope[Rows: QuerySet[Any]](queryset: Rows, user: RequestUser) -> Rows:
    """Return the rows of ``queryset`` that ``user`` may see in the admin."""
    if sees_everything(user):
        return queryset
    spaces = spaces_of(user)
    branch = branch_for(queryset.model) if spaces else None
    return queryset.filter(branch(spaces)) if branch else queryset.none()


def owns(user: RequestUser, row: Model) -> bool:
    """Check that ``row`` belongs to a space of ``user``; rows without a space belong to the state team."""
    if sees_everything(user):
        return True
    return getattr(row, "space_id", None) in {space.pk for space in spaces_of(user)}


def register_branches(branches: Mapping[type[Model], Branch]) -> None:
    """Add models to ``scope``; a branch also covers the subclasses of its model."""
    BRANCHES.update(branches)


def branch_for(model: type[Model]) -> Branch | None:
    """Return the branch of ``scope`` for ``model``; None if it is unknown."""
    for known in model.__mro__:
        if known in BRANCHES:
            return BRANCHES[known]
    return own_or_shared_rows if has_space(model) else None


def has_space(model: type[Model]) -> bool:
    """Check that ``model`` stores its space in a foreign key."""
    try:
        field = model._meta.get_field("space")
    except FieldDoesNotExist:
        return False
    return field.related_model is Space and field.concrete


def root_paths(spaces: list[Space]) -> list[str]:
    """Return the tree paths of the root pages of ``spaces``, cached on the space objects."""
    unread = [space for space in spaces if not hasattr(space, _ROOT_PATHS_CACHE)]
    if unread:
        found = SpaceRoot.objects.filter(space__in=unread).values_list("space_id", "page__path")
        rows = list(found)
        for space in unread:
            setattr(space, _ROOT_PATHS_CACHE, [path for owner, path in rows if owner == space.pk])
    return [path for space in spaces for path in getattr(space, _ROOT_PATHS_CACHE)]


def find_space_among(subject: Any, spaces: Iterable[Space]) -> Space | None:
    """Return the one of ``spaces`` that ``subject`` belongs to; no query without ``spaces``."""
    for space in spaces:
        if isinstance(subject, Page):
            if subject.path and has_page_at(space, subject.path):
                return space
        elif getattr(subject, "space_id", None) == space.pk:
            return space
    return None


def has_page_at(space: Space, path: str) -> bool:
    """Check that the page at ``path`` is one of ``own_pages``; a translator's space costs one query."""
    own = root_paths([space])
    if not path.startswith(tuple(own)):
        return False
    if not is_only_translated(space):
        return True
    if not hasattr(space, _ROOTS_BELOW_CACHE):
        roots = SpaceRoot.objects.filter(below_any(own, "page__"))
        setattr(space, _ROOTS_BELOW_CACHE, dict(roots.values_list("page__path", "space_id")))
    return find_nearest(path, getattr(space, _ROOTS_BELOW_CACHE)) == space.pk


def own_pages(spaces: list[Space]) -> Q:
    """Match the root pages of ``spaces`` and their descendants.

    Translators match only pages whose nearest root is the space's: other spaces are below the state's root.
    """
    only_translated = [space for space in spaces if is_only_translated(space)]
    wanted = below_any(root_paths([space for space in spaces if space not in only_translated]))
    for space in only_translated:
        wanted |= below_any(root_paths([space])) & Q(Exact(_space_of_page(), space.pk))
    return wanted


def _space_of_page() -> Subquery:
    """Return, for a query of pages, the space of the nearest root among a page and its ancestors."""
    roots = SpaceRoot.objects.filter(page__path__in=[BranchPaths(OuterRef("path"))])
    return Subquery(roots.order_by("-page__path").values("space")[:1])


def above_own_pages(spaces: list[Space]) -> Q:
    """Match the ancestors of the root pages of ``spaces``."""
    return Q(path__in={step for path in root_paths(spaces) for step in ancestor_paths(path)})


def own_or_shared_rows(spaces: list[Space]) -> Q:
    """Match the rows of ``spaces`` and the rows without a space."""
    return Q(space__in=[space.pk for space in spaces]) | Q(space__isnull=True)


def own_collections(spaces: list[Space]) -> Q:
    """Match the collections of ``spaces`` and the shared ones."""
    taken = Space.objects.exclude(pk__in=[space.pk for space in spaces])
    wanted = Q(depth__gt=1)
    for path in taken.values_list("collection__path", flat=True):
        wanted &= ~Q(path__startswith=path)
    return wanted


def own_spaces(spaces: list[Space]) -> Q:
    return Q(pk__in=[space.pk for space in spaces])


def group_ids(spaces: Iterable[Space]) -> set[int]:
    """Return the ids of the groups of ``spaces``: editors, reviewers and administrators."""
    return {
        group for space in spaces for group in (space.editors_id, space.reviewers_id, space.administrators_id)
    }


def own_groups(spaces: list[Space]) -> Q:
    return Q(pk__in=group_ids(spaces)) | Q(pk__in=_translator_groups(spaces))


def own_people(spaces: list[Space]) -> Q:
    """Match the users with a role in ``spaces``."""
    return Q(groups__in=group_ids(spaces)) | Q(groups__in=_translator_groups(spaces))


def _translator_groups(spaces: list[Space]) -> QuerySet[Any]:
    return TranslatorGroup.objects.filter(space__in=[space.pk for space in spaces]).values("group")


BRANCHES: dict[type[Model], Branch] = {
    Collection: own_collections,
    Group: own_groups,
    Page: own_pages,
    Space: own_spaces,
    User: own_people,
}
