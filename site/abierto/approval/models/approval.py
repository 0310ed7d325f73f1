"""The ledger of decisions, which alone determines what may be public, and the setting of its public trace."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page, Revision

from abierto.accounts.models import User
from abierto.approval.ledger.hashing import content_hash
from abierto.approval.ledger.links import Exported, export_decision
from abierto.tenancy.setting_policy import SiteSettingPolicy
from abierto.text import visible_text

from .append_only import AppendOnly, AppendOnlyQuerySet

TITLE_LENGTH = 255


class ApprovalKind(models.TextChoices):
    """The kinds of decisions by which content became public or was withdrawn."""

    REVIEW = "review", _("aprobado por otra persona")
    STEP = "step", _("aprobado en un paso anterior")
    IMPORT = "import", _("importado de documentos publicados")
    INHERITED = "inherited", _("versión en otra lengua del contenido aprobado")
    EMERGENCY = "emergency", _("publicado de emergencia")
    WITHDRAWN = "withdrawn", _("retirado")
    DIRECT = "direct", _("cambiado por el equipo estatal")


# Kinds that allow nothing by themselves: a withdrawal, and the first step of two.
ALLOWS_NOTHING = frozenset({ApprovalKind.WITHDRAWN, ApprovalKind.STEP})


class ApprovalQuerySet(AppendOnlyQuerySet["Approval"]):
    def of(self, subject: models.Model) -> "ApprovalQuerySet":
        """Return the rows about ``subject``, whatever class it was read as."""
        return self.filter(content_type=base_content_type(subject), object_id=str(subject.pk))


class Approval(AppendOnly):
    """One decision about one content of one object. Rows are added, never changed nor removed."""

    ledger = "decisions"

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=64)
    # The title at that time: the row outlives the object too.
    title = models.CharField(_("título"), max_length=TITLE_LENGTH, blank=True)
    # A plain number: the row outlives the revision.
    revision_number = models.PositiveBigIntegerField(_("versión"), null=True, blank=True)
    sha = models.CharField(_("huella del contenido"), max_length=64)
    kind = models.CharField(_("tipo"), max_length=10, choices=ApprovalKind)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reportó"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decidió"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    authors = models.JSONField(_("autoras y autores"), default=list, blank=True)
    comment = models.TextField(_("comentario"), blank=True)
    created_at = models.DateTimeField(_("fecha"), default=timezone.now, editable=False)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("aprobación")
        verbose_name_plural = _("aprobaciones")
        indexes = [models.Index(fields=["content_type", "object_id", "-id"], name="approval_object")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind=ApprovalKind.REVIEW) | models.Q(approver__isnull=False),
                name="approval_review_has_approver",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=ApprovalKind.REVIEW) | ~models.Q(reporter=models.F("approver")),
                name="approval_review_is_not_ones_own",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=ApprovalKind.STEP)
                | (models.Q(approver__isnull=False) & ~models.Q(reporter=models.F("approver"))),
                name="approval_step_is_somebody_elses",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=ApprovalKind.EMERGENCY) | models.Q(approver__isnull=False),
                name="approval_emergency_has_a_name",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=[ApprovalKind.IMPORT, ApprovalKind.EMERGENCY])
                | ~models.Q(comment=""),
                name="approval_exception_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.content_type_id}/{self.object_id} {self.sha[:12]}"

    def exported(self) -> Exported:
        """Return the decision in the format of exports and links."""
        return export_decision(self)

    def allows(self, sha: str, revision_number: int | None) -> bool:
        """Check whether this decision allows that content to be public, as the version of that number.

        A row without a number was written for content without versions; a language alias shows another page's
        version. The database triggers check the same.
        """
        is_version = self.kind == ApprovalKind.INHERITED or self.revision_number in (None, revision_number)
        return self.kind not in ALLOWS_NOTHING and self.sha == sha and is_version

    @classmethod
    def latest(cls, subject: models.Model) -> "Approval | None":
        """Return the last decision about ``subject``."""
        return cls.objects.of(subject).first() if subject.pk is not None else None

    @classmethod
    def covers(cls, subject: models.Model, sha: str | None = None) -> bool:
        """Check whether the last decision about ``subject`` allows exactly the content it has now."""
        last = cls.latest(subject)
        if last is None or last.kind in ALLOWS_NOTHING:
            return False
        return last.sha == (sha or content_hash(subject))

    @classmethod
    def covers_revision(cls, revision: Revision) -> bool:
        """Check whether the last decision about a revision's object allows exactly that revision."""
        last = cls.objects.filter(
            content_type_id=revision.base_content_type_id, object_id=revision.object_id
        ).first()
        return last is not None and last.allows(content_hash(revision), revision.pk)

    @classmethod
    def record(
        cls,
        subject: models.Model,
        kind: ApprovalKind,
        *,
        sha: str,
        approver: User | None = None,
        reporter: User | None = None,
        authors: Iterable[int] = (),
        revision_number: int | None = None,
        comment: str = "",
        on: datetime.datetime | None = None,
    ) -> "Approval":
        """Add a row about ``subject``; ``on`` is the time of the decision, by default now."""
        return cls.objects.create(
            content_type=base_content_type(subject),
            object_id=str(subject.pk),
            title=str(subject)[:TITLE_LENGTH],
            revision_number=revision_number,
            sha=sha,
            kind=kind,
            approver=approver,
            reporter=reporter,
            authors=sorted(authors),
            comment=visible_text(comment),
            created_at=on or timezone.now(),
        )


def base_content_type(subject: models.Model) -> ContentType:
    """Return the content type under which ``subject`` is filed: that of Page for every page."""
    if isinstance(subject, Page):
        return ContentType.objects.get_for_model(Page)
    return ContentType.objects.get_for_model(subject)


@register_setting(icon="user", order=310)
class TraceSettings(BaseSiteSetting):
    """How the public trace of a site names people. Without a row it shows posts (decision 14)."""

    by_post = models.BooleanField(
        _("mostrar el cargo en vez del nombre"),
        default=True,
        help_text=_("En cada página: quién reportó, aprobó o retiró. El cambio queda en el libro."),
    )

    panels = [FieldPanel("by_post")]

    class Meta:
        verbose_name = _("traza pública")

    @classmethod
    def get_permission_policy(cls) -> SiteSettingPolicy:
        return SiteSettingPolicy(cls)

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
