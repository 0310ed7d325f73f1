"""Spaces, their root pages and the portal's settings."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Collection, Locale, Page, Workflow

from abierto.text import VisibleTextModel

from .enums import SpaceKind
from .setting_policy import SiteSettingPolicy


class Space(VisibleTextModel):
    """A tenant: the state team, an institution or a municipality.

    Pages belong to the space of their nearest :class:`SpaceRoot` ancestor; registry rows, images and
    documents have a foreign key.
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
    suspended_on = models.DateField(_("suspendido desde"), null=True, blank=True, editable=False)
    suspension_reason = models.TextField(
        _("motivo de la suspensión"), blank=True, default="", db_default="", editable=False
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
    """The root page of a space in one language; its descendants belong to the space too."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="roots")
    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="space_root")

    class Meta:
        verbose_name = _("raíz de un espacio")
        verbose_name_plural = _("raíces de los espacios")

    def __str__(self) -> str:
        return f"{self.space}: {self.page}"


class TranslatorGroup(models.Model):
    """The group that translates a space into one language, created with the first invitation.

    Its members edit the translations of wagtail-localize and no source (``FourEyesPermissionTester``).
    """

    space = models.ForeignKey(
        Space, verbose_name=_("espacio"), on_delete=models.CASCADE, related_name="translators"
    )
    locale = models.ForeignKey(
        Locale, verbose_name=_("lengua"), on_delete=models.CASCADE, related_name="translators"
    )
    group = models.OneToOneField(
        Group, verbose_name=_("grupo de traducción"), on_delete=models.PROTECT, related_name="translates"
    )

    class Meta:
        verbose_name = _("grupo de traducción")
        verbose_name_plural = _("grupos de traducción")
        constraints = [
            models.UniqueConstraint(fields=["space", "locale"], name="tenancy_one_translator_group")
        ]

    def __str__(self) -> str:
        return f"{self.space}: {self.locale}"


class SpaceOwned(models.Model):
    """Abstract model with a foreign key to a space; null means a row of the whole state."""

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
    """Texts about the portal shown on every page; its name is the site's. Without a row they are left out."""

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

    contact_email = models.EmailField(
        _("correo oficial"),
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "El buzón del portal, al pie de cada página. Un correo de la oficina, no el de una persona. El "
            "cambio se ve al guardarlo y queda en el libro."
        ),
    )

    panels = [FieldPanel("territory"), FieldPanel("contact_email")]

    class Meta:
        verbose_name = _("portal")

    @classmethod
    def get_permission_policy(cls) -> SiteSettingPolicy:
        return SiteSettingPolicy(cls)

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
