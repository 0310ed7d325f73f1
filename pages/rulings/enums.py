"""Choices of rulings: parts, matter, outcome, finality and votes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartRole(models.TextChoices):
    """The parts of a ruling."""

    PUBLIC = "public", _("Versión pública")
    PLAIN = "plain", _("En lenguaje claro")
    EASY = "easy", _("Lectura fácil")
    INFOGRAPHIC = "infographic", _("Infografía")


class Matter(models.TextChoices):
    """The matters of the tribunals. The value is the word in addresses."""

    CIVIL = "civil", _("Civil")
    FAMILY = "familiar", _("Familiar")
    LABOUR = "laboral", _("Laboral")
    ADMINISTRATIVE = "administrativa", _("Administrativa")
    ELECTORAL = "electoral", _("Electoral")
    COMMERCIAL = "mercantil", _("Mercantil")
    CRIMINAL = "penal", _("Penal")


class RulingOutcome(models.TextChoices):
    """The outcome of a case for the party that brought it."""

    GRANTED = "granted", _("Dio la razón a quien demandó")
    PARTIAL = "partial", _("Dio la razón en parte")
    DENIED = "denied", _("No dio la razón a quien demandó")
    SETTLED = "settled", _("Aprobó un convenio")
    DISMISSED = "dismissed", _("No entró al fondo del asunto")


class Finality(models.TextChoices):
    """Whether a ruling can still change, or has changed."""

    UNKNOWN = "unknown", _("No sabemos si es firme")
    FINAL = "final", _("Firme")
    CHALLENGED = "challenged", _("Impugnada")
    REVOKED = "revoked", _("Revocada")
    MODIFIED = "modified", _("Modificada")
    VOID = "void", _("Sin efectos")


#: The states caused by another decision: each requires a day and a reason.
CHANGED_BY_ANOTHER = frozenset({Finality.REVOKED, Finality.MODIFIED, Finality.VOID})


class Vote(models.TextChoices):
    """The vote of a member of the tribunal."""

    FOR = "for", _("A favor")
    CONCURRING = "concurring", _("A favor, con voto concurrente")
    AGAINST = "against", _("En contra")
    DISSENTING = "dissenting", _("En contra, con voto particular")
    ABSENT = "absent", _("No votó")
