"""Glossary terms and the SDG list."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from abierto.text import split_lines

from .reviewed import ReviewedQuerySet, ReviewedRow


class GlossaryTerm(ReviewedRow):
    """A term, its meaning in plain Spanish, and the lay synonyms that the search maps to it."""

    quoted_fields = frozenset({"lay_synonyms"})

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

    search_fields = [index.AutocompleteField(name) for name in ("term", "definition", "lay_synonyms")]

    class Meta:
        ordering = ["term"]
        verbose_name = _("término del glosario")
        verbose_name_plural = _("glosario")

    def __str__(self) -> str:
        return self.term

    @property
    def synonyms(self) -> list[str]:
        """Return the lay synonyms, one string each."""
        return split_lines(self.lay_synonyms)


class SDGGoal(index.Indexed, models.Model):
    """One of the 17 goals."""

    number = models.PositiveSmallIntegerField(_("número"), primary_key=True)
    title = models.CharField(_("título"), max_length=120)

    search_fields = [index.AutocompleteField("number"), index.AutocompleteField("title")]

    class Meta:
        ordering = ["number"]
        verbose_name = _("objetivo de desarrollo sostenible")
        verbose_name_plural = _("objetivos de desarrollo sostenible")

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class SDGTarget(index.Indexed, models.Model):
    """One of the 169 targets, such as 16.6 or 5.b."""

    code = models.CharField(_("clave"), max_length=5, primary_key=True)
    goal = models.ForeignKey(
        SDGGoal, verbose_name=_("objetivo"), on_delete=models.PROTECT, related_name="targets"
    )
    title = models.CharField(_("título"), max_length=160)
    order = models.PositiveSmallIntegerField(_("orden"), default=0)

    search_fields = [index.AutocompleteField("code"), index.AutocompleteField("title")]

    class Meta:
        ordering = ["goal_id", "order"]
        verbose_name = _("meta de los ODS")
        verbose_name_plural = _("metas de los ODS")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
