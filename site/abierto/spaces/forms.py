"""The form of a new space and the rows of its first accounts."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from abierto.registry.models import Institution
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.text import VisibleCharField
from pages.core.slugs import make_slug
from pages.observations.models import ObservationIndexPage
from pages.plans.models import PlanPage
from pages.standard.models import StandardPage

from .enums import FIRST_ROLES, Role
from .names import is_address_taken, is_name_taken
from .services import NewAccount, NewSpace

#: The names of the groups of a space, «Administración: …», have 150 characters at most.
NAME_LENGTH = 120
SLUG_LENGTH = 80
ACCOUNT_ROWS = 4


class PageChoiceField(forms.ModelChoiceField):
    """A page among few, shown below the pages above it."""

    def label_from_instance(self, page: Any) -> str:
        return f"{'— ' * (page.depth - 3)}{page.get_admin_display_title()}"


class SpaceForm(forms.Form):
    """A new space of an institution; municipalities get theirs, with a microsite, by a proposal."""

    institution = forms.ModelChoiceField(
        label=_("Institución"),
        queryset=Institution.objects.none(),
        error_messages={
            "required": _("Elige la institución. Si no está, agrégala en Registro y publícala."),
            "invalid_choice": _("Esa institución ya tiene espacio, o no es pública."),
        },
        help_text=_(
            "Las que son públicas y no tienen espacio. Al crearlo pasan a él sus compromisos públicos; los "
            "demás, cuando se publiquen."
        ),
    )
    name = VisibleCharField(
        label=_("Nombre"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("Vacío: el de la institución. Nombra a sus grupos, su colección y su revisión."),
    )
    slug = forms.SlugField(
        label=_("Clave"),
        required=False,
        max_length=SLUG_LENGTH,
        help_text=_("Vacía: sale de las siglas o del nombre. No cambia después."),
        error_messages={
            "invalid": _("Usa letras sin acento, números y guiones, por ejemplo poder-judicial.")
        },
    )
    root = PageChoiceField(
        label=_("Página raíz"),
        queryset=Page.objects.none(),
        required=False,
        empty_label=_("Ninguna: solo los compromisos de su institución"),
        help_text=_(
            "Esa página y todo lo que cuelga de ella serán del espacio; su gente los edita y los revisa."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = find_free_institutions()  # type: ignore[attr-defined]
        self.fields["root"].queryset = find_free_roots()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Complete the name and the slug, and refuse those that are taken."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        institution = cleaned.get("institution")
        if institution and "name" in cleaned:
            cleaned["name"] = cleaned["name"] or institution.name[:NAME_LENGTH]
        self._clean_name(cleaned)
        self._clean_slug(cleaned, institution)
        return cleaned

    def _clean_name(self, cleaned: dict[str, Any]) -> None:
        if "name" not in cleaned:
            return
        if not cleaned["name"]:
            if "institution" not in self.errors:
                self.add_error("name", _("Escribe el nombre del espacio."))
        elif is_name_taken(cleaned["name"]):
            self.add_error(
                "name", _("Ya hay un espacio, un grupo o una colección con ese nombre. Escribe otro.")
            )

    def _clean_slug(self, cleaned: dict[str, Any], institution: Institution | None) -> None:
        if "slug" not in cleaned:
            return
        source = (institution.acronym if institution else "") or cleaned.get("name") or ""
        cleaned["slug"] = cleaned["slug"].lower() or make_slug(source)[:SLUG_LENGTH]
        if cleaned["slug"] and Space.objects.filter(slug=cleaned["slug"]).exists():
            self.add_error("slug", _("Otro espacio ya tiene la clave «%(slug)s». Escribe otra.") % cleaned)
        elif not cleaned["slug"] and not self.errors:
            self.add_error("slug", _("Escribe la clave del espacio."))


class LinkInstitutionForm(forms.Form):
    """A further institution for which the people of a space report."""

    institution = forms.ModelChoiceField(
        label=_("Otra institución"),
        queryset=Institution.objects.none(),
        help_text=_("Pasan a este espacio sus compromisos públicos; los demás, cuando se publiquen."),
        error_messages={
            "required": _("Elige la institución."),
            "invalid_choice": _("Esa institución ya tiene espacio, o no es pública."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = find_free_institutions()  # type: ignore[attr-defined]


def find_free_institutions() -> QuerySet[Institution]:
    """Return the public institutions without a space."""
    found: QuerySet[Institution] = Institution.objects.filter(live=True, space_link__isnull=True)
    return found.order_by("name")


def find_free_roots() -> QuerySet[Page]:
    """Return the plans, plain pages and lists of observations, in the portal's language, that are no root."""
    pages = Page.objects.type(PlanPage, StandardPage, ObservationIndexPage).filter(
        locale=Locale.get_default(), alias_of__isnull=True, space_root__isnull=True
    )
    return pages.order_by("path")


