"""Versions of the edits of word lists. The last one of a list and space is valid; all are stored."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from abierto.tenancy.models import Space
from abierto.text import VisibleTextModel


class WordList(models.TextChoices):
    """The lists that can be edited; their values are those of ``abierto.language.word_lists``."""

    LEGAL_WORDS = "legal_words", _("Palabras jurídicas y antiguas")
    EMPTY_VERBS = "empty_verbs", _("Verbos vacíos")
    LATIN = "latin", _("Latín")


class WordListVersion(VisibleTextModel):
    """The additions of the state (no space) or of a space to a list, and the removals of the state."""

    word_list = models.CharField(_("lista"), max_length=20, choices=WordList)
    space = models.ForeignKey(
        Space, verbose_name=_("espacio"), on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    additions = models.TextField(_("lo que se agrega"), blank=True)
    removals = models.TextField(_("lo que se quita"), blank=True)
    source = models.CharField(_("de dónde sale"), max_length=200)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("quien lo cambió"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    changed_at = models.DateTimeField(_("cambiado"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("versión de una lista")
        verbose_name_plural = _("versiones de las listas")

    def __str__(self) -> str:
        return f"{self.get_word_list_display()} {self.pk}"
