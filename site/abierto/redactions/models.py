"""Redactions: texts before and after hiding personal data, encrypted, and separate from pages and media."""

import datetime
import json
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from abierto.accounts.encryption import build_cipher
from abierto.tenancy.models import Space

SALT = "abierto.redactions"
OPEN_DAYS = 1
"""Days after which an unfinished redaction is deleted."""


class UnreadableRedactionError(Exception):
    """A redaction that was encrypted with a key that this installation no longer has."""


class RedactionQuerySet(models.QuerySet["Redaction"]):
    def current(self) -> "RedactionQuerySet":
        """Filter the redactions within their term."""
        return self.filter(expires_at__gt=timezone.now())

    def expired(self) -> "RedactionQuerySet":
        return self.filter(expires_at__lte=timezone.now())


class Redaction(models.Model):
    """A text or a DOCX before and after its redaction, encrypted. The name of its file is not stored."""

    space = models.ForeignKey(Space, verbose_name=_("espacio"), on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(
        Page, verbose_name=_("página"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("quien lo hizo"), on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(_("hecho"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("terminado"), null=True, editable=False)
    expires_at = models.DateTimeField(_("se borra"), db_index=True, editable=False)
    sealed_content = models.BinaryField(_("contenido cifrado"), editable=False)
    sealed_file = models.BinaryField(_("archivo cifrado"), null=True, editable=False)

    objects = RedactionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("texto con datos ocultos")
        verbose_name_plural = _("textos con datos ocultos")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def is_docx(self) -> bool:
        return self.sealed_file is not None

    def read_content(self) -> dict[str, Any]:
        """Return a dict with ``original``; after the end also with ``redacted`` and ``stand_ins``.

        Raises:
            UnreadableRedactionError: if the key is missing.
        """
        content: dict[str, Any] = json.loads(decrypt_content(self.sealed_content))
        return content

    def write_content(self, content: dict[str, Any]) -> None:
        self.sealed_content = encrypt_content(json.dumps(content).encode())

    def read_file(self) -> bytes:
        """Return the DOCX: the original until the redaction is finished, then the redacted one."""
        return decrypt_content(self.sealed_file or b"")

    def finish(self) -> None:
        """Set the end of the redaction and the date of its deletion; the caller saves."""
        self.finished_at = timezone.now()
        self.expires_at = self.finished_at + datetime.timedelta(days=settings.ABIERTO_REDACTION_DAYS)


def encrypt_content(data: bytes) -> bytes:
    return build_cipher(SALT).encrypt(data)


def decrypt_content(data: bytes | memoryview) -> bytes:
    try:
        return build_cipher(SALT).decrypt(bytes(data))
    except InvalidToken as error:
        raise UnreadableRedactionError from error
