"""Notices and accordions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.base import TEXT, PortalBlock
from blocks.fields import InlineTextBlock, LineBlock


class NoticeReason(models.TextChoices):
    """The reasons of a notice; the label is always shown, the colour only helps."""

    INFO = "info", _("Aviso")
    WARNING = "warning", _("Atención")
    EXAMPLE = "example", _("Ejemplo ficticio")
    WITHDRAWN = "withdrawn", _("Retirado")


class NoticeValue(blocks.StructValue):
    """A notice with its heading and its colour."""

    @property
    def heading(self) -> str:
        """Return the heading: the editor's or, without one, the label of the kind."""
        kind = self.get("kind")
        known = NoticeReason(kind) if kind in NoticeReason.values else NoticeReason.INFO
        return str(self.get("title") or known.label)

    @property
    def css_class(self) -> str:
        """Return the classes of the notice, with the colour of its kind."""
        return {
            NoticeReason.WARNING: "notice notice--low",
            NoticeReason.WITHDRAWN: "notice notice--low",
            NoticeReason.EXAMPLE: "notice notice--stage",
        }.get(self.get("kind"), "notice")


class NoticeBlock(PortalBlock):
    """A highlighted notice that interrupts the text."""

    kind = blocks.ChoiceBlock(
        label=_("Tipo"), choices=NoticeReason.choices, default=NoticeReason.INFO.value, search_index=False
    )
    title = LineBlock(
        label=_("Título"),
        required=False,
        max_length=120,
        help_text=_("Si lo dejas vacío, se lee el tipo de aviso."),
    )
    text = InlineTextBlock(label=_("Texto"))

    class Meta:
        icon = "info-circle"
        label = _("Aviso")
        group = TEXT
        description = _("Interrumpe para decir algo importante. Úsalo poco.")
        template = "blocks/notice.html"
        value_class = NoticeValue
        preview_value = {"kind": "example", "title": "", "text": _("<p>Este caso no ocurrió.</p>")}


class AccordionItemBlock(PortalBlock):
    summary = LineBlock(label=_("Pregunta o título"), max_length=150)
    text = InlineTextBlock(label=_("Respuesta"))

    class Meta:
        icon = "collapse-down"
        label = _("Apartado")
        label_format = "{summary}"


class AccordionBlock(PortalBlock):
    """Folded texts that open without JavaScript."""

    entries = blocks.ListBlock(AccordionItemBlock(), label=_("Apartados"), min_num=1)

    class Meta:
        icon = "collapse-down"
        label = _("Apartados plegables")
        group = TEXT
        description = _("Preguntas cuya respuesta se abre al tocarlas.")
        template = "blocks/accordion.html"
        preview_value = {
            "entries": [
                {
                    "summary": _("¿Por qué hay dos cifras?"),
                    "text": _("<p>El informe publicó una y el promedio es otro.</p>"),
                }
            ]
        }
