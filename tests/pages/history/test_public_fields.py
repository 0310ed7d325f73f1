"""The fields with a public past: hidden unless they are named."""

import pytest
from django.apps import apps

from pages.core.base import BasePage
from pages.core.inline import PageRow
from pages.history import checks
from pages.history.checks import (
    NEVER_PUBLIC,
    check_page_types,
    content_names,
    find_undecided_fields,
    public_history_fields,
)
from pages.plans.commitments import CommitmentPage
from pages.standard.models import StandardPage

OURS = [model for model in apps.get_models() if issubclass(model, BasePage | PageRow)]


def test_every_field_of_every_page_type_is_decided():
    assert check_page_types() == []
    assert len(OURS) > 15


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_an_undecided_field_is_an_error(model, monkeypatch):
    """As if each field were new: the check must report every one."""
    for base in model.__mro__:
        if "history_fields" in vars(base):
            monkeypatch.setattr(base, "history_fields", frozenset())
    monkeypatch.setattr(checks, "NEVER_PUBLIC", frozenset())

    undecided = {error.msg.partition(":")[0] for error in find_undecided_fields(model)}

    assert undecided == {f"{model._meta.label}.{name}" for name in content_names(model)}
    assert undecided


def test_only_existing_fields_are_named():
    # The key of a row identifies an action in every version.
    unknown = {model: public_history_fields(model) - set(content_names(model)) for model in OURS}
    assert {model: names for model, names in unknown.items() if names} == {}


def test_a_missing_context_builder_is_an_error(monkeypatch):
    monkeypatch.setattr(StandardPage, "context_builder", "pages.standard.context.build_nothing")

    assert [error.id for error in check_page_types()] == ["pages.E002"]


def test_editing_dates_and_inner_keys_are_hidden():
    for model in (StandardPage, CommitmentPage):
        assert not public_history_fields(model) & (NEVER_PUBLIC - {"translation_key"})
        assert not public_history_fields(model) & {
            "owner",
            "draft_title",
            "locked_by",
            "wagtail_admin_comments",
        }
