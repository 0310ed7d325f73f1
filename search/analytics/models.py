"""Query records, retained for ninety days: the words and the day, nothing about the visitor."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_CHARACTERS = 200


class DayKey(models.Model):
    """The random key with which the sessions of one day are hashed. It is deleted the next day."""

    day = models.DateField(_("día"), unique=True)
    key = models.CharField(_("llave"), max_length=64)

    class Meta:
        verbose_name = _("llave del día")
        verbose_name_plural = _("llaves del día")

    def __str__(self) -> str:
        return str(self.day)


class QueryNote(models.Model):
    """The anonymous record of a query on one day, or of the feedback on its results."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("se preguntó")
        USEFUL = "useful", _("sirvió")
        USELESS = "useless", _("no sirvió")

    ANSWERS: ClassVar[tuple[str, ...]] = (Kind.USEFUL, Kind.USELESS)

    kind = models.CharField(_("qué pasó"), max_length=8, choices=Kind, default=Kind.ASKED)
    words = models.CharField(_("palabras"), max_length=MAX_CHARACTERS)
    locale = models.CharField(_("lengua"), max_length=20)
    # Not a foreign key: the record outlives the space.
    space = models.CharField(_("espacio"), max_length=80, blank=True)
    total = models.PositiveIntegerField(_("resultados"), default=0)
    day = models.DateField(_("día"), db_index=True)
    session = models.CharField(_("visita"), max_length=16)

    class Meta:
        verbose_name = _("pregunta anotada")
        verbose_name_plural = _("preguntas anotadas")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "session", "words", "locale", "space"],
                condition=models.Q(kind__in=["useful", "useless"]),
                name="search_one_answer_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.words}"
