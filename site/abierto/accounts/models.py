"""The user model and the table of the shared cache."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from abierto.text import visible_text


class User(index.Indexed, AbstractUser):
    """A user account, shown to the public by full name and post."""

    post = models.CharField(
        _("cargo"),
        max_length=160,
        blank=True,
        help_text=_("Se muestra en la traza pública: quién reportó y quién aprobó."),
    )
    is_demo = models.BooleanField(
        _("cuenta de demostración"),
        default=False,
        editable=False,
        help_text=_("El portal en producción no arranca mientras una de estas cuentas pueda entrar."),
    )

    # ``search.admin_index`` updates the admin's index.
    search_auto_update = False
    search_fields = [
        index.AutocompleteField(name) for name in ("username", "first_name", "last_name", "email")
    ]

    class Meta(AbstractUser.Meta):
        verbose_name = _("cuenta")  # type: ignore[assignment]
        verbose_name_plural = _("cuentas")  # type: ignore[assignment]

    @property
    def public_name(self) -> str:
        """Return the full name and post for the public trace, never the user name."""
        name = visible_text(self.get_full_name()) or str(_("Cuenta sin nombre"))
        return f"{name}, {self.post}" if self.post else name


class Attempt(models.Model):
    """Row of the shared cache of login attempts: the table that ``DatabaseCache`` expects."""

    cache_key = models.CharField(_("clave"), max_length=255, primary_key=True)
    value = models.TextField(_("cuenta"))
    expires = models.DateTimeField(_("vence"), db_index=True)

    class Meta:
        verbose_name = _("intento de entrar")
        verbose_name_plural = _("intentos de entrar")

    def __str__(self) -> str:
        return self.cache_key
