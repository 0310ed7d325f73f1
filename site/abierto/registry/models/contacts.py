"""The official contacts that texts of a space may contain."""

from typing import Any, Self

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from abierto.approval.review.private_data import KIND_LABELS, KINDS_OF_AN_OFFICE, scan_text
from abierto.privacy.contacts import EXTENSION, normalize_address
from abierto.privacy.excerpts import SHOWN
from abierto.registry.enums import ContactKind
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.reference_policy import belongs_to_state

from .reviewed import ReviewedQuerySet, ReviewedRow


def find_contact_problem(kind: str, value: str) -> str | None:
    """Return what is wrong with a contact of ``kind``; None if it may be on the list.

    A CURP, an account or any other kind of personal data is refused: only contacts can be allowed.
    """
    for finding in scan_text(value):
        if finding.type not in KINDS_OF_AN_OFFICE:
            return gettext(
                "«%(start)s…» parece otro dato (%(kind)s), que nunca se puede permitir. Aquí solo van "
                "contactos de la oficina."
            ) % {"start": value[finding.start : finding.start + SHOWN], "kind": KIND_LABELS[finding.type]}
    if kind == ContactKind.PHONE and not is_phone(value):
        return gettext(
            "Escribe un solo teléfono de diez cifras, como «473 102 27 00» o «473 102 27 00 ext. 12»."
        )
    if kind == ContactKind.EMAIL and not is_email(value):
        return gettext("Escribe un solo correo, como «transparencia@coroneo.gob.mx».")
    if kind == ContactKind.ADDRESS and not normalize_address(value):
        return gettext("Escribe la calle y el número, como «Paseo de la Presa 103»; sin número, «s/n».")
    return None


def is_phone(value: str) -> bool:
    """Check for one Mexican number, with or without an extension."""
    written = EXTENSION.sub("", value.lower())
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, "MX"))
    except phonenumbers.NumberParseException:
        return False


def is_email(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


class OfficialContactQuerySet(ReviewedQuerySet):
    def allowed_in(self, space: Space | None) -> Self:
        """Return the approved contacts for texts of ``space``: its own, and those without a space.

        Content without a space belongs to the state.
        """
        own = Q(space__kind=SpaceKind.STATE) if belongs_to_state(space) else Q(space=space)
        return self.public().filter(own | Q(space__isnull=True))


class OfficialContact(ReviewedRow):
    """A phone, mailbox or address of an office, which the privacy check allows in texts of its space."""

    kind = models.CharField(_("tipo"), max_length=10, choices=ContactKind)
    value = models.CharField(
        _("contacto"), max_length=200, help_text=_("Uno solo, de la oficina y nunca de una persona.")
    )
    office = models.CharField(
        _("oficina"), max_length=200, help_text=_("De quién es: «Unidad de Transparencia de Coroneo».")
    )
    source = models.CharField(
        _("dónde consta"),
        max_length=200,
        help_text=_("El documento o el sitio oficial donde ya es público."),
    )

    objects = models.Manager.from_queryset(OfficialContactQuerySet)()

    official_contact_fields = frozenset({"value"})
    quoted_fields = frozenset({"value", "source"})
    search_fields = [index.AutocompleteField("value"), index.AutocompleteField("office")]

    class Meta:
        ordering = ["office", "pk"]
        verbose_name = _("contacto oficial")
        verbose_name_plural = _("contactos oficiales")

    def __str__(self) -> str:
        return f"{self.office}: {self.value}"

    def clean(self) -> None:
        """Refuse a value that is no contact of its kind, and data that can never be allowed."""
        super().clean()
        problem = find_contact_problem(self.kind, self.value) if self.kind and self.value else None
        if problem:
            raise ValidationError({"value": problem})

    def publication_effects(self) -> list[str]:
        """Return that texts of the space may contain the contact."""
        where: Any = self.space or _("todo el portal")
        return [
            str(_("Este contacto podrá aparecer en los textos de %(space)s.") % {"space": where}),
        ]
