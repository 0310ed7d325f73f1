"""The form that proposes an agreement between two municipalities."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abierto.accounts.models import User
from abierto.form_fields.fields import DayField

from .agreements import find_agreement_errors, find_neighbours, find_towns
from .models import MunicipalitySpace


class TownChoiceField(forms.ModelChoiceField):
    """A municipality with a space, by its name."""

    def label_from_instance(self, town: Any) -> str:
        return str(town.municipality)


class AgreementForm(forms.Form):
    """The municipality whose content is reviewed, the one whose people review it, and the last day."""

    town = TownChoiceField(
        label=_("Municipio que publica"),
        queryset=MunicipalitySpace.objects.none(),
        error_messages={
            "required": _("Elige el municipio que publica."),
            "invalid_choice": _("No administras ese municipio, o no tiene espacio. Elige otro."),
        },
    )
    neighbour = TownChoiceField(
        label=_("Municipio que revisa"),
        queryset=MunicipalitySpace.objects.none(),
        help_text=_("Su gente ve solo lo que esté en revisión, y solo mientras lo esté."),
        error_messages={
            "required": _("Elige el municipio que revisa."),
            "invalid_choice": _("Ese municipio no tiene espacio o está suspendido. Elige otro."),
        },
    )
    ends = DayField(
        label=_("Hasta"),
        help_text=_("Ese día todavía vale. Un año como mucho."),
        error_messages={"required": _("Escribe hasta qué día vale el acuerdo.")},
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = find_towns(by).order_by("municipality__name")
        self.fields["town"].queryset = towns  # type: ignore[attr-defined]
        self.fields["neighbour"].queryset = find_neighbours()  # type: ignore[attr-defined]
        if len(towns) == 1:
            self.fields["town"].initial = towns[0]

    def clean(self) -> dict[str, Any]:
        """Refuse an impossible agreement, with the errors by field."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        errors = find_agreement_errors(cleaned.get("town"), cleaned.get("neighbour"), cleaned.get("ends"))
        for name, sentence in errors.items():
            self.add_error(name, sentence)
        return cleaned
