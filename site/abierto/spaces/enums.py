"""Choices of the form of a space."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does in a space."""

    EDITOR = "editor", _("Edita: escribe y reporta avance")
    REVIEWER = "reviewer", _("Revisa: aprueba lo que otra persona escribió")
    ADMINISTRATOR = "administrator", _("Administra: ordena las páginas y los archivos del espacio")


class ReviewSource(models.TextChoices):
    """Who is the second pair of eyes of a municipality."""

    OWN = "own", _("Su propio equipo de revisión")
    STATE = "state", _("El equipo estatal")


class ProposalStatus(models.TextChoices):
    """The states of what one person proposes and another confirms."""

    OPEN = "open", _("Espera a otra persona")
    CONFIRMED = "confirmed", _("Confirmada")
    WITHDRAWN = "withdrawn", _("Retirada")
