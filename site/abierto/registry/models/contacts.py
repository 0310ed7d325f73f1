"""The official contacts that texts of a space may say."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from abierto.registry.contact_rules import find_contact_problem
from abierto.registry.enums import ContactKind
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.reference_policy import belongs_to_state

from .reviewed import ReviewedQuerySet, ReviewedRow


class OfficialContactQuerySet(ReviewedQuerySet):
    def allowed_in(self, space: Space | None) -> Self:
        """Return the approved contacts for texts of ``space``: its own, and those without a space.

        Content without a space belongs to the state.
        """
        own = Q(space__kind=SpaceKind.STATE) if belongs_to_state(space) else Q(space=space)
        return self.public().filter(own | Q(space__isnull=True))


class OfficialContact(ReviewedRow):
    """A phone, a mailbox or an address of an office, which the privacy gate lets pass in its space."""

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
        """Refuse what is no contact of its kind, and every datum that can never be allowed."""
        super().clean()
        problem = find_contact_problem(self.kind, self.value) if self.kind and self.value else None
        if problem:
            raise ValidationError({"value": problem})

    def publication_effects(self) -> list[str]:
        """Return what the gate does from then on."""
        where: Any = self.space or _("todo el portal")
        return [
            str(_("Este contacto podrá aparecer en los textos de %(space)s.") % {"space": where}),
        ]
