"""An axis of a plan, or a strategy of a work plan."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from pages.base import BasePage
from pages.translation import same_in_every_language


class AxisPage(BasePage):
    """A part of a plan that holds commitments."""

    template = "pages/axis_page.html"
    page_description = _("Un eje de un plan, o una estrategia de un plan de trabajo.")
    parent_page_types: ClassVar[list[str]] = ["pages.PlanPage"]
    subpage_types: ClassVar[list[str]] = ["pages.CommitmentPage"]

    code = models.CharField(
        _("clave"), max_length=10, help_text=_("El número del eje o la letra de la estrategia.")
    )
    justification = models.TextField(_("justificación"), blank=True)
    objective = models.TextField(_("objetivo"), blank=True)
    expected_effect = models.TextField(_("efecto esperado"), blank=True)

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *same_in_every_language("code"),
    ]

    class Meta:
        verbose_name = _("eje")
        verbose_name_plural = _("ejes")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("code"),
        MultiFieldPanel(
            [FieldPanel("justification"), FieldPanel("objective"), FieldPanel("expected_effect")],
            heading=_("Por qué y para qué"),
        ),
    ]

    def clean(self) -> None:
        """Refuse a code that another axis of the same plan has."""
        super().clean()
        parent = self.parent
        if parent is not None and self.code and code_is_taken(self, parent):
            raise ValidationError(
                {
                    "code": _("Otro eje de este plan ya tiene la clave %(code)s. Escribe otra.")
                    % {"code": self.code}
                }
            )


def code_is_taken(page: "AxisPage", plan: Page) -> bool:
    """Say whether another axis of ``plan`` has the code of ``page``."""
    return (
        AxisPage.objects.child_of(plan)
        .filter(code=page.code)
        .exclude(translation_key=page.translation_key)
        .exists()
    )
