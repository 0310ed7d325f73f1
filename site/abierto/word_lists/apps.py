"""Editing of the word lists of plain Spanish by the state and the spaces."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WordListsConfig(AppConfig):
    name = "abierto.word_lists"
    label = "word_lists"
    verbose_name = _("Listas de palabras")
