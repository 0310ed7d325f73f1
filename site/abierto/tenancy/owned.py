"""What every row with an owner shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpaceOwned(models.Model):
    """A row that belongs to one space; without a space it belongs to the whole state."""

    space = models.ForeignKey(
        "tenancy.Space",
        verbose_name=_("espacio"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Quién puede editar esta ficha. Vacío: solo el equipo estatal."),
    )

    class Meta:
        abstract = True
