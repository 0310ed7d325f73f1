"""Choices of the form of a space."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does in a space."""

    EDITOR = "editor", _("Edita: escribe y reporta avance")
    REVIEWER = "reviewer", _("Revisa: aprueba lo que otra persona escribió")
    ADMINISTRATOR = "administrator", _("Administra: ordena las páginas y los archivos del espacio")
    TRANSLATOR = "translator", _("Traduce: escribe las páginas en otra lengua")


#: The roles of the first people of a space; its translators come with its translations.
FIRST_ROLES = [choice for choice in Role.choices if choice[0] != Role.TRANSLATOR]


class ReviewSource(models.TextChoices):
    """Who is the second pair of eyes of a municipality."""

    OWN = "own", _("Su propio equipo de revisión")
    STATE = "state", _("El equipo estatal")
    NEIGHBOUR = "neighbour", _("Otro municipio, por acuerdo")


#: What the state chooses in a form; a neighbour reviews only by an agreement.
CHOSEN_SOURCES = [choice for choice in ReviewSource.choices if choice[0] != ReviewSource.NEIGHBOUR]


class AgreementStatus(models.TextChoices):
    """The states of an agreement by which a neighbour reviews."""

    PROPOSED = "proposed", _("Espera al otro municipio")
    ACCEPTED = "accepted", _("Espera al equipo estatal")
    IN_FORCE = "in_force", _("Vigente")
    REFUSED = "refused", _("No se aceptó")
    ENDED = "ended", _("Terminó")


class ProposalStatus(models.TextChoices):
    """The states of a proposal that a second person confirms."""

    OPEN = "open", _("Espera a otra persona")
    CONFIRMED = "confirmed", _("Confirmada")
    WITHDRAWN = "withdrawn", _("Retirada")
