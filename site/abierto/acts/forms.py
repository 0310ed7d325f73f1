"""The forms by which the state proposes an act."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abierto.form_fields.fields import DayField
from abierto.registry.models import Institution
from abierto.spaces.models import MunicipalitySpace
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.text import VisibleCharField

from .administration import find_branches, is_continued

REASON_LENGTH = 500


class SuspensionForm(forms.Form):
    """A microsite to suspend, or the end of its suspension."""

    space = forms.ModelChoiceField(
        label=_("Municipio"),
        queryset=Space.objects.filter(kind=SpaceKind.MUNICIPALITY),
        error_messages={
            "required": _("Elige el municipio."),
            "invalid_choice": _("Ese municipio no tiene micrositio en el portal."),
        },
    )
    is_lifted = forms.TypedChoiceField(
        label=_("Qué se propone"),
        choices=[("no", _("Suspender el micrositio")), ("yes", _("Levantar la suspensión"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )
    reason = VisibleCharField(
        label=_("Motivo"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("En una o dos oraciones, sin datos personales. El de una suspensión se publica."),
        error_messages={"required": _("Escribe el motivo.")},
    )


class TownForm(forms.Form):
    """The municipality whose administration ends."""

    town = forms.ModelChoiceField(
        label=_("Municipio"),
        queryset=MunicipalitySpace.objects.select_related("municipality").order_by("municipality__name"),
        error_messages={
            "required": _("Elige el municipio."),
            "invalid_choice": _("Ese municipio no tiene micrositio en el portal."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["town"].label_from_instance = lambda link: str(link.municipality)  # type: ignore[attr-defined]


class AdministrationForm(forms.Form):
    """The end of the administration of one municipality."""

    name = VisibleCharField(
        label=_("Cómo se llama la que termina"),
        max_length=120,
        help_text=_("Por ejemplo: Administración 2021-2024. Va en sus páginas."),
        error_messages={"required": _("Escribe cómo se llama la administración que termina.")},
    )
    ended_on = DayField(
        label=_("Último día"),
        help_text=_("Ese día terminan los asientos; al siguiente se cierran las cuentas."),
        error_messages={"required": _("Escribe el último día de la administración.")},
    )
    branches: Any = forms.ModelMultipleChoiceField(
        label=_("Páginas de la administración que termina"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Con todo lo que cuelga de ellas. Siguen públicas y dicen de qué administración son."),
    )

    def __init__(self, *args: Any, town: MunicipalitySpace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pages = find_branches(town)
        field: Any = self.fields["branches"]
        field.queryset = pages
        field.initial = [page.pk for page in pages if not is_continued(page)]


class HandoverForm(forms.Form):
    """The institution that ended and the one that takes over."""

    predecessor = forms.ModelChoiceField(
        label=_("Institución que terminó"),
        queryset=Institution.objects.filter(live=True),
        error_messages={
            "required": _("Elige la institución que terminó."),
            "invalid_choice": _("Esa institución no es pública en el registro."),
        },
    )
    successor = forms.ModelChoiceField(
        label=_("Sucesora"),
        queryset=Institution.objects.filter(live=True),
        error_messages={
            "required": _("Elige la institución que la sucede."),
            "invalid_choice": _("Esa institución no es pública en el registro."),
        },
    )
    ended_on = DayField(
        label=_("Último día de la que terminó"),
        error_messages={"required": _("Escribe el último día de la institución que terminó.")},
    )
    source = VisibleCharField(
        label=_("Documento que lo dice"),
        required=False,
        max_length=250,
        help_text=_("Por ejemplo, el decreto y su fecha."),
    )
