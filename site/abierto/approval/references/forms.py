"""Form mixin that refuses, on the field, a chosen object that the content may not reference."""

from collections.abc import Iterator
from typing import Any

from django.forms.formsets import DELETION_FIELD_NAME
from wagtail.admin.widgets import BaseChooser
from wagtail.fields import StreamField

from abierto.approval.mixins import FourEyesChild
from abierto.tenancy.models import Space
from abierto.tenancy.reference_policy import space_of_content
from blocks.raw_values import StoredReference

from .checks import error_message, exclude_public, find_refused_references
from .extraction import is_reference_field, iter_field_references


class ReferencesForm:
    """Content form mixin that checks the objects chosen in the form and in its rows."""

    def clean(self) -> dict[str, Any]:
        """Refuse, on its field, each choice that this content or this person may not make."""
        cleaned = super().clean()  # type: ignore[misc]
        for form in self.content_forms():
            for name, references in find_chosen_references(form).items():
                refused = find_refused_references(references, self.space_of_choices(), self.for_user)  # type: ignore[attr-defined]
                refused = exclude_public(refused, self.instance) if refused else []  # type: ignore[attr-defined]
                for text in dict.fromkeys(error_message(reference) for reference in refused):
                    form.add_error(name, text)
        return cleaned

    def is_valid(self) -> bool:
        """Clear the refused choices, whose names the form would show again."""
        valid: bool = super().is_valid()  # type: ignore[misc]
        if not valid:
            for form in self.content_forms():
                clear_refused_choices(form)
        return valid

    def space_of_choices(self) -> Space | None:
        """Return the space chosen in the form for the content."""
        submitted = self.cleaned_data.get("space")  # type: ignore[attr-defined]
        return submitted if isinstance(submitted, Space) else space_of_content(self.instance)  # type: ignore[attr-defined]

    def content_forms(self) -> Iterator[Any]:
        """Yield this form and those of its rows."""
        yield self
        for rows in self.formsets.values():  # type: ignore[attr-defined]
            if issubclass(rows.model, FourEyesChild):
                yield from rows.forms


def find_chosen_references(form: Any) -> dict[str, list[StoredReference]]:
    """Return the objects chosen in each field of ``form``."""
    # Reading ``errors`` of a row form validates it.
    if not form.is_bound or form.errors is None:
        return {}
    cleaned = form.cleaned_data
    if cleaned.get(DELETION_FIELD_NAME):
        return {}
    fields = {
        field.name: field for field in [*form._meta.model._meta.fields, *form._meta.model._meta.many_to_many]
    }
    found = {}
    for name, value in list(cleaned.items()):
        field = fields.get(name)
        if field is not None and (field.many_to_many or is_reference_field(field)):
            stored = prepare_value(field, value)
            found[name] = list(iter_field_references(field, stored, (field.verbose_name,)))
    return found


def prepare_value(field: Any, value: Any) -> Any:
    """Return a cleaned value in the format of a revision."""
    if field.many_to_many:
        return [row.pk for row in value or ()]
    if isinstance(field, StreamField):
        return field.get_prep_value(value)
    return getattr(value, "pk", value)


def clear_refused_choices(form: Any) -> None:
    """Empty the choosers with an error, which would show the refused object or fail on an invalid key."""
    refused = [
        name
        for name in form.errors
        if name in form.fields and isinstance(form.fields[name].widget, BaseChooser)
    ]
    if refused:
        data = form.data.copy()
        for name in refused:
            data[form.add_prefix(name)] = ""
        form.data = data
