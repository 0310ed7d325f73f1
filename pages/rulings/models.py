"""The page type of rulings."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField

from abierto.language.content import QUOTED_PANEL
from abierto.registry.enums import PriorityGroup
from abierto.registry.models import Institution
from abierto.text import split_lines
from blocks.base import PortalStreamBlock
from blocks.validators import validate_web_address
from pages.core.base import BasePage
from pages.core.inline import PageRow
from pages.core.search import SearchContent, SearchKind
from pages.core.translation import synchronized_fields
from pages.plans.commitment_references import COMMITMENT_BLOCKS, list_chosen_keys

from .blocks import CITATION_BLOCKS, VOTE_BLOCKS
from .case_numbers import KEY_LENGTH, make_case_key
from .enums import Finality, Matter, RulingOutcome
from .panels import StepsPanel
from .rules import (
    cycle_error,
    finality_date_error,
    future_date_error,
    missing_change_errors,
    validity_error,
)
from .search import build_search_content


class RulingPage(BasePage):
    """The record and the finality of a ruling; its texts are its child pages, at most one of each type."""

    context_builder = "pages.rulings.context.build_ruling_context"
    history_fields = frozenset(
        {
            "case_number", "tribunal", "chamber", "matter", "proceeding", "decided_on", "outcome", "decision",
            "topics", "has_gender_perspective", "groups", "votes", "finality", "finality_date",
            "finality_reason", "finality_ruling", "replaces", "citations", "provisions", "commitments",
            "original_url", "is_fictional",
        }
    )  # fmt: skip
    quoted_fields = frozenset({"topics", "votes", "citations", "provisions", "commitments"})
    search_kind = SearchKind.RULING
    copied_with_parent = False

    template = "pages/ruling_page.html"
    page_description = _("Una sentencia. De ella cuelgan sus versiones y su infografía.")
    parent_page_types: ClassVar[list[str]] = ["pages.RulingIndexPage"]
    subpage_types: ClassVar[list[str]] = [
        "pages.PublicVersionPage",
        "pages.PlainVersionPage",
        "pages.EasyReadPage",
        "pages.InfographicPage",
    ]

    case_number = models.CharField(
        _("número de expediente"),
        max_length=KEY_LENGTH,
        help_text=_("Como lo escribe el tribunal. Único en el tribunal, se escriba como se escriba."),
    )
    case_key = models.CharField(
        _("clave del expediente"),
        max_length=KEY_LENGTH,
        default="",
        editable=False,
        serialize=False,  # it follows from the case number, and is no content of its own
        db_index=True,
    )
    tribunal = models.ForeignKey(
        Institution,
        verbose_name=_("tribunal"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Vacío: el de la lista. Elígelo si la dictó el tribunal que había antes."),
    )
    chamber = models.ForeignKey(
        Institution,
        verbose_name=_("sala o juzgado"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    matter = models.CharField(_("materia"), max_length=20, choices=Matter, default=Matter.ADMINISTRATIVE)
    proceeding = models.CharField(
        _("tipo de juicio"), max_length=120, blank=True, help_text=_("Por ejemplo: juicio de nulidad.")
    )
    decided_on = models.DateField(_("fecha de la sentencia"), null=True)
    outcome = models.CharField(
        _("resultado"), max_length=20, choices=RulingOutcome, default=RulingOutcome.GRANTED
    )
    decision = models.TextField(
        _("qué se decidió, en una frase"),
        blank=True,
        max_length=400,
        help_text=_("Encabeza la página y aparece al buscar."),
    )
    topics = models.TextField(
        _("temas"), blank=True, help_text=_("Uno por línea, con palabras de todos los días.")
    )
    has_gender_perspective = models.BooleanField(_("con perspectiva de género"), default=False)
    votes = StreamField(PortalStreamBlock(VOTE_BLOCKS), verbose_name=_("quién decidió"), blank=True)

    finality = models.CharField(_("¿es firme?"), max_length=20, choices=Finality, default=Finality.UNKNOWN)
    finality_date = models.DateField(_("desde cuándo"), null=True, blank=True)
    finality_reason = models.TextField(_("por qué"), blank=True, max_length=600)
    finality_ruling = models.ForeignKey(
        "self",
        verbose_name=_("la sentencia que la cambió"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="changed_rulings",
        help_text=_("Si está en este portal."),
    )
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("sustituye a"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replacements",
        help_text=_("La sentencia retirada en cuyo lugar queda esta. Su dirección llevará aquí."),
    )

    citations = StreamField(
        PortalStreamBlock(CITATION_BLOCKS), verbose_name=_("sentencias que cita"), blank=True
    )
    provisions = models.TextField(
        _("artículos que aplica"),
        blank=True,
        help_text=_("Uno por línea: «Artículo 47 de la Ley Federal del Trabajo»."),
    )
    commitments = StreamField(
        PortalStreamBlock(COMMITMENT_BLOCKS), verbose_name=_("compromisos relacionados"), blank=True
    )
    original_url = models.URLField(
        _("dirección original"),
        blank=True,
        validators=[validate_web_address],
        help_text=_("Donde la publica el tribunal."),
    )
    is_fictional = models.BooleanField(
        _("es un ejemplo ficticio"),
        default=False,
        help_text=_("El caso no ocurrió. Cada parte de la página lo dice."),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields(
            "case_number", "case_key", "tribunal", "chamber", "matter", "decided_on", "outcome",
            "has_gender_perspective", "finality", "finality_date", "finality_ruling", "replaces",
            "original_url", "is_fictional",
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("sentencia")
        verbose_name_plural = _("sentencias")

    content_panels = [
        StepsPanel(heading=_("Pasos")),
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("case_number"),
                FieldRowPanel([FieldPanel("tribunal"), FieldPanel("chamber")]),
                FieldRowPanel([FieldPanel("matter"), FieldPanel("proceeding")]),
                FieldRowPanel([FieldPanel("decided_on"), FieldPanel("outcome")]),
                FieldPanel("decision"),
                FieldPanel("original_url"),
            ],
            heading=_("Ficha"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("finality"), FieldPanel("finality_date")]),
                FieldPanel("finality_reason"),
                PageChooserPanel("finality_ruling", "pages.RulingPage"),
                PageChooserPanel("replaces", "pages.RulingPage"),
            ],
            heading=_("Si todavía vale"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("topics", attrs=QUOTED_PANEL),
                FieldPanel("has_gender_perspective"),
                InlinePanel("groups", label=_("grupo"), heading=_("Grupos de atención prioritaria")),
            ],
            heading=_("De qué trata"),
        ),
        FieldPanel("votes"),
        FieldPanel("citations"),
        FieldPanel("provisions", attrs=QUOTED_PANEL),
        FieldPanel("commitments"),
        FieldPanel("is_fictional"),
    ]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Store the key of the case number with it."""
        self.case_key = self.current_case_key
        return super().save(*args, **kwargs)

    save.alters_data = True  # type: ignore[attr-defined]

    @property
    def deciding_tribunal(self) -> Institution | None:
        """Return the tribunal that decided: its own field, or the tribunal of its list."""
        if self.tribunal is not None:
            return self.tribunal
        above = self.parent.specific if self.parent is not None else None
        found: Institution | None = getattr(above, "tribunal", None)
        return found

    @property
    def current_case_key(self) -> str:
        """Return the key of the case number as it is now."""
        tribunal = self.deciding_tribunal
        return make_case_key(self.case_number, tribunal.acronym if tribunal is not None else "")

    @property
    def topic_list(self) -> list[str]:
        """Return the topics, one string each."""
        return split_lines(self.topics)

    @property
    def provision_list(self) -> list[str]:
        """Return the provisions that it applies, one string each."""
        return split_lines(self.provisions)

    def clean(self) -> None:
        """Refuse future dates, a repeated case number, and references of the ruling to itself."""
        super().clean()
        errors = {
            "decided_on": future_date_error(self.decided_on),
            "finality_date": future_date_error(self.finality_date)
            or finality_date_error(self.decided_on, self.finality_date),
            "case_number": self._case_number_error(),
            "finality_ruling": self._self_reference_error(self.finality_ruling_id)
            or cycle_error(self.pk, self.finality_ruling_id, find_changing_ruling),
            "replaces": self._self_reference_error(self.replaces_id),
        }
        if self.pk is not None and self.pk in list_chosen_keys(self.citations, "ruling"):
            errors["citations"] = gettext("Una sentencia no se cita a sí misma. Quítala de la lista.")
        found = {name: message for name, message in errors.items() if message}
        if found:
            raise ValidationError(found)

    def _self_reference_error(self, key: int | None) -> str:
        if self.pk is None or key != self.pk:
            return ""
        return gettext("Elegiste esta misma sentencia. Elige otra.")

    def _case_number_error(self) -> str:
        key = self.current_case_key
        if self.case_number and not any(character.isdigit() for character in key):
            return gettext("Escribe el número del expediente, por ejemplo 12/2023.")
        other = self.find_same_case(key)
        if other is None:
            return ""
        return gettext("Este tribunal ya tiene el expediente %(number)s: «%(title)s».") % {
            "number": other.case_number,
            "title": other.title,
        }

    def find_same_case(self, key: str) -> RulingPage | None:
        """Return another ruling of the same tribunal with this case key, drafts included."""
        if not key or self.parent is None:
            return None
        others = self.others_of_type().filter(case_key=key, locale=self.parent.locale_id)
        same = others.child_of(self.parent)
        if self.tribunal_id:
            same |= others.filter(tribunal=self.tribunal_id)
        found: RulingPage | None = same.order_by("path").first()
        return found

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication."""
        tribunal = self.deciding_tribunal
        errors = {
            "tribunal": validity_error(tribunal, self.decided_on)
            if tribunal is not None
            else gettext("Elige el tribunal que la dictó."),
            "chamber": validity_error(self.chamber, self.decided_on),
            **missing_change_errors(self.finality, self.finality_date, self.finality_reason),
        }
        return {path: message for path, message in errors.items() if message}

    def search_document(self) -> SearchContent:
        """Return the passages of its parts, the plain version first."""
        return build_search_content(self)


def find_changing_ruling(pk: int) -> int | None:
    """Return the id of the ruling that changed the one with this id."""
    rows = RulingPage.objects.filter(pk=pk)
    found: int | None = rows.values_list("finality_ruling", flat=True).first()
    return found


class RulingGroup(PageRow):
    """A group of priority attention that the case is about."""

    history_fields = frozenset({"group"})

    page = ParentalKey(RulingPage, on_delete=models.CASCADE, related_name="groups")
    group = models.CharField(_("grupo"), max_length=24, choices=PriorityGroup)

    override_translatable_fields = synchronized_fields("group")

    class Meta(PageRow.Meta):
        verbose_name = _("grupo de atención prioritaria")
        verbose_name_plural = _("grupos de atención prioritaria")

    panels = [FieldPanel("group")]

    def __str__(self) -> str:
        return self.get_group_display()
