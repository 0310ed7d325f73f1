"""The glossary."""

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column

from abierto.registry.models import GlossaryTerm

from .base import SPACE_PANEL, PrefilledCreateView
from .reviewed import STATUS_COLUMN, ReviewedViewSet


def short_definition(term: GlossaryTerm) -> str:
    """Return the beginning of the definition, for the listing."""
    return Truncator(term.definition).words(16)


def synonyms(term: GlossaryTerm) -> str:
    """Return the lay words on one line."""
    return ", ".join(term.synonyms)


class GlossaryViewSet(ReviewedViewSet):
    """Words explained, and the words people use instead."""

    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glosario")
    menu_name = "registry-glossary"
    add_view_class = PrefilledCreateView
    list_display = [
        "term",
        Column("definition", label=_("Definición"), accessor=short_definition),
        Column("lay_synonyms", label=_("Palabras de la gente"), accessor=synonyms),
        STATUS_COLUMN,
    ]
    list_filter = ["live"]
    search_fields = ["term", "definition", "lay_synonyms"]
    ordering = ["term"]
    panels = [
        FieldPanel("term", required_on_save=True),
        FieldPanel("definition"),
        FieldPanel("lay_synonyms"),
        SPACE_PANEL,
    ]
