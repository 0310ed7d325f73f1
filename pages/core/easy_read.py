"""The record that readers validated an easy-read text (UNE 153101:2018 EX), for every page that has one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from abierto.text import visible_text

from .translation import synchronized_fields

METHOD = "UNE 153101"


class EasyReadMixin(models.Model):
    """The group of readers who validated an easy-read text, the day and their number.

    A page type with an easy-read text adds ``easy_read_panel()`` to its panels, ``EASY_READ_FIELDS`` to its
    ``history_fields``, ``easy_read_translations()`` to its translatable fields, and what the two methods
    return to its own ``publication_errors`` and ``publication_effects``. Its template includes
    ``components/easy_read_validation.html``, which asks for readers until the record is complete.
    """

    #: The fields with the text that was validated.
    easy_read_texts: ClassVar[tuple[str, ...]] = ("text",)

    validated_by = models.CharField(
        _("quién la validó"),
        max_length=250,
        blank=True,
        help_text=_("El grupo de lectores con dificultades para leer, sin nombres de personas."),
    )
    validated_on = models.DateField(_("cuándo la validó"), null=True, blank=True)
    reader_count = models.PositiveSmallIntegerField(
        _("cuántas personas la leyeron"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1, _("Escribe cuántas: una o más."))],
    )

    class Meta:
        abstract = True

    @property
    def is_validated(self) -> bool:
        """Check that the record is complete."""
        return bool(visible_text(self.validated_by) and self.validated_on and self.reader_count)

    def find_record_errors(self) -> dict[str, Any]:
        """Return, by field, what is missing of a record that was begun, or cannot be true."""
        values = {
            "validated_by": visible_text(self.validated_by),
            "validated_on": self.validated_on,
            "reader_count": self.reader_count,
        }
        if not any(values.values()):
            return {}
        message = gettext("Di quién la validó, cuándo y cuántas personas; o deja vacíos los tres.")
        errors = {name: message for name, value in values.items() if not value}
        if self.validated_on and self.validated_on > timezone.localdate():
            errors["validated_on"] = gettext("Esa fecha todavía no llega. Escribe el día en que la leyeron.")
        return errors

    def find_record_effects(self) -> list[str]:
        """Return the notes for the reviewer: the readers are missing, or read an earlier text."""
        if not self.is_validated:
            return [
                gettext("La página dirá que falta que la validen sus lectores (%(method)s).")
                % {"method": METHOD}
            ]
        public: Any = type(self)._default_manager.filter(pk=self.pk).first()
        if (
            public is None
            or not (public.live and public.is_validated)
            or public.validated_on != self.validated_on
        ):
            return []
        if all(getattr(public, name) == getattr(self, name) for name in self.easy_read_texts):
            return []
        return [gettext("El texto cambió, y sus lectores validaron el anterior. ¿Ya leyeron este?")]


EASY_READ_FIELDS = frozenset({"validated_by", "validated_on", "reader_count"})


def easy_read_translations() -> list[Any]:
    """Return the fields that are the same in every language: readers validate the Spanish text."""
    return synchronized_fields("validated_on", "reader_count")


def easy_read_panel() -> MultiFieldPanel:
    """Return the panel of the record."""
    return MultiFieldPanel(
        [
            FieldPanel("validated_by"),
            FieldRowPanel([FieldPanel("validated_on"), FieldPanel("reader_count")]),
        ],
        heading=_("Validación de sus lectores"),
        help_text=_(
            "La norma UNE 153101 pide que la lean personas con dificultades para leer. Vacío: la página dice "
            "que falta."
        ),
    )
