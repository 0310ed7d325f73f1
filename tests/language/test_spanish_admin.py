"""Texts of the project in the admin are Spanish and translatable."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import Panel
from wagtail.models import get_page_models

from pages.core.base import BasePage
from tests.language.wording import find_english, find_wrong
from tests.repository.files import ROOT

OURS = {
    *("accounts", "registry", "tenancy", "media", "approval", "pages", "search"),
    *("bundles", "deadlines", "delegation", "guest_links", "redactions", "word_lists", "dashboard"),
    *("ruling_desk", "imports"),
}
PACKAGES = {"abierto", "pages", "search", "blocks"}
# Not in any form: the portal writes them.
UNSEEN = {"PublicVersion", "SpaceVersion", "ProgressFigure", "Approval", "PortalRendition", "SpaceRoot"}


def iter_messages() -> list[str]:
    """Return the messages of the project's catalogue, with both plural forms."""
    source = (ROOT / "locale/en/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    found = re.findall(r'^msgid(?:_plural)? ((?:"(?:[^"\\]|\\.)*"\n?)+)', source, re.MULTILINE)
    texts = ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', message)) for message in found]
    return [text.replace('\\"', '"') for text in texts if text]


def iter_labels(model: type[models.Model]) -> Iterator[tuple[str, Any]]:
    """Yield the names of ``model`` and its fields, their help texts and choices."""
    yield "verbose_name", model._meta.verbose_name
    yield "verbose_name_plural", model._meta.verbose_name_plural
    inherited = {
        field.name
        for base in model.__mro__[1:]
        if hasattr(base, "_meta") and base.__module__.split(".")[0] not in PACKAGES
        for field in base._meta.get_fields()
    }
    for field in (*model._meta.fields, *model._meta.many_to_many):
        is_link = field.primary_key or isinstance(field, ParentalKey)
        if is_link or not field.editable or field.name in inherited:
            continue
        yield field.name, field.verbose_name
        if field.help_text:
            yield f"{field.name}, help", field.help_text
        for value, label in field.choices or ():
            yield f"{field.name}, {value}", label


def iter_panels(panel: Panel) -> Iterator[Panel]:
    yield panel
    for child in getattr(panel, "children", ()):
        yield from iter_panels(child)


READ = [
    model
    for model in apps.get_models()
    if model._meta.app_label in OURS and model.__name__ not in UNSEEN and not model._meta.auto_created
]
PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


def test_the_scan_detects_english_and_wrong_words():
    assert find_english("Add a new commitment") == {"add", "new"}
    assert find_wrong("Añada una Calquiera") == {"añad[a-zíáéó]*", "calquiera"}
    assert not find_wrong("Agrega «slug» en %(slug)s")
    assert not find_english("Agrega el avance de %(name)s, por ejemplo <b>42 %</b>.")


def test_every_message_is_in_spanish():
    found = iter_messages()

    assert len(found) > 900
    assert {
        message: words for message in found if (words := find_english(message) | find_wrong(message))
    } == {}


@pytest.mark.parametrize("model", READ, ids=lambda model: model._meta.label)
def test_models_and_fields_are_named_in_spanish(model):
    with override("es-mx"):
        for name, label in iter_labels(model):
            # Django derives a missing verbose name from the English identifier.
            assert isinstance(label, Promise), f"{name}: «{label}» does not go through gettext"
            assert not find_english(str(label)), f"{name}: «{label}»"


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_page_forms_have_spanish_headings_and_help(model):
    panels = list(iter_panels(model.get_edit_handler()))
    own = {field.name for field in model._meta.fields if field.model.__module__.split(".")[0] in PACKAGES}

    with override("es-mx"):
        texts = [
            str(text)
            for panel in panels
            if getattr(panel, "field_name", None) in own | {None}
            for text in (panel.heading, panel.help_text)
            if text
        ]
        assert str(model.page_description)
        assert len(texts) > 3
        assert {
            text: words for text in [*texts, str(model.page_description)] if (words := find_english(text))
        } == {}


@pytest.mark.parametrize("language", ["es", "es-mx"])
def test_the_catalogue_overrides_wagtail_and_django(language):
    with override(language):
        assert [gettext(word) for word in ("Reports", "Settings", "slug", "November")] == [
            "Bitácoras",
            "Configuración",
            "dirección en la web",
            "noviembre",
        ]
