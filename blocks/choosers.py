"""Chooser blocks that tolerate any stored value, and the portal's policy for the objects to choose.

Migrations refer to their Wagtail base blocks.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from blocks.raw_values import stored_key, typed_key

Deconstructed = tuple[str, tuple[Any, ...], dict[str, Any]]


class ChoicePolicy(Protocol):
    """The portal's rules for chosen objects; the blocks do not import the apps of spaces."""

    def may_see(self, target: Model) -> bool:
        """Check whether the admin user may read the title of ``target``."""

    def may_show(self, target: Model, page: Any) -> bool:
        """Check whether ``page`` may show ``target`` to its readers."""


_policies: list[ChoicePolicy] = []


def register_choice_policy(policy: ChoicePolicy) -> None:
    """Add a policy; all of them must agree. Called by the app that knows the spaces."""
    _policies.append(policy)


def may_see(target: Model) -> bool:
    """Check that every policy lets the admin user read the title of ``target``."""
    return all(policy.may_see(target) for policy in _policies)


def may_show(target: Model, page: Any) -> bool:
    """Check that every policy lets ``page`` show ``target`` to its readers."""
    return all(policy.may_show(target, page) for policy in _policies)


def hidden_state(pk: Any) -> dict[str, Any]:
    """Return the chooser state of an object of another space: its key only."""
    title = gettext("De otra institución")
    picture = {"url": "", "width": 0, "height": 0}
    return {
        "id": pk,
        "edit_url": "",
        "title": title,
        "preview": picture,
        "default_alt_text": "",
        "parentId": None,
        "adminTitle": title,
        "editUrl": "",
    }


class MissingChoice:
    """A submitted key for which there is no object.

    A malformed key is refused by the validation and shown as an empty chooser. A well-formed key is treated
    as that of an object of another space, which the form refuses: a response reveals no object of that space.
    """

    def __init__(self, pk: Any = None) -> None:
        self.pk = pk


class TolerantChooser(blocks.ChooserBlock):
    """A chooser that reads a malformed stored key as empty, and refuses a malformed submitted one."""

    #: The dotted path of the base block, used in migrations.
    migration_path: str

    def to_python(self, value: Any) -> Any:
        """Return the object with the stored key, if that is a key."""
        return super().to_python(stored_key(value, self.model_class))

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """Return the objects with the stored keys, None for each invalid key."""
        keys = [stored_key(value, self.model_class) for value in values]
        if not any(keys):
            return [None] * len(keys)
        chosen: list[Any] = super().bulk_to_python(keys)
        return chosen

    def value_from_form(self, value: Any) -> Any:
        """Return the chosen object, None for an empty field, ``MissingChoice`` for a key without one."""
        if value is None or value == "" or isinstance(value, self.model_class | MissingChoice):
            return value or None
        key = typed_key(value, self.model_class)
        return super().value_from_form(key) or MissingChoice(key) if key else MissingChoice()

    def clean(self, value: Any) -> Any:
        if isinstance(value, MissingChoice):
            if value.pk is not None:
                return value
            raise ValidationError(gettext("Lo que elegiste ya no existe. Elige otra vez o déjalo vacío."))
        return super().clean(value)

    def get_form_state(self, value: Any) -> Any:
        """Return the state of the widget, without the title of an object of another space."""
        if isinstance(value, MissingChoice):
            return None if value.pk is None else hidden_state(value.pk)
        if value is not None and not may_see(value):
            return hidden_state(value.pk)
        return super().get_form_state(value)

    def deconstruct(self) -> Deconstructed:
        """Return the Wagtail base block for migrations."""
        _path, args, kwargs = super().deconstruct()
        return (self.migration_path, args, kwargs)


class PageChoice(TolerantChooser, blocks.PageChooserBlock):
    """The chooser of a page of this portal."""

    migration_path = "wagtail.blocks.PageChooserBlock"


class DocumentChoice(TolerantChooser, DocumentChooserBlock):
    """The chooser of a document."""

    migration_path = "wagtail.documents.blocks.DocumentChooserBlock"


class ImageChoice(TolerantChooser, ImageChooserBlock):
    """The chooser of an image."""

    migration_path = "wagtail.images.blocks.ImageChooserBlock"
