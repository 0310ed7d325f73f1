"""The forms of municipalities: a proposal, the template of their pages, and a new person of their team."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from abierto.registry.models import Municipality
from abierto.text import VisibleCharField
from pages.municipalities.colors import DEFAULT_COLOR, validate_accent_color, validate_band_color

from .enums import CHOSEN_SOURCES, ReviewSource, Role
from .forms import AccountForm
from .models import TemplatePage
from .municipalities import NewMunicipality
from .proposals import find_free_municipalities
from .services import NewAccount

EXTRA_PAGES = 2
TEXT_KEY = "text"


class ColorField(forms.CharField):
    """A colour of six digits, chosen with the browser's own control."""

    widget = forms.TextInput(attrs={"type": "color"})

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").lower()


class ReviewForm(forms.Form):
    """Who reviews what a municipality publishes."""

    review = forms.ChoiceField(label=_("Quién revisa lo que publica"), choices=CHOSEN_SOURCES)
    has_state_step = forms.BooleanField(
        label=_("Después revisa también el equipo estatal"),
        required=False,
        help_text=_("Un segundo paso, cuando el municipio ya aprobó. No cuenta si revisa el equipo estatal."),
    )


class MunicipalityForm(ReviewForm):
    """The proposal of a municipality by the state."""

    municipality = forms.ModelChoiceField(
        label=_("Municipio"),
        queryset=Municipality.objects.none(),
        help_text=_(
            "Los públicos del registro que nadie ha propuesto y que no tienen quien los administre. Si el "
            "micrositio ya existe, cuentan solo quién revisa y las cuentas."
        ),
        error_messages={
            "required": _("Elige el municipio."),
            "invalid_choice": _(
                "Ese municipio ya tiene quien lo administre, ya está propuesto o no es público."
            ),
        },
    )
    title = VisibleCharField(
        label=_("Nombre del micrositio"),
        required=False,
        max_length=120,
        help_text=_("Vacío: el del municipio. La dirección sale siempre del nombre del municipio."),
    )
    band_color = ColorField(
        label=_("Color de la franja"), initial=DEFAULT_COLOR, validators=[validate_band_color]
    )
    accent_color = ColorField(
        label=_("Color de los enlaces"), initial=DEFAULT_COLOR, validators=[validate_accent_color]
    )
    presentation = VisibleCharField(
        label=_("Presentación"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("Un párrafo para la página de inicio, que es pública desde que se confirma el alta."),
    )

    field_order = ("municipality", "title", "band_color", "accent_color", "presentation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = find_free_municipalities()  # type: ignore[attr-defined]


def read_new_municipality(form: MunicipalityForm) -> NewMunicipality:
    """Build the new municipality from a valid form."""
    values = form.cleaned_data
    review = ReviewSource(values["review"])
    return NewMunicipality(
        municipality=values["municipality"],
        title=values["title"],
        band_color=values["band_color"],
        accent_color=values["accent_color"],
        presentation=values["presentation"],
        review=review,
        has_state_step=values["has_state_step"] and review == ReviewSource.OWN,
    )


def lacks_reviewer(new: NewMunicipality, accounts: list[NewAccount]) -> bool:
    """Check whether a municipality would review its own content without a reviewer among its accounts."""
    return new.review == ReviewSource.OWN and all(account.role != Role.REVIEWER for account in accounts)


class TemplatePageForm(forms.ModelForm):
    """A page of the template; a new one is a page of text."""

    title = VisibleCharField(label=_("Título"), max_length=120, help_text=_("{municipio} es el nombre."))

    class Meta:
        model = TemplatePage
        fields = ["title", "slug", "summary", "show_in_menus", "is_public", "is_included", "order"]

    def save(self, commit: bool = True) -> Any:
        self.instance.key = self.instance.key or TEXT_KEY
        return super().save(commit)


TemplateFormSet = forms.modelformset_factory(
    TemplatePage, form=TemplatePageForm, extra=EXTRA_PAGES, max_num=40, validate_max=True
)


class PersonForm(AccountForm):
    """A person whom the administrator of a municipality adds to its team."""

    first_name = VisibleCharField(label=_("Nombre"), max_length=150)
    email = forms.EmailField(
        label=_("Correo"),
        max_length=150,
        error_messages={"invalid": _("Escribe un correo completo, por ejemplo ana@example.org.")},
    )
    role = forms.ChoiceField(
        label=_("Papel"),
        choices=[choice for choice in Role.choices if choice[0] != Role.ADMINISTRATOR],
        help_text=_(
            "A quien edita o traduce le llega su invitación ya; a quien revisa, cuando el Estado lo confirme."
        ),
    )
    language = forms.ModelChoiceField(
        label=_("Lengua"),
        queryset=Locale.objects.none(),
        required=False,
        empty_label=_("Ninguna"),
        help_text=_("Solo para quien traduce: la lengua a la que traduce."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Locale.objects.exclude(pk=Locale.get_default().pk)
        cast(forms.ModelChoiceField, self.fields["language"]).queryset = others

    def clean(self) -> dict[str, Any]:
        """Require the language of a translator."""
        cleaned = super().clean()
        if cleaned.get("role") == Role.TRANSLATOR and not cleaned.get("language"):
            self.add_error("language", _("Elige la lengua a la que traduce."))
        return cleaned

    def clean_email(self) -> str:
        """Return the address; whether it is taken is decided with its space."""
        email: str = self.cleaned_data["email"].lower()
        return email


class TranslatorForm(PersonForm):
    """A translator whom the state team adds to a space of any kind."""

    role = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("Si ya tiene cuenta, se le da el papel; si no, se le invita.")
        self.fields["language"].help_text = _("La lengua a la que traduce las páginas de este espacio.")
        cast(forms.ModelChoiceField, self.fields["language"]).empty_label = _("Elige una")

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["role"] = Role.TRANSLATOR
        return super().clean()
