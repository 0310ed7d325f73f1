"""Which public pages a write to a model can change; pages, values and tables without a rule change all.

The same classes decide what a page may read while its dependencies are recorded (:mod:`pages.core.reads`).
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
# Written while people edit and review, and shown in the admin only.
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
# Shown by views that record no dependencies: history, lists of changes.
UNRECORDED_MODELS = frozenset(
    {"accountrecord", "publicrecord", "withdrawnfrom", "standin", "ledgerhead", "ledgerlink"}
)


class Reach(Enum):
    """The pages that a write to a row of a model can change."""

    NONE = "none"
    """No public page."""
    SPACE = "space"
    """The pages of the row's space, and those that read a page of it."""
    SHARED = "shared"
    """Every page."""
    UNRECORDED = "unrecorded"
    """The pages whose dependencies are not recorded."""


@cache
def reach_of(model: type[models.Model]) -> Reach:
    """Return the reach of the writes to ``model``."""
    name = model._meta.model_name
    # A historical model of a migration: our own tables may not exist yet.
    if model._meta.apps is not apps or model._meta.app_label not in WATCHED_APPS or name in ADMIN_ONLY_MODELS:
        return Reach.NONE
    if name in UNRECORDED_MODELS:
        return Reach.UNRECORDED
    # The links of a page to many rows are saved with it.
    owner: Any = model._meta.auto_created or model
    return Reach.SPACE if issubclass(owner, (Page, PageRow, Approval, FileText)) else Reach.SHARED


@cache
def reach_by_table() -> dict[str, Reach]:
    """Return the reach of each table. Types of content never change; figures change with their pages."""
    found = {model._meta.db_table: reach_of(model) for model in apps.get_models(include_auto_created=True)}
    found[ContentType._meta.db_table] = Reach.SHARED
    # Written in bulk, without signals, in the transaction of the page that they are computed from.
    found[ProgressFigure._meta.db_table] = Reach.SPACE
    return found
