"""The spaces of municipalities, the template of their pages, and the pages made from it."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from abierto.registry.models import Municipality
from abierto.tenancy.models import Space
from abierto.text import VisibleTextModel

from .enums import ReviewSource


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
