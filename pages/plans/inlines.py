"""The rows of a commitment: its parties and its actions."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from abierto.language.content import QUOTED_PANEL
from abierto.registry.models import Institution, Person
from abierto.registry.models.base import ValidDuring
from blocks.base import PortalStreamBlock
from blocks.evidence import MEANS_BLOCKS
from pages.core.inline import PageRow
from pages.core.translation import synchronized_fields

from .enums import PartyRole


class CommitmentParty(ValidDuring, PageRow):
    """An institution, a person and a post, as they were between two dates."""

    history_fields = frozenset({"role", "institution", "person", "post", "valid_from", "valid_until"})

    page = ParentalKey("pages.CommitmentPage", on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(_("papel"), max_length=12, choices=PartyRole, default=PartyRole.RESPONSIBLE)
    institution = models.ForeignKey(
        Institution, verbose_name=_("institución"), on_delete=models.PROTECT, related_name="party_rows"
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("persona"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="party_rows",
    )
    post = models.CharField(_("cargo"), max_length=250, blank=True)

    override_translatable_fields = synchronized_fields(
        "role", "institution", "person", "valid_from", "valid_until"
    )

    class Meta(PageRow.Meta):
        verbose_name = _("parte")
        verbose_name_plural = _("partes")

    panels = [
        FieldRowPanel([FieldPanel("role"), FieldPanel("institution")]),
        FieldRowPanel([FieldPanel("person"), FieldPanel("post")]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
    ]

    def __str__(self) -> str:
        return f"{self.institution} ({self.get_role_display()})"

    @property
    def is_public(self) -> bool:
        """Check whether the institution and its part are public."""
        return self.institution.live

    @property
    def public_person(self) -> Person | None:
        """Return the responsible person if she is public."""
        return self.person if self.person is not None and self.person.live else None


class CommitmentAction(PageRow):
    """One action of a commitment. Figures refer to its translation key, the same in every language."""

    history_fields = frozenset(
        {
            "translation_key", "number", "title", "text", "official_text", "deliverable", "weight", "start",
            "end", "means",
        }
    )  # fmt: skip
    quoted_fields = frozenset({"official_text"})

    page = ParentalKey("pages.CommitmentPage", on_delete=models.CASCADE, related_name="actions")
    number = models.PositiveSmallIntegerField(_("número"))
    title = models.CharField(
        _("título"), max_length=120, help_text=_("Qué se hará, en pocas palabras. Encabeza la acción.")
    )
    text = models.TextField(_("resumen de la acción"), blank=True, help_text=_("En nuestras palabras."))
    official_text = models.TextField(
        _("texto del plan"),
        blank=True,
        default="",
        db_default="",
        help_text=_("Palabra por palabra, como está en el plan."),
    )
    deliverable = models.CharField(_("entregable"), max_length=250, blank=True)
    weight = models.DecimalField(
        _("peso"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(0, _("El peso no puede ser negativo."))],
        help_text=_("Solo cuenta si el plan usa el promedio ponderado."),
    )
    start = models.DateField(_("inicio"), null=True, blank=True)
    end = models.DateField(_("conclusión"), null=True, blank=True)
    indicator_key = models.UUIDField(
        _("indicador"),
        null=True,
        blank=True,
        help_text=_("Uno de una matriz pública del plan. Sus avances dirán cuánto mide."),
    )
    means = StreamField(
        PortalStreamBlock(MEANS_BLOCKS),
        verbose_name=_("medios de verificación prometidos"),
        blank=True,
        help_text=_("Lo que se prometió publicar como prueba. Sin su prueba aparecen como pendientes."),
    )

    override_translatable_fields = synchronized_fields("number", "weight", "start", "end", "indicator_key")

    class Meta(PageRow.Meta):
        verbose_name = _("acción")
        verbose_name_plural = _("acciones")

    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("weight")]),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("official_text", attrs=QUOTED_PANEL),
        FieldPanel("deliverable"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("indicator_key"),
        FieldPanel("means"),
    ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def clean(self) -> None:
        """Refuse an end before the start."""
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError(
                {"end": _("La conclusión es anterior al inicio. Corrige una de las dos fechas.")}
            )
