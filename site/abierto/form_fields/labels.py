"""Translate the labels that Django derives from the English names of fields."""

from typing import Any

from django.forms import BoundField, Field
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.utils.translation import gettext


class TranslatedBoundField(BoundField):
    """A field whose derived label is looked up in the catalogues; labels that are given stay as they are."""

    def __init__(self, form: Any, field: Field, name: str) -> None:
        super().__init__(form, field, name)
        derived = pretty_name(name)
        if derived and str(self.label) == derived:
            self.label = gettext(derived)


class TranslatingRenderer(TemplatesSetting):
    """The form renderer of the portal: Wagtail's forms leave some labels to Django."""

    bound_field_class = TranslatedBoundField
