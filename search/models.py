"""The state of the index in the database: outbox, fingerprints, words, rebuild, heartbeat of the worker."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .analytics.models import DayKey, QueryNote
from .promotions.models import PromotedResult

__all__ = [
    "DayKey",
    "Fingerprint",
    "IndexRebuild",
    "Operation",
    "OutboxEntry",
    "PageWords",
    "PromotedResult",
    "QueryNote",
    "RebuildChange",
    "RebuildSlice",
    "WordCount",
    "WorkerBeat",
]


class Operation(models.TextChoices):
    """The scope of a change. The action for each page is decided when the row is drained."""

    PAGE = "page", _("La página")
    TREE = "tree", _("La página y todo lo que cuelga de ella")
    LIST = "list", _("Varias páginas")


class OutboxEntry(models.Model):
    """One page, branch or list of pages (`pages`, which begins with `page_id`) to index again."""

    seq = models.BigAutoField(primary_key=True)
    # Not a foreign key: the row outlives the page that it deletes from the index.
    page_id = models.BigIntegerField(_("página"))
    operation = models.CharField(_("alcance"), max_length=8, choices=Operation, default=Operation.PAGE)
    pages = models.JSONField(_("páginas"), default=list, db_default=[], blank=True)
    attempts = models.PositiveSmallIntegerField(_("intentos"), default=0)
    next_at = models.DateTimeField(_("siguiente intento"), default=timezone.now, db_index=True)
    error = models.TextField(_("último error"), blank=True)
    created_at = models.DateTimeField(_("creada"), auto_now_add=True)

    class Meta:
        ordering = ["seq"]
        verbose_name = _("cambio por indizar")
        verbose_name_plural = _("cambios por indizar")

    def __str__(self) -> str:
        return f"{self.seq}: {self.operation} {self.page_id}"


class Fingerprint(models.Model):
    """The checksum of a page, or institution, as it was last indexed."""

    group = models.BigIntegerField(primary_key=True)
    mark = models.BigIntegerField(_("huella"))
    revision = models.BigIntegerField(_("versión pública"), null=True)
    described_at = models.DateTimeField(_("descrita"))

    class Meta:
        verbose_name = _("huella en el buscador")
        verbose_name_plural = _("huellas en el buscador")

    def __str__(self) -> str:
        return f"{self.group}: {self.mark}"


class PageWords(models.Model):
    """The words of a page, or institution, that `WordCount` counts: folded, each once, between spaces.

    The row of group 0 belongs to no page: it is the lock of the process that counts.
    """

    group = models.BigIntegerField(primary_key=True)
    locale = models.CharField(_("idioma"), max_length=20, blank=True)
    words = models.TextField(_("palabras"), blank=True)

    class Meta:
        verbose_name = _("palabras de una página")
        verbose_name_plural = _("palabras de las páginas")

    def __str__(self) -> str:
        return str(self.group)


class WordCount(models.Model):
    """The number of public pages of a language with a folded word; `start` is its first two letters."""

    locale = models.CharField(_("idioma"), max_length=20)
    start = models.CharField(_("comienzo"), max_length=2)
    word = models.CharField(_("palabra"), max_length=40)
    pages = models.PositiveIntegerField(_("páginas"))

    class Meta:
        verbose_name = _("palabra que se sugiere")
        verbose_name_plural = _("palabras que se sugieren")
        constraints = [models.UniqueConstraint(fields=["locale", "word"], name="one_count_per_word")]
        indexes = [models.Index(fields=["locale", "start", "-pages", "word"], name="word_suggestions")]

    def __str__(self) -> str:
        return f"{self.word}: {self.pages}"


class IndexRebuild(models.Model):
    """An index that is being filled beside the live one; the row is deleted when it is published."""

    engine = models.CharField(_("motor"), max_length=40, unique=True)
    index = models.CharField(_("índice"), max_length=200)
    started_at = models.DateTimeField(_("empezó"), default=timezone.now)

    class Meta:
        verbose_name = _("índice en construcción")
        verbose_name_plural = _("índices en construcción")

    def __str__(self) -> str:
        return self.index


class RebuildSlice(models.Model):
    """The pages from `first` to `until`, excluding it, and the process that fills them."""

    rebuild = models.ForeignKey(
        IndexRebuild, verbose_name=_("reconstrucción"), on_delete=models.CASCADE, related_name="slices"
    )
    first = models.BigIntegerField(_("desde"))
    until = models.BigIntegerField(_("hasta"))
    holder = models.CharField(_("proceso"), max_length=120, blank=True)
    held_until = models.DateTimeField(_("reservada hasta"), null=True)
    is_done = models.BooleanField(_("terminada"), default=False)

    class Meta:
        ordering = ["first"]
        verbose_name = _("tramo de un índice en construcción")
        verbose_name_plural = _("tramos de un índice en construcción")

    def __str__(self) -> str:
        return f"{self.first}–{self.until}"


class RebuildChange(models.Model):
    """A page that changed while an index was being filled: its slice may contain the earlier version."""

    rebuild = models.ForeignKey(
        IndexRebuild, verbose_name=_("reconstrucción"), on_delete=models.CASCADE, related_name="changes"
    )
    group = models.BigIntegerField(_("página"), db_index=True)

    class Meta:
        verbose_name = _("cambio durante la construcción")
        verbose_name_plural = _("cambios durante la construcción")

    def __str__(self) -> str:
        return str(self.group)


class WorkerBeat(models.Model):
    """The last heartbeat of a worker of the index."""

    holder = models.CharField(_("proceso"), max_length=120, primary_key=True)
    seen_at = models.DateTimeField(_("visto"), db_index=True)

    class Meta:
        verbose_name = _("trabajador del buscador")
        verbose_name_plural = _("trabajadores del buscador")

    def __str__(self) -> str:
        return self.holder
