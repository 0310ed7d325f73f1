"""The editing forms of the parts of a ruling."""

from __future__ import annotations

from typing import Any

from django.forms import ModelChoiceField

from abierto.accounts.models import User
from abierto.tenancy.access import own_people
from abierto.tenancy.reference_policy import space_of_content
from pages.core.base import BasePageForm


class RulingPartForm(BasePageForm):
    """The form of a part, whose title and slug are fixed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.complete_title()


class PublicVersionForm(RulingPartForm):
    """The form of the public version, which offers only accounts of the ruling's space."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("anonymized_by", "names_reviewed_by"):
            field = self.fields.get(name)
            if isinstance(field, ModelChoiceField):
                field.queryset = self._find_people()
                field.label_from_instance = describe_person  # type: ignore[method-assign,assignment]

    def _find_people(self) -> Any:
        space = space_of_content(self.instance)
        people = User.objects.filter(is_active=True)
        if space is not None:
            people = people.filter(own_people([space]))
        return people.distinct().order_by("first_name", "last_name", "pk")


def describe_person(user: User) -> str:
    """Return the name and the post of an account, never its user name."""
    return user.public_name
