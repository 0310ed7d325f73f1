"""The page of a problem tree and the objective tree derived from it."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel

from abierto.text import visible_text
from pages.core.base import BasePage
from pages.core.search import SearchContent, SearchKind, join_distinct_texts, join_texts, set_anchor

from .rules import nested_text_error, parse_nested_text

BRANCHES = ("effects", "causes", "ends", "means")


class ProblemTreePage(BasePage):
    """The tree of problems and, if any, the tree of objectives derived from it.

    Its branches are nested texts: each line begins with as many hyphens as its level.
    """

    context_builder = "pages.matrices.context.build_tree_context"
    is_found_by_key = True
    history_fields = frozenset({"intro", "problem", "objective", *BRANCHES})
    search_kind = SearchKind.PROBLEM_TREE
    copied_with_parent = False

    template = "pages/problem_tree_page.html"
    page_description = _("El árbol de problemas y el de objetivos, como listas.")
    parent_page_types: ClassVar[list[str]] = ["pages.PlanPage", "pages.RoadmapPage"]
    subpage_types: ClassVar[list[str]] = []

    intro = models.TextField(_("entrada"), blank=True)
    problem = models.TextField(_("problema central"), blank=True)
    effects = models.TextField(_("efectos"), blank=True, help_text=_("Qué provoca el problema."))
    causes = models.TextField(_("causas"), blank=True, help_text=_("De dónde viene el problema."))
    objective = models.TextField(_("objetivo central"), blank=True)
    ends = models.TextField(_("fines"), blank=True, help_text=_("Qué se gana al lograr el objetivo."))
    means = models.TextField(_("medios"), blank=True, help_text=_("Con qué se logra el objetivo."))

    class Meta:
        verbose_name = _("árbol de problemas y objetivos")
        verbose_name_plural = _("árboles de problemas y objetivos")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        HelpPanel(
            _("Cada rama va en líneas. Un guion al inicio mete la línea un nivel; dos guiones, dos niveles.")
        ),
        MultiFieldPanel(
            [FieldPanel("problem"), FieldPanel("effects"), FieldPanel("causes")],
            heading=_("Árbol de problemas"),
        ),
        MultiFieldPanel(
            [FieldPanel("objective"), FieldPanel("ends"), FieldPanel("means")],
            heading=_("Árbol de objetivos"),
        ),
    ]

    @property
    def has_objectives(self) -> bool:
        """Check that the tree of objectives has any text."""
        return any(visible_text(text) for text in (self.objective, self.ends, self.means))

    def clean(self) -> None:
        """Refuse a line that skips a level."""
        super().clean()
        errors = {name: nested_text_error(getattr(self, name)) for name in BRANCHES}
        found = {name: message for name, message in errors.items() if message}
        if found:
            raise ValidationError(found)

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication."""
        errors = {}
        if not visible_text(self.problem):
            errors["problem"] = gettext("Escribe el problema central.")
        if not parse_nested_text(self.causes):
            errors["causes"] = gettext("Escribe al menos una causa.")
        if self.has_objectives and not visible_text(self.objective):
            errors["objective"] = gettext(
                "Escribe el objetivo central, o deja vacío todo el árbol de objetivos."
            )
        return errors

    def search_document(self) -> SearchContent:
        """Return the problem and the objective, with the lines of their branches."""
        branches = (
            set_anchor(
                anchor, join_texts(*(words for _level, words in parse_nested_text(getattr(self, name))))
            )
            for anchor, name in zip(("efectos", "causas", "fines", "medios"), BRANCHES, strict=True)
        )
        return SearchContent(
            [join_distinct_texts(self.summary, self.intro, self.problem, self.objective), *branches]
        )
