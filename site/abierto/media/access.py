"""Who may have a file: the public, while something public of its space shows it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex
from wagtail.permissions import policy_registry

from abierto.tenancy.models import SpaceRoot
from abierto.tenancy.reference_policy import may_open
from abierto.tenancy.tree_paths import branch_paths, find_nearest
from abierto.tenancy.visibility import filter_public, may_read

from .models import PortalDocument, PortalImage
from .models.base import OwnedFile

ALSO_SHOWN_TO: list[Callable[[PortalImage, HttpRequest], bool]] = []
"""Who else may see a picture that is not public; higher layers add to it when they are ready."""


def may_download(document: PortalDocument, request: HttpRequest) -> bool:
    """Say whether this visitor may have ``document``.

    Everybody may when something public of its own space, or of the state, refers to it; otherwise only
    whoever works with it in the admin.
    """
    return may_work_with(document, request) or _is_offered(document, request)


def may_see(image: PortalImage, request: HttpRequest) -> bool:
    """Say whether this visitor may see ``image``, public or not."""
    if may_work_with(image, request) or any(allows(image, request) for allows in ALSO_SHOWN_TO):
        return True
    return not is_reserved(image) and _is_offered(image, request)


def may_work_with(file: OwnedFile, request: HttpRequest) -> bool:
    """Say whether this visitor works with ``file`` in the admin."""
    policy = policy_registry.get_by_type(type(file))
    allowed = ["change", "delete", "choose"]
    return bool(policy.user_has_any_permission_for_instance(request.user, allowed, file))


def _is_offered(file: OwnedFile, request: HttpRequest) -> bool:
    """Say whether something that this visitor may read refers to ``file``."""
    return any(is_open(referrer, request) for referrer in file.referrers())


def is_open(referrer: models.Model, request: HttpRequest) -> bool:
    """Say whether this visitor can see what refers to the file."""
    if isinstance(referrer, Page):
        return may_read(referrer, request)
    return bool(getattr(referrer, "live", False))


def is_public_file(file: OwnedFile) -> bool:
    """Say whether everybody may have ``file``. The queries do not depend on how many things show it."""
    if is_reserved(file):
        return False
    page_kind = ContentType.objects.get_for_model(Page).pk
    rows = ReferenceIndex.get_references_to(file).values_list("base_content_type", "object_id").distinct()
    referrers = list(rows)
    page_ids = [int(key) for kind, key in referrers if kind == page_kind]
    return _is_on_public_page(file, page_ids) or _is_in_public_row(
        file, ((kind, key) for kind, key in referrers if kind != page_kind)
    )


def is_reserved(file: OwnedFile) -> bool:
    """Say whether the collection of ``file``, or one above it, keeps it for some visitors."""
    return type(file)._default_manager.filter(_is_in_restricted_collection(), pk=file.pk).exists()


def unrestricted_documents(keys: Collection[int]) -> dict[int, PortalDocument]:
    """Return those of the documents that no collection keeps for some visitors, by id. One query."""
    documents: dict[int, PortalDocument] = PortalDocument.objects.filter(
        ~_is_in_restricted_collection(), pk__in=list(keys)
    ).in_bulk()
    return documents


def _is_in_restricted_collection() -> Exists:
    beginning = Substr(OuterRef("collection__path"), 1, Length("collection__path"))
    return Exists(CollectionViewRestriction.objects.filter(collection__path=beginning))


def _is_on_public_page(file: OwnedFile, page_ids: Collection[int]) -> bool:
    """Say whether one of the pages is public and of the space of ``file``, or of one that may show it."""
    if not page_ids:
        return False
    paths = list(filter_public(Page.objects.filter(pk__in=page_ids)).values_list("path", flat=True))
    if not paths or file.space_id is None:
        return bool(paths)
    above = {step for path in paths for step in branch_paths(path)}
    roots = SpaceRoot.objects.filter(page__path__in=above)
    spaces = {root.path: root.space for root in roots.select_related("space").annotate(path=F("page__path"))}
    return any(may_open(find_nearest(path, spaces), file) for path in paths)


def _is_in_public_row(file: OwnedFile, referrers: Iterable[tuple[int, str]]) -> bool:
    """Say whether a public row of the registry shows ``file``."""
    keys: dict[int, list[str]] = {}
    for kind, key in referrers:
        keys.setdefault(kind, []).append(key)
    return any(
        getattr(row, "live", False) and getattr(row, "space_id", None) in (None, file.space_id)
        for kind, wanted in keys.items()
        if (model := ContentType.objects.get_for_id(kind).model_class()) is not None
        for row in model._default_manager.filter(pk__in=wanted)
    )
