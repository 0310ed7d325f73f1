"""Which fields the public may read the past of. Closed: a field that is not named here as shown is not.

What a template prints, what search engines are told and the rules that decide a published figure are shown.
A system check asks for a decision about every field of every page type and of its rows.
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
from pages.core.inline import PageRow

EVERY_PAGE = frozenset(
    {"title", "summary", "slug", "seo_title", "search_description", "show_in_menus"}
)  # fmt: skip

SHOWN: dict[str, frozenset[str]] = {
    "homepage": frozenset({"lead", "popular_searches", "current_plan", "body"}),
    "planindexpage": frozenset({"intro"}),
    "planpage": frozenset({
        "level", "kind", "status", "period_start", "period_end", "objective", "target_text", "source_note",
        "body", "roll_up", "stage_counts_as", "missing_counts_as", "cadence_months", "grace_days",
    }),
    "axispage": frozenset({"code", "justification", "objective", "expected_effect"}),
    "commitmentpage": frozenset({
        "code", "official_name", "problem", "objective", "citizen_purpose", "relevance", "start", "end",
        "cadence_months", "sdg_targets", "sdg_note", "body", "actions", "parties",
    }),
    "commitmentparty": frozenset({"role", "institution", "person", "post", "valid_from", "valid_until"}),
    "commitmentaction": frozenset({
        "translation_key", "number", "title", "text", "deliverable", "weight", "start", "end", "means",
    }),
    "progressupdatepage": frozenset({
        "period_start", "period_end", "declared", "declared_note", "narrative", "evidence", "rows",
    }),
    "updaterow": frozenset({"action_key", "percent", "stage", "note", "evidence"}),
    "reportpage": frozenset({
        "kind", "number", "period_start", "period_end", "cutoff", "target_date", "presented_on", "intro",
        "document", "body", "rows", "errata",
    }),
    "reportrow": frozenset({
        "level", "code", "label", "declared", "computed", "effective", "stage", "rule", "differs", "weight",
        "note",
    }),
    "erratum": frozenset({"date", "text"}),
    "secretariatpage": frozenset({"secretariat", "intro", "body"}),
    "sessionpage": frozenset({
        "kind", "number", "starts_at", "ends_at", "place", "agenda", "minutes", "agreements",
    }),
    "agreement": frozenset({"text", "responsible", "due"}),
    "declarationpage": frozenset({"signed_on", "place", "body", "signatories"}),
    "signatory": frozenset({"institution", "person", "post", "role"}),
    "standardpage": frozenset({"body"}),
}  # fmt: skip
"""What the public reads, by model; pages also have `EVERY_PAGE`."""

NOT_SHOWN = frozenset({"go_live_at", "expire_at", "translation_key", "key", "parent_key"})
"""What no page prints: the editors' dates, and the keys by which rows find each other."""


def shown_fields(model: type[models.Model]) -> frozenset[str]:
    """Return the names of the fields and rows of ``model`` whose past is shown."""
    own = SHOWN.get(str(model._meta.model_name), frozenset())
    return own | EVERY_PAGE if issubclass(model, BasePage) else own


def content_names(model: type[models.Model]) -> Iterator[str]:
    """Yield the names of everything that somebody writes in ``model``: fields, rows and choices of many."""
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


def check_public_fields(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Check that somebody decided about every field whether its past is shown."""
    ours = (model for model in apps.get_models() if issubclass(model, BasePage | PageRow))
    return [error for model in ours for error in undecided(model)]


def undecided(model: type[models.Model]) -> Iterator[checks.Error]:
    """Yield an error for each field of ``model`` that is neither shown nor left out by name."""
    for name in content_names(model):
        if name not in shown_fields(model) | NOT_SHOWN:
            yield checks.Error(
                f"{model._meta.label}.{name}: may the public read its past?",
                hint="Name it in pages.history.checks.",
                obj=model,
                id="pages.E001",
            )
