"""The recorded values of each kind of public object without revisions."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from abierto.accounts.models import User
from abierto.approval.models import ReviewTask, TraceSettings
from abierto.media.models import PortalDocument, PortalImage
from abierto.tenancy.models import PortalSettings, Space, SpaceRoot

from .fingerprints import Values


@dataclass(frozen=True)
class RecordedModel:
    """A recorded model: its name in the records and the values that are hashed."""

    name: str
    model: type[models.Model]
    label: str
    values: Callable[[Any], Values]
    is_public: bool = True
    """Whether the public sees a change at once: then only a named person, or an import, may record it.

    Structure (spaces, reviews) is written by commands too; what counts there is that it went through a model.
    """
    default: Values | None = None
    """Values that a row without a record may have; other values are not compared then."""


def field_values(*names: str) -> Callable[[Any], Values]:
    """Return a function that reads these columns of a row."""

    def read(row: Any) -> Values:
        return {name: getattr(row, row._meta.get_field(name).attname) for name in names}

    return read


def restriction_values(row: Any) -> Values:
    """Return the values of a view restriction, with the password as an scrypt hash."""
    target = "page_id" if isinstance(row, PageViewRestriction) else "collection_id"
    password = ""
    if row.password:
        salt = f"{row._meta.label_lower}:{row.pk}".encode()
        password = hashlib.scrypt(row.password.encode(), salt=salt, n=2**14, r=8, p=1).hex()
    return {
        target.removesuffix("_id"): getattr(row, target),
        "restriction_type": row.restriction_type,
        "password": password,
        "groups": sorted(row.groups.values_list("pk", flat=True)),
    }


def collection_values(row: Collection) -> Values:
    """Return the parent of a collection: the restrictions of its ancestors apply to its files."""
    return {"parent_collection": None if row.is_root() else row.get_parent().pk}


def task_groups(row: ReviewTask) -> Values:
    """Return which groups decide at a step."""
    return {"groups": sorted(row.groups.values_list("pk", flat=True))}


def group_values(row: Group) -> Values:
    """Return the members and the permissions of a group."""
    return {
        "members": sorted(row.user_set.values_list("pk", flat=True)),
        "permissions": sorted(row.permissions.values_list("pk", flat=True)),
    }


def file_values(row: Any) -> Values:
    """Return the public texts of a file, its path, and the collection that may restrict it."""
    words = {name: str(row.file.name) if name == "file" else getattr(row, name) for name in row.public_fields}
    return words | {"collection": row.collection_id}


NAMES = field_values("first_name", "last_name", "post")

REDIRECTS = RecordedModel(
    "wagtailredirects.redirect",
    Redirect,
    "la redirección",
    field_values(
        "old_path",
        "site",
        "is_permanent",
        "redirect_page",
        "redirect_page_route_path",
        "redirect_link",
        "automatically_created",
    ),
)

RECORDED_MODELS: tuple[RecordedModel, ...] = (
    REDIRECTS,
    RecordedModel(
        "wagtailcore.site",
        Site,
        "el sitio",
        field_values("hostname", "port", "site_name", "root_page", "is_default_site"),
    ),
    RecordedModel(
        "approval.tracesettings",
        TraceSettings,
        "la traza pública",
        field_values("by_post"),
        default={"by_post": True},
    ),
    RecordedModel(
        "tenancy.portalsettings",
        PortalSettings,
        "cómo se presenta el portal",
        field_values("territory", "contact_email"),
        default={"territory": "", "contact_email": ""},
    ),
    RecordedModel(
        "wagtailcore.pageviewrestriction", PageViewRestriction, "la privacidad", restriction_values
    ),
    RecordedModel(
        "wagtailcore.collectionviewrestriction",
        CollectionViewRestriction,
        "la privacidad de una colección",
        restriction_values,
    ),
    RecordedModel(
        "wagtailcore.collection",
        Collection,
        "la colección",
        collection_values,
        is_public=False,
        default={},
    ),
    RecordedModel(
        "tenancy.space",
        Space,
        "el espacio",
        field_values("kind", "name", "slug", "suspended_on", "suspension_reason"),
        is_public=False,
    ),
    RecordedModel(
        "tenancy.spaceroot",
        SpaceRoot,
        "la raíz de un espacio",
        field_values("space", "page"),
        is_public=False,
    ),
    RecordedModel(
        "wagtailcore.workflow",
        Workflow,
        "el flujo de revisión",
        field_values("active"),
        is_public=False,
        default={},
    ),
    RecordedModel(
        "wagtailcore.workflowtask",
        WorkflowTask,
        "el paso de una revisión",
        field_values("workflow", "task", "sort_order"),
        is_public=False,
    ),
    RecordedModel(
        "wagtailcore.workflowpage",
        WorkflowPage,
        "la revisión de una página",
        field_values("page", "workflow"),
        is_public=False,
    ),
    RecordedModel(
        "wagtailcore.task",
        Task,
        "la tarea de revisión",
        field_values("active"),
        is_public=False,
        default={},
    ),
    RecordedModel("approval.reviewtask", ReviewTask, "los grupos de la tarea", task_groups, is_public=False),
    RecordedModel("auth.group", Group, "el grupo", group_values, is_public=False, default={"members": []}),
    RecordedModel("accounts.user:rights", User, "la cuenta", field_values("is_superuser"), is_public=False),
)

# Public only once a ledger names the account, or a page shows the file: audited separately.
ACCOUNT_NAMES = RecordedModel("accounts.user:names", User, "el nombre público", NAMES)
FILES: tuple[RecordedModel, ...] = (
    RecordedModel("media.portaldocument", PortalDocument, "el documento", file_values),
    RecordedModel("media.portalimage", PortalImage, "la imagen", file_values),
)
FILE_BYTES = "media.bytes"
PLACEMENT = "wagtailcore.page"
