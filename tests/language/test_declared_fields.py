"""Every field of every page type and of its rows is declared as translated or synchronized."""

import pytest
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page, TranslatableMixin, get_page_models
from wagtail_localize.fields import SynchronizedField, TranslatableField, get_translatable_fields

from pages.core.base import BasePage
from pages.core.inline import PageRow
from pages.core.translation import OwnField
from pages.figures.models import ProgressFigure
from pages.home.models import HomePage

PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]
# Stored as text without being text: equal in every language.
CODES = {
    "AxisPage.code",
    "CommitmentPage.code",
    "MicrositePage.accent_color",
    "MicrositePage.band_color",
    "MicrositePage.email",
    "MicrositePage.phone",
    "ReportRow.code",
    "ReportRow.rule",
    "RulingPage.case_key",
    "RulingPage.case_number",
}
# Fields that Wagtail adds to a row: key, parent, language and order.
FRAME = {"id", "translation_key", "locale", "sort_order"}


def list_row_models(model: type[Page]) -> list[type[models.Model]]:
    relations = [
        relation for relation in get_all_child_relations(model) if relation.name != COMMENTS_RELATION_NAME
    ]
    return [relation.related_model for relation in relations]


ROW_TYPES = [row for page_type in PAGE_TYPES for row in list_row_models(page_type)]


def own_fields(model: type[models.Model]) -> list[models.Field]:
    """Return the editable and computed fields: no database keys, no link to the parent."""
    inherited = {field.name for field in Page._meta.get_fields()} if issubclass(model, Page) else FRAME
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [
        field
        for field in fields
        if field.name not in inherited
        and not isinstance(field, ParentalKey)
        and not (field.remote_field and getattr(field.remote_field, "parent_link", False))
    ]


def is_text(field: models.Field) -> bool:
    if f"{field.model.__name__}.{field.name}" in CODES or field.choices:
        return False
    if isinstance(field, models.URLField):  # an address is the same in every language
        return False
    return isinstance(field, models.CharField | models.TextField | RichTextField | StreamField)


EVERY_FIELD = [
    pytest.param(model, field, id=f"{model.__name__}.{field.name}")
    for model in (*PAGE_TYPES, *ROW_TYPES)
    for field in own_fields(model)
]


def test_all_page_types_and_rows_are_checked():
    assert {"HomePage", "PlanPage", "CommitmentPage", "ReportPage", "SessionPage"} <= {
        model.__name__ for model in PAGE_TYPES
    }
    assert {"CommitmentAction", "CommitmentParty", "UpdateRow", "ReportRow", "Erratum", "Agreement"} <= {
        model.__name__ for model in ROW_TYPES
    }


@pytest.mark.parametrize(("model", "field"), EVERY_FIELD)
def test_texts_are_translated_and_all_other_fields_synchronized(model, field):
    declared = {declaration.field_name: declaration for declaration in get_translatable_fields(model)}

    assert field.name in declared, f"Say in {model.__name__} what a translation does with {field.name}."
    found = declared[field.name]
    if is_text(field):
        assert isinstance(found, TranslatableField)
    else:
        # wagtail-localize lets translators override a field that is not declared.
        assert isinstance(found, SynchronizedField)
        assert not found.overridable, f"Declare {field.name} in synchronized_fields()."


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_slug_and_menu_fields_are_synchronized(model):
    declared = {declaration.field_name: declaration for declaration in get_translatable_fields(model)}

    # The home pages of all languages are siblings.
    assert declared["slug"] == (OwnField if model is HomePage else SynchronizedField)("slug")
    assert not getattr(declared["slug"], "overridable", False)
    assert not declared["show_in_menus"].overridable
    assert isinstance(declared["title"], TranslatableField)


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_only_existing_fields_are_declared(model):
    for owner in (model, *list_row_models(model)):
        names = {field.name for field in owner._meta.get_fields()}
        assert {declaration.field_name for declaration in get_translatable_fields(owner)} <= names


@pytest.mark.parametrize("row", ROW_TYPES, ids=lambda model: model.__name__)
def test_rows_have_the_same_key_in_every_language(row):
    assert issubclass(row, PageRow)
    assert ["translation_key", "locale"] in [list(names) for names in row._meta.unique_together]


def test_live_figures_have_no_language():
    assert not issubclass(ProgressFigure, TranslatableMixin)
    assert ProgressFigure._meta.get_field("key").unique
