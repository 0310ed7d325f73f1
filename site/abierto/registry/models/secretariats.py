"""Technical secretariats and their seats."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from abierto.registry.enums import GovernmentLevel, SeatRole

from .base import ValidDuring
from .institutions import Institution, Municipality, Person
from .reviewed import DatedQuerySet, ReviewedQuerySet, ReviewedRow


class Secretariat(ReviewedRow, ValidDuring):
    """The body that follows a plan, with members of government and civil society."""

    name = models.CharField(_("nombre"), max_length=200, unique=True)
    level = models.CharField(
        _("nivel"), max_length=10, choices=GovernmentLevel, default=GovernmentLevel.STATE
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipio"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="secretariats",
    )

    objects = models.Manager.from_queryset(ReviewedQuerySet)()

    search_fields = [
        index.AutocompleteField("name"),
        index.RelatedFields("municipality", [index.AutocompleteField("name")]),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("secretariado técnico")
        verbose_name_plural = _("secretariados técnicos")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a municipal secretariat without municipality, and a state one with one."""
        super().clean()
        municipal = self.level == GovernmentLevel.MUNICIPAL
        if municipal and self.municipality_id is None:
            raise ValidationError({"municipality": _("Elige el municipio de este secretariado.")})
        if not municipal and self.municipality_id is not None:
            raise ValidationError(
                {"municipality": _("Un secretariado estatal no lleva municipio. Déjalo vacío.")}
            )


class SeatQuerySet(DatedQuerySet):  # type: ignore[override] # as_manager differs
    """Queryset of seats, each with a person, an institution and a secretariat."""

    def public(self) -> Self:
        """Return public seats whose person, institution and secretariat are public, too."""
        named = Q(institution=None) | Q(institution__live=True)
        return super().public().filter(named, person__live=True, secretariat__live=True)


class Seat(ReviewedRow, ValidDuring):
    """A person in a secretariat, representing an institution between two dates."""

    secretariat = models.ForeignKey(
        Secretariat, verbose_name=_("secretariado"), on_delete=models.CASCADE, related_name="seats"
    )
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institución"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seats",
        help_text=_("La persona facilitadora puede no representar a ninguna."),
    )
    person = models.ForeignKey(
        Person, verbose_name=_("persona"), on_delete=models.PROTECT, related_name="seats"
    )
    role = models.CharField(_("papel"), max_length=12, choices=SeatRole)
    post = models.CharField(_("cargo"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("orden"), default=0)

    objects = models.Manager.from_queryset(SeatQuerySet)()

    search_fields = [
        index.RelatedFields("person", [index.AutocompleteField("name")]),
        index.RelatedFields(
            "institution", [index.AutocompleteField("name"), index.AutocompleteField("acronym")]
        ),
        index.AutocompleteField("post"),
    ]

    class Meta:
        ordering = ["secretariat", "order", "pk"]
        verbose_name = _("asiento")
        verbose_name_plural = _("asientos")

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"

    def clean(self) -> None:
        """Refuse a holder or deputy without an institution."""
        super().clean()
        if self.role != SeatRole.FACILITATOR and self.institution_id is None:
            raise ValidationError({"institution": _("Elige a quién representa esta persona.")})
