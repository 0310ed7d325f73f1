"""The municipalities of the state."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from blocks.validators import validate_web_address

from .reviewed import ReviewedQuerySet, ReviewedRow


class Municipality(ReviewedRow):
    """One municipality, by its key in INEGI's catalogue."""

    code = models.CharField(
        _("clave INEGI"),
        max_length=5,
        unique=True,
        validators=[
            RegexValidator(r"^\d{5}$", _("Escribe los cinco dígitos de la clave, por ejemplo 11001."))
        ],
    )
    name = models.CharField(_("nombre"), max_length=120, unique=True)
    aliases = models.CharField(
        _("otros nombres"),
        max_length=200,
        blank=True,
        help_text=_("Como le dice la gente, separados por comas. Se usan al buscar."),
    )
    population = models.PositiveIntegerField(
        _("población"), null=True, blank=True, help_text=_("Censo de Población y Vivienda 2020, INEGI.")
    )
    external_site_url = models.URLField(
        _("sitio propio"),
        blank=True,
        validators=[validate_web_address],
        help_text=_("Si el municipio publica su gobierno abierto en otra dirección."),
    )
    column = models.PositiveSmallIntegerField(_("columna en el mapa"), default=1)
    row = models.PositiveSmallIntegerField(_("fila en el mapa"), default=1)

    objects = models.Manager.from_queryset(ReviewedQuerySet)()

    class Meta:
        ordering = ["name"]
        verbose_name = _("municipio")
        verbose_name_plural = _("municipios")

    def __str__(self) -> str:
        return self.name
