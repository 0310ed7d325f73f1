"""Warnings of personal data that a named person confirmed with a reason."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from abierto.approval.ledger.links import Exported, export_confirmation

from .append_only import AppendOnly, AppendOnlyQuerySet

REASON_LENGTH = 500

#: The content type, the key and the hash of the content that a warning is about.
Target = tuple[int, str, str]


class WarningConfirmationQuerySet(AppendOnlyQuerySet["WarningConfirmation"]):
    def for_targets(self, targets: Iterable[Target]) -> "WarningConfirmationQuerySet":
        """Return the rows about exactly these contents."""
        condition = Q(pk__in=[])
        for kind, key, sha in targets:
            condition |= Q(content_type=kind, object_id=key, sha=sha)
        return self.filter(condition)


class WarningConfirmation(AppendOnly):
    """One warning in one content, confirmed by a person: other content is not covered.

    The row stores only the first characters of the finding, because it cannot be deleted.
    """

    ledger = "confirmations"

    content_type = models.ForeignKey(
        ContentType, verbose_name=_("tipo de contenido"), on_delete=models.PROTECT, related_name="+"
    )
    object_id = models.CharField(_("clave"), max_length=64)
    sha = models.CharField(_("huella del contenido"), max_length=64)
    place = models.CharField(_("lugar"), max_length=255)
    kind = models.CharField(_("tipo de dato"), max_length=20)
    excerpt = models.CharField(_("cómo empieza"), max_length=40, blank=True)
    # The same words of the same kind at the same place of a later version have the same fingerprint.
    fingerprint = models.CharField(_("huella del aviso"), max_length=64)
    reason = models.TextField(_("motivo"), max_length=REASON_LENGTH)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("confirmó"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("fecha"), default=timezone.now, editable=False)

    objects = WarningConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("aviso confirmado")
        verbose_name_plural = _("avisos confirmados")
        indexes = [models.Index(fields=["content_type", "object_id", "sha"], name="approval_confirmation")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="approval_confirmation_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.content_type_id}/{self.object_id} {self.sha[:12]}"

    def exported(self) -> Exported:
        """Return the row in the format of exports and links."""
        return export_confirmation(self)
