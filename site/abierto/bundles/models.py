"""Release bundles: pages that are reviewed together and go public together, or none of them does."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState

from abierto.approval.models.notes import NOTE_LENGTH
from abierto.text import VisibleTextModel


class BundleStatus(models.TextChoices):
    PREPARED = "prepared", _("Sin enviar")
    SENT = "sent", _("En revisión")
    RETURNED = "returned", _("Devuelto")
    DONE = "done", _("Aprobado")
    WITHDRAWN = "withdrawn", _("Retirado")


#: Bundles whose pages are not decided, or are to be sent again.
OPEN_STATUSES = (BundleStatus.PREPARED, BundleStatus.SENT, BundleStatus.RETURNED)


class Bundle(VisibleTextModel):
    """Several drafts with one name, note, date and decision."""

    name = models.CharField(
        _("nombre"), max_length=120, help_text=_("Por ejemplo: Reporte de enero a marzo.")
    )
    note = models.TextField(_("nota para quien revisa"), max_length=NOTE_LENGTH, blank=True)
    go_live_at = models.DateTimeField(
        _("publicar el"), null=True, blank=True, help_text=_("Vacío: en cuanto se apruebe.")
    )
    status = models.CharField(_("estado"), max_length=9, choices=BundleStatus, default=BundleStatus.SENT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("quien lo envió"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("fecha"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("quien decidió"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    decided_at = models.DateTimeField(_("decidido"), null=True, editable=False)
    comment = models.TextField(_("comentario"), blank=True, editable=False)
    failed_at = models.DateTimeField(_("no se pudo publicar"), null=True, editable=False)
    failure = models.TextField(_("por qué no se publicó"), blank=True, editable=False)
    failed_page = models.ForeignKey(
        Page,
        verbose_name=_("la página que no se pudo publicar"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("paquete")
        verbose_name_plural = _("paquetes")

    def __str__(self) -> str:
        return self.name


class BundleItem(models.Model):
    """One page of a bundle, with its review."""

    bundle = models.ForeignKey(
        Bundle, verbose_name=_("paquete"), on_delete=models.CASCADE, related_name="items"
    )
    page = models.ForeignKey(Page, verbose_name=_("página"), on_delete=models.CASCADE, related_name="+")
    workflow_state = models.ForeignKey(
        WorkflowState,
        verbose_name=_("revisión"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="bundle_items",
    )

    class Meta:
        # A page is published before its descendants.
        ordering = ["page__path"]
        verbose_name = _("página de un paquete")
        verbose_name_plural = _("páginas de un paquete")
        constraints = [models.UniqueConstraint(fields=["bundle", "page"], name="bundles_page_once_in_bundle")]

    def __str__(self) -> str:
        return f"{self.bundle}: {self.page}"

    @property
    def title(self) -> str:
        """The title of the submitted version; of an update, its commitment and period."""
        state = self.workflow_state.current_task_state if self.workflow_state is not None else None
        submitted = state.revision if state is not None else None
        title: str = submitted.object_str if submitted is not None else ""
        return title or str(self.page.get_admin_display_title())


class BundleDecision(models.Model):
    """The approval of a page's last step, stored until every page of the bundle has one."""

    item = models.ForeignKey(
        BundleItem, verbose_name=_("página de un paquete"), on_delete=models.CASCADE, related_name="decisions"
    )
    # For one review of one version: after a resubmission the page needs a new decision.
    task_state = models.OneToOneField(
        TaskState, verbose_name=_("revisión"), on_delete=models.CASCADE, related_name="bundle_decision"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("quien aprobó"), on_delete=models.PROTECT, related_name="+"
    )
    token = models.CharField(_("lo que leyó"), max_length=255)
    comment = models.TextField(_("comentario"), blank=True)
    given_at = models.DateTimeField(_("fecha"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("aprobación dentro de un paquete")
        verbose_name_plural = _("aprobaciones dentro de los paquetes")

    def __str__(self) -> str:
        return f"{self.item}: {self.by}"
