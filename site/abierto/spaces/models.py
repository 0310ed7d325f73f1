"""The spaces of municipalities, the template of their pages, and proposals for a second person."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from abierto.approval.models import ReviewTask
from abierto.registry.models import Municipality
from abierto.tenancy.models import Space
from abierto.text import VisibleTextModel

from .enums import AgreementStatus, ProposalStatus, ReviewSource


class MunicipalitySpace(models.Model):
    """The space of a municipality, and who reviews what it publishes."""

    municipality = models.OneToOneField(
        Municipality, verbose_name=_("municipio"), on_delete=models.PROTECT, related_name="space_link"
    )
    # Not «space»: a row with a field of that name is content of that space.
    holder = models.OneToOneField(
        Space, verbose_name=_("espacio"), on_delete=models.CASCADE, related_name="municipality_link"
    )
    review = models.CharField(_("quién revisa"), max_length=9, choices=ReviewSource, default=ReviewSource.OWN)
    has_state_step = models.BooleanField(
        _("después revisa también el equipo estatal"),
        default=False,
        help_text=_("Un segundo paso, cuando el municipio ya aprobó."),
    )

    class Meta:
        ordering = ["municipality__name"]
        verbose_name = _("espacio de un municipio")
        verbose_name_plural = _("espacios de los municipios")

    def __str__(self) -> str:
        return f"{self.municipality}: {self.holder}"


class TemplatePage(VisibleTextModel):
    """A page of the template of microsites; ``{municipio}`` in its texts becomes the name."""

    wagtail_reference_index_ignore = True

    key = models.CharField(_("tipo de página"), max_length=40)
    title = models.CharField(_("título"), max_length=120)
    slug = models.CharField(
        _("dirección"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(-[a-z0-9]+)*$",
                _("Usa letras minúsculas sin acento, números y guiones, por ejemplo hoja-de-ruta."),
            )
        ],
        error_messages={"unique": _("Otra página de la plantilla ya tiene esa dirección.")},
    )
    summary = models.CharField(_("resumen"), max_length=300, blank=True)
    show_in_menus = models.BooleanField(_("va en el menú"), default=True)
    is_public = models.BooleanField(
        _("se publica al crearla"),
        default=False,
        help_text=_("Si no, nace como borrador: la gente del municipio la llena y otra persona la aprueba."),
    )
    is_included = models.BooleanField(_("se crea"), default=True)
    order = models.PositiveSmallIntegerField(_("orden"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("página de la plantilla")
        verbose_name_plural = _("páginas de la plantilla")

    def __str__(self) -> str:
        return self.title


class ProvisionedPage(models.Model):
    """The page of a microsite that was made from a page of the template, wherever it is now."""

    wagtail_reference_index_ignore = True

    holder = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="provisioned_pages")
    template = models.ForeignKey(TemplatePage, on_delete=models.CASCADE, related_name="+")
    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("página creada de la plantilla")
        verbose_name_plural = _("páginas creadas de la plantilla")
        constraints = [
            models.UniqueConstraint(fields=["holder", "template"], name="spaces_one_page_of_each"),
        ]

    def __str__(self) -> str:
        return f"{self.holder}: {self.template}"


class TwoPersonProposal(models.Model):
    """A proposal of one person that another, of the state, confirms; the row stays as the record."""

    status = models.CharField(max_length=9, choices=ProposalStatus, default=ProposalStatus.OPEN)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class MunicipalityProposal(TwoPersonProposal):
    """A municipality to provision, with its branding, its review and the accounts that it starts with."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    band_color = models.CharField(max_length=7)
    accent_color = models.CharField(max_length=7)
    presentation = models.TextField(blank=True)
    review = models.CharField(max_length=9, choices=ReviewSource, default=ReviewSource.OWN)
    has_state_step = models.BooleanField(default=False)
    #: The fields of ``NewAccount``, one object for each person.
    accounts = models.JSONField(default=list)

    class Meta:
        ordering = ["municipality__name", "pk"]
        verbose_name = _("alta de un municipio")
        verbose_name_plural = _("altas de municipios")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"],
                condition=Q(status=ProposalStatus.OPEN),
                name="spaces_one_open_proposal",
            ),
        ]

    def __str__(self) -> str:
        return str(self.municipality)


class ReviewerProposal(TwoPersonProposal):
    """A person whom the administrator of a municipality proposes as its reviewer."""

    holder = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    first_name = models.CharField(max_length=150)
    last_name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(max_length=150)

    class Meta:
        ordering = ["holder__name", "pk"]
        verbose_name = _("propuesta de quien revisa")
        verbose_name_plural = _("propuestas de quien revisa")
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=Q(status=ProposalStatus.OPEN), name="spaces_one_open_reviewer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


OPEN_AGREEMENTS = (AgreementStatus.PROPOSED, AgreementStatus.ACCEPTED, AgreementStatus.IN_FORCE)


class ReviewAgreement(models.Model):
    """The reviewers of a neighbour review what a municipality publishes, until a day; the row is the record.

    One person proposes it, the administrator of the neighbour accepts and another of the state confirms.
    """

    wagtail_reference_index_ignore = True

    town = models.ForeignKey(MunicipalitySpace, on_delete=models.CASCADE, related_name="agreements")
    neighbour = models.ForeignKey(MunicipalitySpace, on_delete=models.CASCADE, related_name="lent_agreements")
    ends = models.DateField()
    status = models.CharField(max_length=9, choices=AgreementStatus, default=AgreementStatus.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    #: Null while the agreement is open, and when its last day ended it.
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    #: The step of the review, from the confirmation on.
    step = models.OneToOneField(ReviewTask, null=True, on_delete=models.PROTECT, related_name="agreement")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("acuerdo de revisión")
        verbose_name_plural = _("acuerdos de revisión")
        constraints = [
            models.UniqueConstraint(
                fields=["town"], condition=Q(status__in=OPEN_AGREEMENTS), name="spaces_one_open_agreement"
            ),
            models.CheckConstraint(
                condition=~Q(town=models.F("neighbour")), name="spaces_agreement_with_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.neighbour.municipality} → {self.town.municipality}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_AGREEMENTS
