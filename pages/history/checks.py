"""System checks of page types: history fields are decided for every field, context builders exist.

The past of a field is hidden unless ``history_fields`` names it. It must name what a template prints, what
search engines read and the rules that decide a published figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.db import models
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations

from abierto.approval.ledger.hashing import NOT_CONTENT, NOT_CONTENT_OF_A_ROW, is_content
from pages.core.base import BasePage
from pages.core.context import load_builder
from pages.core.inline import PageRow

NEVER_PUBLIC = frozenset(
    {
        "go_live_at", "expire_at", "translation_key", "key", "parent_key", "anonymized_by",
        "names_reviewed_by", "indicator_key",
    }
)  # fmt: skip
"""Fields that no page prints: the editors' dates, accounts, and the keys that link rows."""


def public_history_fields(model: type[models.Model]) -> frozenset[str]:
    """Return the names of the fields and inline relations of ``model`` whose past is public."""
    own = frozenset().union(*(vars(base).get("history_fields", ()) for base in model.__mro__))
    return own if issubclass(model, BasePage | PageRow) else frozenset()


def content_names(model: type[models.Model]) -> Iterator[str]:
    """Yield the names of the editable content of ``model``: fields, rows and many-to-many relations."""
    left_out = NOT_CONTENT if issubclass(model, BasePage) else NOT_CONTENT_OF_A_ROW
    for field in model._meta.fields:
        if field.name not in left_out and is_content(field) and not _is_parent_link(field):
            yield field.name
    for relation in get_all_child_relations(model):
        if relation.get_accessor_name() not in left_out:
            yield relation.get_accessor_name()
    for field in get_all_child_m2m_relations(model):
        yield field.name


def _is_parent_link(field: models.Field) -> bool:
    return bool(field.remote_field and getattr(field.remote_field, "parent_link", False))


def check_page_types(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Check the declarations of every page type and of its inline rows."""
    ours = [model for model in apps.get_models() if issubclass(model, BasePage | PageRow)]
    return [
        error for model in ours for error in (*find_undecided_fields(model), *find_missing_builder(model))
    ]


def find_undecided_fields(model: type[models.Model]) -> Iterator[checks.Error]:
    """Yield an error for each field of ``model`` that is neither shown nor left out by name."""
    for name in content_names(model):
        if name not in public_history_fields(model) | NEVER_PUBLIC:
            yield checks.Error(
                f"{model._meta.label}.{name}: may the public read its past?",
                hint="Name it in ``history_fields`` of the class, or in pages.history.checks.NEVER_PUBLIC.",
                obj=model,
                id="pages.E001",
            )


def find_missing_builder(model: type[models.Model]) -> Iterator[checks.Error]:
    """Yield an error when ``model`` names a context builder that cannot be imported."""
    path = getattr(model, "context_builder", "")
    try:
        builder = load_builder(path) if path else None
    except ImportError as error:
        yield checks.Error(f"{model._meta.label}.context_builder: {error}", obj=model, id="pages.E002")
    else:
        if path and not callable(builder):
            yield checks.Error(
                f"{model._meta.label}.context_builder is not callable.", obj=model, id="pages.E002"
            )
