"""Choices of results matrices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MatrixLevel(models.TextChoices):
    """The four levels of the logical framework, from the widest aim to single activities."""

    GOAL = "goal", _("Fin")
    PURPOSE = "purpose", _("Propósito")
    COMPONENT = "component", _("Componente")
    ACTIVITY = "activity", _("Actividad")


class UnitKind(models.TextChoices):
    """The unit of an indicator; only a share of a whole has bounds (0 to 100)."""

    SHARE = "share", _("Porcentaje de un total (de 0 a 100)")
    CHANGE = "change", _("Porcentaje de cambio (puede ser negativo o pasar de 100)")
    OTHER = "other", _("Otra unidad")


class Frequency(models.TextChoices):
    """How often an indicator is measured; empty where no document says."""

    MONTHLY = "monthly", _("Cada mes")
    BIMONTHLY = "bimonthly", _("Cada dos meses")
    QUARTERLY = "quarterly", _("Cada tres meses")
    BIANNUAL = "biannual", _("Cada seis meses")
    ANNUAL = "annual", _("Cada año")
    BIENNIAL = "biennial", _("Cada dos años")
    ONCE = "once", _("Una vez, al terminar")


#: The anchor of each level on the page of a matrix.
LEVEL_ANCHORS = {
    MatrixLevel.GOAL: "fin",
    MatrixLevel.PURPOSE: "proposito",
    MatrixLevel.COMPONENT: "componentes",
    MatrixLevel.ACTIVITY: "actividades",
}
