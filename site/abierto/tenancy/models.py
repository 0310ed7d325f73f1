"""A space and the pages it starts from."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Collection, Page, Workflow

from abierto.text import VisibleTextModel

from .enums import SpaceKind
from .setting_policy import WholePortalPolicy


class Space(VisibleTextModel):
    """One house: the state team, an institution or a municipality.

    Every page finds its space through its ancestors (the nearest :class:`SpaceRoot`); registry rows,
    images and documents carry theirs in a field.
    """

    kind = models.CharField(_("tipo"), max_length=12, choices=SpaceKind)
    name = models.CharField(_("nombre"), max_length=200)
    slug = models.SlugField(_("clave"), max_length=80, unique=True)
    editors = models.OneToOneField(
        Group, verbose_name=_("grupo de edición"), on_delete=models.PROTECT, related_name="edits_space"
    )
    reviewers = models.OneToOneField(
        Group, verbose_name=_("grupo de revisión"), on_delete=models.PROTECT, related_name="reviews_space"
    )
    administrators = models.OneToOneField(
        Group, verbose_name=_("grupo de administración"), on_delete=models.PROTECT, related_name="runs_space"
    )
    collection = models.OneToOneField(
        Collection, verbose_name=_("colección"), on_delete=models.PROTECT, related_name="space"
    )
    workflow = models.OneToOneField(
        Workflow, verbose_name=_("flujo de revisión"), on_delete=models.PROTECT, related_name="space"
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("espacio")
        verbose_name_plural = _("espacios")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(kind="state"), name="tenancy_one_state_space"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SpaceRoot(models.Model):
    """A page from which a space reaches down, in every language in which that page exists."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="roots")
    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="space_root")

    class Meta:
        verbose_name = _("raíz de un espacio")
        verbose_name_plural = _("raíces de los espacios")

    def __str__(self) -> str:
        return f"{self.space}: {self.page}"


class SpaceOwned(models.Model):
    """A row that belongs to one space; without a space it belongs to the whole state."""

    space = models.ForeignKey(
        "tenancy.Space",
        verbose_name=_("espacio"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Quién puede editar esta ficha. Vacío: solo el equipo estatal."),
    )

    class Meta:
        abstract = True


@register_setting(icon="site", order=305)
class PortalSettings(VisibleTextModel, BaseSiteSetting):
    """What the portal says of itself on every page; its name is the site's. Without a row it says nothing."""

    territory = models.CharField(
        _("estado"),
        max_length=80,
        blank=True,
        help_text=_(
            "El nombre del estado, como «Guanajuato»: el encabezado de cada página dice «Gobierno abierto "
            "del Estado de…». Vacío: «Gobierno abierto». El nombre del portal es el del sitio. El cambio "
            "se ve al guardarlo y queda en el libro."
        ),
    )

    panels = [FieldPanel("territory")]

    class Meta:
        verbose_name = _("portal")

    @classmethod
    def get_permission_policy(cls) -> WholePortalPolicy:
        """Return who may change it."""
        return WholePortalPolicy(cls)

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
