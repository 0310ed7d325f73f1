"""Access to files: public while public content of the same space, or of the state, refers to them."""

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

EXTRA_ACCESS_RULES: list[Callable[[PortalImage, HttpRequest], bool]] = []
"""Rules of higher layers that let a visitor see an image that is not public; added in ``AppConfig.ready``."""

EXTRA_FILE_RULES: list[Callable[[OwnedFile, HttpRequest], bool]] = []
"""Rules of higher layers that let a visitor open an image or document that is not public."""


def may_download(document: PortalDocument, request: HttpRequest) -> bool:
    """Check that this visitor may download ``document``.

    Public content of its space or of the state makes it public; otherwise only its editors in the admin may.
    """
    if may_use_in_admin(document, request) or _is_published_for(document, request):
        return True
    return any(allows(document, request) for allows in EXTRA_FILE_RULES)


def may_view(image: PortalImage, request: HttpRequest) -> bool:
    """Check that this visitor may see ``image``, public or not."""
    if may_use_in_admin(image, request) or any(allows(image, request) for allows in EXTRA_ACCESS_RULES):
        return True
    if not is_restricted(image) and _is_published_for(image, request):
        return True
    return any(allows(image, request) for allows in EXTRA_FILE_RULES)


def may_use_in_admin(file: OwnedFile, request: HttpRequest) -> bool:
    """Check that this visitor may edit or choose ``file`` in the admin."""
    policy = policy_registry.get_by_type(type(file))
    allowed = ["change", "delete", "choose"]
    return bool(policy.user_has_any_permission_for_instance(request.user, allowed, file))


def _is_published_for(file: OwnedFile, request: HttpRequest) -> bool:
    """Check that content readable by this visitor refers to ``file``."""
    return any(can_read_referrer(referrer, request) for referrer in file.referrers())


def can_read_referrer(referrer: models.Model, request: HttpRequest) -> bool:
    """Check that this visitor can read ``referrer``."""
    if isinstance(referrer, Page):
        return may_read(referrer, request)
    return bool(getattr(referrer, "live", False))


def is_public_file(file: OwnedFile) -> bool:
    """Check that ``file`` is public for all visitors, with a fixed number of queries."""
    if is_restricted(file):
        return False
    page_kind = ContentType.objects.get_for_model(Page).pk
    rows = ReferenceIndex.get_references_to(file).values_list("base_content_type", "object_id").distinct()
    referrers = list(rows)
    page_ids = [int(key) for kind, key in referrers if kind == page_kind]
    return _is_on_public_page(file, page_ids) or _is_in_public_row(
        file, ((kind, key) for kind, key in referrers if kind != page_kind)
    )


def is_restricted(file: OwnedFile) -> bool:
    """Check that the collection of ``file`` or one of its ancestors has a view restriction."""
    return type(file)._default_manager.filter(restricted_collection(), pk=file.pk).exists()


def unrestricted_documents(keys: Collection[int]) -> dict[int, PortalDocument]:
    """Return the documents with these ids that are in no restricted collection, by id, with one query."""
    documents: dict[int, PortalDocument] = PortalDocument.objects.filter(
        ~restricted_collection(), pk__in=list(keys)
    ).in_bulk()
    return documents


def restricted_collection(path: str = "collection__path") -> Exists:
    """Return the condition that the collection at ``path`` or one above it has a view restriction."""
    beginning = Substr(OuterRef(path), 1, Length("collection__path"))
    return Exists(CollectionViewRestriction.objects.filter(collection__path=beginning))


def _is_on_public_page(file: OwnedFile, page_ids: Collection[int]) -> bool:
    """Check that ``file`` is on a public page whose space may publish it."""
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
    """Check that a live registry row of the same space, or without a space, refers to ``file``."""
    keys: dict[int, list[str]] = {}
    for kind, key in referrers:
        keys.setdefault(kind, []).append(key)
    return any(
        getattr(row, "live", False) and getattr(row, "space_id", None) in (None, file.space_id)
        for kind, wanted in keys.items()
        if (model := ContentType.objects.get_for_id(kind).model_class()) is not None
        for row in model._default_manager.filter(pk__in=wanted)
    )