class AccountForm(forms.Form):
    """A person to invite; an empty row is ignored."""

    first_name = VisibleCharField(label=_("Nombre"), required=False, max_length=150)
    last_name = VisibleCharField(label=_("Apellidos"), required=False, max_length=150)
    email = forms.EmailField(
        label=_("Correo"),
        required=False,
        max_length=150,
        error_messages={"invalid": _("Escribe un correo completo, por ejemplo ana@example.org.")},
    )
    role = forms.ChoiceField(label=_("Papel"), choices=FIRST_ROLES)

    @property
    def is_filled(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("first_name", "last_name", "email"))

    def clean_email(self) -> str:
        """Refuse an address that opens an account already."""
        email: str = self.cleaned_data["email"].lower()
        if email and is_address_taken(email):
            raise forms.ValidationError(
                _("Ya hay una cuenta con ese correo. Dale su papel en Configuración › Cuentas.")
            )
        return email

    def clean(self) -> dict[str, Any]:
        """Require the name and the address of each person who is invited."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_filled:
            if not cleaned.get("first_name") and "first_name" not in self.errors:
                self.add_error(
                    "first_name", _("Escribe su nombre: es el que verá la gente en lo que apruebe.")
                )
            if not cleaned.get("email") and "email" not in self.errors:
                self.add_error("email", _("Escribe su correo: ahí le llega la invitación."))
        return cleaned


class BaseAccountFormSet(forms.BaseFormSet):
    """The first accounts of a space."""

    def clean(self) -> None:
        """Refuse the same address in two rows: one person has one role here."""
        seen: set[str] = set()
        for form in self.forms:
            email = form.cleaned_data.get("email") if form.is_valid() else ""
            if email and email in seen:
                form.add_error("email", _("Este correo está en otra fila. Cada persona tiene un papel."))
            seen.add(email or "")


AccountFormSet = forms.formset_factory(
    AccountForm, formset=BaseAccountFormSet, extra=ACCOUNT_ROWS, max_num=ACCOUNT_ROWS, validate_max=True
)


def read_new_space(form: SpaceForm, accounts: forms.BaseFormSet) -> NewSpace:
    """Build the new space from two valid forms."""
    values = form.cleaned_data
    return NewSpace(
        kind=SpaceKind.INSTITUTION,
        name=values["name"],
        slug=values["slug"],
        institution=values["institution"],
        root=values["root"],
        accounts=read_accounts(accounts),
    )


def read_accounts(accounts: forms.BaseFormSet) -> list[NewAccount]:
    """Return the people of a valid formset."""
    return [read_account(row) for row in accounts.forms if row.is_filled]


def read_account(form: forms.Form) -> NewAccount:
    """Return the person of a valid form."""
    values = form.cleaned_data
    return NewAccount(
        values["first_name"],
        values["last_name"],
        values["email"],
        Role(values["role"]),
        values.get("language"),
    )
