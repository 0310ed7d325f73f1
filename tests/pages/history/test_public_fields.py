"""What the public may read the past of: closed unless somebody named it."""

import pytest
from django.apps import apps

from pages.core.base import BasePage
from pages.core.inline import PageRow
from pages.history import checks as public_fields
from pages.history.checks import NOT_SHOWN, SHOWN, check_public_fields, content_names, shown_fields, undecided
from pages.plans.commitments import CommitmentPage
from pages.standard.models import StandardPage

OURS = [model for model in apps.get_models() if issubclass(model, BasePage | PageRow)]


def test_every_field_of_every_type_is_decided():
    assert check_public_fields() == []
    assert len(OURS) > 15


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_field_that_nobody_named_is_an_error(model, monkeypatch):
    """As if each field were new: the check asks for every one of them."""
    monkeypatch.setattr(public_fields, "SHOWN", {})
    monkeypatch.setattr(public_fields, "EVERY_PAGE", frozenset())
    monkeypatch.setattr(public_fields, "NOT_SHOWN", frozenset())

    asked = {error.msg.partition(":")[0] for error in undecided(model)}

    assert asked == {f"{model._meta.label}.{name}" for name in content_names(model)}
    assert asked


def test_nothing_is_named_that_does_not_exist():
    known = {model._meta.model_name: set(content_names(model)) for model in OURS}
    # A row's key is how an action is found again in another version.
    assert {name: fields - known[name] for name, fields in SHOWN.items() if fields - known[name]} == {}


def test_the_dates_of_editors_and_inner_keys_are_not_shown():
    for model in (StandardPage, CommitmentPage):
        assert not shown_fields(model) & (NOT_SHOWN - {"translation_key"})
        assert not shown_fields(model) & {"owner", "draft_title", "locked_by", "wagtail_admin_comments"}
