"""Map each model to the cached pages that a write to it can change; a model without a rule changes all.

The recorder of dependencies (:mod:`pages.core.reads`) uses the same values to classify the tables of a query.
"""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page

from abierto.approval.models import Approval
from abierto.media.models import FileText
from pages.figures.models import ProgressFigure

from .inline import PageRow

WATCHED_APPS = frozenset(
    {"accounts", "approval", "media", "pages", "registry", "tenancy", "wagtailcore", "wagtailredirects"}
)
# Shown in the admin only.
ADMIN_ONLY_MODELS = frozenset(
    {
        "revision",
        "pagelogentry",
        "modellogentry",
        "taskstate",
        "workflowstate",
        "referenceindex",
        "comment",
        "commentreply",
        "pagesubscription",
        "submissionnote",
        "publicversion",
        "spaceversion",
        "filereading",  # what visitors read of it is its ``FileText``
    }
)
# Shown only by views whose dependencies are not recorded: history, lists of changes.
UNRECORDED_MODELS = frozenset(
    {"accountrecord", "publicrecord", "withdrawnfrom", "standin", "ledgerhead", "ledgerlink"}
)


class CacheImpact(Enum):
    """The cached pages that a write to a row of a model invalidates."""

    NONE = "none"
    """No public page."""
    SPACE = "space"
    """The pages of the row's space, and those that read a page of it."""
    SHARED = "shared"
    """Every page."""
    UNRECORDED = "unrecorded"
    """The pages whose dependencies are not recorded."""


@cache
def find_cache_impact(model: type[models.Model]) -> CacheImpact:
    """Return which cached pages a write to ``model`` invalidates."""
    name = model._meta.model_name
    # A historical model of a migration: our own tables may not exist yet.
    if model._meta.apps is not apps or model._meta.app_label not in WATCHED_APPS or name in ADMIN_ONLY_MODELS:
        return CacheImpact.NONE
    if name in UNRECORDED_MODELS:
        return CacheImpact.UNRECORDED
    # The links of a page to many rows are saved with it.
    owner: Any = model._meta.auto_created or model
    return CacheImpact.SPACE if issubclass(owner, (Page, PageRow, Approval, FileText)) else CacheImpact.SHARED


@cache
def map_tables_to_impact() -> dict[str, CacheImpact]:
    """Return the impact of each table. Content types never change; figures change with their pages."""
    found = {
        model._meta.db_table: find_cache_impact(model) for model in apps.get_models(include_auto_created=True)
    }
    found[ContentType._meta.db_table] = CacheImpact.SHARED
    # Written in bulk, without signals, in the transaction of the page that they are computed from.
    found[ProgressFigure._meta.db_table] = CacheImpact.SPACE
    return found
