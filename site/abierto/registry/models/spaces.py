"""The space that works for an institution."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from abierto.tenancy.models import Space

from .institutions import Institution


class InstitutionSpace(models.Model):
    """The space whose members report for an institution; an institution without one is left to the state.

    Not a field of the institution, which is public content and changes only by approval. Several institutions
    may have one space: a successor takes over that of its predecessor.
    """

    institution = models.OneToOneField(
        Institution,
        verbose_name=_("institución"),
        on_delete=models.CASCADE,
        related_name="space_link",
    )
    # Not «space»: a row with a field of that name is content of that space.
    holder = models.ForeignKey(
        Space, verbose_name=_("espacio"), on_delete=models.CASCADE, related_name="institution_links"
    )

    class Meta:
        ordering = ["institution__name"]
        verbose_name = _("espacio de una institución")
        verbose_name_plural = _("espacios de las instituciones")

    def __str__(self) -> str:
        return f"{self.institution}: {self.holder}"
