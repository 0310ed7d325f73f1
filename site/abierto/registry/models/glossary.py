"""Words explained, and the words people use instead."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .reviewed import ReviewedQuerySet, ReviewedRow


class GlossaryTerm(ReviewedRow):
    """A term, what it means in plain Spanish, and the lay words that the search takes for it."""

    term = models.CharField(_("término"), max_length=120, unique=True)
    definition = models.TextField(
        _("definición"), blank=True, help_text=_("En palabras sencillas, veinte por oración como mucho.")
    )
    lay_synonyms = models.TextField(
        _("palabras de la gente"),
        blank=True,
        help_text=_("Una por línea. Quien busque estas palabras encontrará también el término."),
    )

    objects = models.Manager.from_queryset(ReviewedQuerySet)()

    class Meta:
        ordering = ["term"]
        verbose_name = _("término del glosario")
        verbose_name_plural = _("glosario")

    def __str__(self) -> str:
        return self.term

    @property
    def synonyms(self) -> list[str]:
        """The lay synonyms, one string each."""
        return [line.strip() for line in self.lay_synonyms.splitlines() if line.strip()]
