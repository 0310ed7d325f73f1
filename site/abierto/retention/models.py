"""Proposals to delete rows past their term; decided proposals stay as a record."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from abierto.spaces.enums import ProposalStatus
from abierto.spaces.models import TwoPersonProposal

NOTE_LENGTH = 500


class DeletionKind(models.TextChoices):
    """The kinds of rows with a term, which are the keys of ``ABIERTO_RETENTION_DAYS``."""

    REDACTIONS = "redactions", _("originales con datos personales")
    GUEST_LINKS = "guest_links", _("enlaces de lectura cerrados")
    DRAFTS = "drafts", _("borradores que nunca fueron públicos")


class DeletionProposal(TwoPersonProposal):
    """Rows to delete. A job creates the proposal; ``proposed_by`` is the person who agreed with a reason."""

    wagtail_reference_index_ignore = True

    proposed_by = models.ForeignKey(  # type: ignore[assignment]
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=DeletionKind)
    #: The primary keys of the rows, which stay after the deletion.
    keys = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    #: Why it was refused.
    refusal = models.TextField(blank=True)
    deleted = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("propuesta de borrado")
        verbose_name_plural = _("propuestas de borrado")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(status=ProposalStatus.OPEN), name="retention_one_open_proposal"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Borrar %(what)s") % {"what": self.get_kind_display()})
