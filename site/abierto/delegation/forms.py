"""The form that grants a delegation."""

from typing import Any, cast

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from abierto.accounts.models import User
from abierto.form_fields.fields import DayField

from .models import Delegation
from .services import delegable_reviewers, selectable_deputies

# The list is as wide as its longest name.
NAME_LENGTH = 80


class PersonField(forms.ModelChoiceField):
    """Offer users by username and public name."""

    def label_from_instance(self, obj: Any) -> str:
        return Truncator(f"{obj.username}: {obj.public_name}").chars(NAME_LENGTH)


class DelegationForm(forms.ModelForm):
    """The absent reviewer, the deputy, the dates and the reason."""

    absent = PersonField(label=_("Quién estará ausente"), queryset=User.objects.none())
    deputy = PersonField(label=_("Quién decide en su lugar"), queryset=User.objects.none())

    class Meta:
        model = Delegation
        fields = ["absent", "deputy", "starts", "ends", "reason"]
        field_classes = {"starts": DayField, "ends": DayField}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(PersonField, self.fields["absent"]).queryset = delegable_reviewers(by).order_by("username")
        cast(PersonField, self.fields["deputy"]).queryset = selectable_deputies(by).order_by("username")
