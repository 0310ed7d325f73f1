"""Ordered copies of microsites."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from abierto.media.storage import private_storage, random_name
from abierto.tenancy.models import Space


class CopyState(models.TextChoices):
    """Whether a copy is ordered, ready, or could not be made."""

    WAITING = "waiting", _("Se está preparando")
    DONE = "done", _("Está lista")
    FAILED = "failed", _("No se pudo hacer")


def copy_path(copy: "MicrositeCopy", filename: str) -> str:
    """Return a random storage name; migrations refer to this function."""
    return random_name("copies", filename)


class MicrositeCopy(models.Model):
    """A ZIP of the public content of a microsite: pages, figures and files, with their checksums."""

    wagtail_reference_index_ignore = True

    holder = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ordered_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=7, choices=CopyState, default=CopyState.WAITING)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    file = models.FileField(upload_to=copy_path, storage=private_storage, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    page_count = models.PositiveIntegerField(default=0)
    file_count = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("copia de un micrositio")
        verbose_name_plural = _("copias de micrositios")
        constraints = [
            models.UniqueConstraint(
                fields=["holder"], condition=Q(state=CopyState.WAITING), name="microsite_copies_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder}, {timezone.localtime(self.ordered_at):%d/%m/%Y %H:%M}"
