"""Model mixins that participation pages share: contributions, attendance, date and place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from blocks.base import PortalStreamBlock
from blocks.body import BodyBlock
from pages.core.search import (
    Passage,
    join_distinct_texts,
    join_texts,
    list_block_texts,
    set_anchor,
    split_sections,
)

from .blocks import CONTRIBUTION_BLOCKS, GROUP_BLOCKS
from .places import find_municipality_name
from .rules import Headcount, reversed_dates_error


def count_field(label: Any, help_text: Any = "") -> models.PositiveIntegerField:
    """Return a column for a number of people; empty means that the document does not say."""
    return models.PositiveIntegerField(label, null=True, blank=True, help_text=help_text)


class ContributionsMixin(models.Model):
    """An introduction, a body, and the contributions with their outcomes."""

    #: The names of the fields, for ``history_fields``.
    shared_fields: ClassVar[frozenset[str]] = frozenset({"intro", "body", "contributions"})

    intro = models.TextField(_("entrada"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("cuerpo"), blank=True)
    contributions = StreamField(
        PortalStreamBlock(CONTRIBUTION_BLOCKS),
        verbose_name=_("qué se hizo con cada aportación"),
        blank=True,
        help_text=_("La devolución de resultados: qué se propuso y qué pasó con ello."),
    )

    class Meta:
        abstract = True

    shared_panels: ClassVar[list[Any]] = [FieldPanel("contributions"), FieldPanel("body")]

    def shared_passages(self, *texts: str) -> Iterator[Passage]:
        """Yield the passages of the shared fields, after ``texts`` of the type."""
        page: Any = self
        yield join_distinct_texts(page.summary, self.intro, *texts)
        yield from split_sections(self.body)
        yield set_anchor("devolucion", join_texts(*list_block_texts(self.contributions)))

    @property
    def municipality_name(self) -> str:
        """Return the name of the municipality in whose microsite the page is; empty outside microsites."""
        return find_municipality_name(self)


class HeadcountMixin(models.Model):
    """The published numbers of people, by sex and by priority group."""

    headcount_fields: ClassVar[frozenset[str]] = frozenset(
        {"people_total", "people_women", "people_men", "people_other", "groups"}
    )

    people_total = count_field(_("personas en total"), _("Como se publicó, aunque no cuadre con los demás."))
    people_women = count_field(_("mujeres"))
    people_men = count_field(_("hombres"))
    people_other = count_field(_("otro o sin respuesta"))
    groups = StreamField(
        PortalStreamBlock(GROUP_BLOCKS), verbose_name=_("grupos de atención prioritaria"), blank=True
    )

    class Meta:
        abstract = True

    headcount_panel: ClassVar[MultiFieldPanel] = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("people_total"), FieldPanel("people_women")]),
            FieldRowPanel([FieldPanel("people_men"), FieldPanel("people_other")]),
            FieldPanel("groups"),
        ],
        heading=_("Cuántas personas"),
        help_text=_("Vacío: el documento no lo dice. Lo que no cuadra se señala solo."),
    )

    @property
    def headcount(self) -> Headcount:
        """Return the numbers of people."""
        return Headcount(self.people_total, self.people_women, self.people_men, self.people_other)


class GatheringMixin(models.Model):
    """The dates and the place of a meeting."""

    gathering_fields: ClassVar[frozenset[str]] = frozenset({"starts_on", "ends_on", "place"})

    starts_on = models.DateField(_("empieza"), null=True, blank=True)
    ends_on = models.DateField(_("termina"), null=True, blank=True, help_text=_("Vacía si fue un solo día."))
    place = models.CharField(_("lugar"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse reversed dates."""
        super().clean()
        if message := reversed_dates_error(self.starts_on, self.ends_on):
            raise ValidationError({"ends_on": message})
