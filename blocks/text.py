"""Text blocks: paragraph, heading, list, quote."""

from typing import Any

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.base import DATA, PREVIEW, TEXT, PortalBlock
from blocks.fields import FixedCharBlock, InlineTextBlock, KeyBlock, LineBlock, LinesBlock

ANCHOR_LENGTH = 60


class ParagraphBlock(InlineTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Párrafo")
        group = TEXT
        description = _("Texto seguido, con negritas, cursivas y enlaces.")
        template = "blocks/paragraph.html"
        preview_template = PREVIEW
        preview_value = _(
            "<p>El municipio publica cada mes <b>cuánto gastó</b>. Tú puedes revisarlo y preguntar.</p>"
        )


class HeadingLevel(models.TextChoices):
    """The levels of headings: the title of the page has the first; none is deeper than the third."""

    SECTION = "2", _("Sección")
    SUBSECTION = "3", _("Subsección")


class HeadingValue(blocks.StructValue):
    """A heading with the address of its place in the page."""

    @property
    def anchor_id(self) -> str:
        """Return the `id` of the heading; the prefix separates it from the page's own ids."""
        return f"s-{self.get('anchor') or anchor_for(self.get('text') or '')}"


def anchor_for(text: str) -> str:
    """Return the default anchor of a heading."""
    return slugify(text)[:ANCHOR_LENGTH].strip("-_") or "seccion"


class HeadingBlock(PortalBlock):
    """A heading with a stable anchor: the anchor stays when the text changes."""

    text = LineBlock(label=_("Título"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Nivel"), choices=HeadingLevel.choices, default=HeadingLevel.SECTION.value, search_index=False
    )
    anchor = KeyBlock(
        label=_("Nombre para el enlace"),
        required=False,
        help_text=_("Se llena solo. Si lo cambias, los enlaces que ya circulan dejan de llegar aquí."),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if cleaned["text"] and not cleaned["anchor"]:
            cleaned["anchor"] = anchor_for(cleaned["text"])
        return cleaned

    class Meta:
        icon = "title"
        label = _("Título de sección")
        group = TEXT
        description = _("Divide la página; se puede enlazar directamente.")
        template = "blocks/heading.html"
        value_class = HeadingValue
        label_format = "{text}"
        preview_value = {"text": _("Qué se decidió"), "level": "2", "anchor": "decidio"}


class ListKind(models.TextChoices):
    BULLETS = "bullets", _("Con viñetas")
    NUMBERS = "numbers", _("Numerada: el orden importa")


class TextListBlock(PortalBlock):
    """A list of short texts."""

    kind = blocks.ChoiceBlock(
        label=_("Tipo"), choices=ListKind.choices, default=ListKind.BULLETS.value, search_index=False
    )
    entries = blocks.ListBlock(InlineTextBlock(label=_("Punto")), label=_("Puntos"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Lista")
        group = TEXT
        description = _("Puntos cortos o pasos en orden.")
        template = "blocks/list.html"
        preview_value = {
            "kind": "numbers",
            "entries": [_("<p>Pide copia del acta.</p>"), _("<p>Llévala al tribunal.</p>")],
        }


class QuoteBlock(PortalBlock):
    """A quote with its author."""

    text = LinesBlock(label=_("Palabras textuales"), max_length=1000)
    author = FixedCharBlock(label=_("Quién lo dijo"), max_length=200)
    source = LineBlock(label=_("Dónde o cuándo"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Cita")
        group = TEXT
        description = _("Palabras textuales de una persona o de un documento.")
        template = "blocks/quote.html"
        preview_value = {
            "text": _("Un gobierno abierto escucha antes de decidir."),
            "author": _("Declaración conjunta"),
            "source": _("Acta de la sesión, 2017"),
        }


class PersonBlock(PortalBlock):
    """A person in a post, without personal contact data."""

    name = FixedCharBlock(label=_("Nombre"), max_length=150)
    post = LineBlock(label=_("Cargo"), required=False, max_length=200)
    institution = LineBlock(label=_("Institución"), required=False, max_length=200)

    class Meta:
        icon = "user"
        label = _("Persona")
        label_format = "{name}"


class PeopleBlock(PortalBlock):
    """A table of participants."""

    title = LineBlock(
        label=_("Quiénes son"), max_length=150, help_text=_("Por ejemplo, «Integrantes según el acta».")
    )
    people = blocks.ListBlock(PersonBlock(), label=_("Personas"), min_num=1)

    class Meta:
        icon = "group"
        label = _("Personas")
        group = DATA
        description = _("Nombres con su cargo e institución.")
        template = "blocks/people.html"
        preview_value: dict[str, Any] = {
            "title": _("Integrantes del Secretariado"),
            "people": [
                {"name": _("Nombre de ejemplo"), "post": _("Facilitación"), "institution": _("Universidad")}
            ],
        }
