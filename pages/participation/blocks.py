"""Blocks of participation pages: contributions, answers of a consultation, attendance of groups."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from abierto.registry.enums import PriorityGroup
from blocks.base import PortalBlock
from blocks.fields import LineBlock, LinesBlock, NumberBlock

from .enums import ContributionOutcome

MAX_PEOPLE = 10_000_000


class ContributionValue(blocks.StructValue):
    """A contribution with the label of its outcome."""

    @property
    def outcome_label(self) -> str:
        """Return the outcome as text; a removed choice is shown as stored."""
        outcome = self.get("outcome") or ""
        if outcome in ContributionOutcome.values:
            return str(ContributionOutcome(outcome).label)
        return outcome


class ContributionBlock(PortalBlock):
    """A proposal of the public and its outcome; never the name of a person."""

    text = LinesBlock(label=_("Qué se propuso"), max_length=800)
    origin = LineBlock(
        label=_("De quién"),
        required=False,
        max_length=200,
        help_text=_("Un grupo, una mesa o una institución; no el nombre de una persona."),
    )
    outcome = blocks.ChoiceBlock(
        label=_("Qué pasó"),
        choices=ContributionOutcome.choices,
        default=ContributionOutcome.PENDING.value,
        search_index=False,
    )
    answer = LinesBlock(
        label=_("Por qué, y dónde se ve"),
        required=False,
        max_length=800,
        help_text=_("En palabras sencillas."),
    )

    def problems(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        if self.is_deferred_validation or value["answer"]:
            return {}
        if value["outcome"] == ContributionOutcome.DECLINED:
            return {"answer": ValidationError(_("Di por qué no se incorporó."))}
        return {}

    class Meta:
        icon = "comment"
        label = _("Aportación")
        label_format = "{text}"
        value_class = ContributionValue


class AnswerBlock(PortalBlock):
    """One answer option of a consultation: its counts online and on paper, or the published percentage."""

    text = LineBlock(label=_("Respuesta"), max_length=200)
    percent = NumberBlock(
        label=_("Porcentaje"),
        required=False,
        help_text=_("Como se publicó. Vacío: se calcula de los conteos."),
    )
    online = blocks.IntegerBlock(
        label=_("En línea o en persona"), required=False, min_value=0, max_value=MAX_PEOPLE
    )
    paper = blocks.IntegerBlock(label=_("En papel"), required=False, min_value=0, max_value=MAX_PEOPLE)

    def problems(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        percent: Decimal | None = value["percent"]
        if percent is not None and not 0 <= percent <= 100:
            return {"percent": ValidationError(_("Escribe un porcentaje entre 0 y 100."))}
        if self.is_deferred_validation or any(
            value[name] is not None for name in ("percent", "online", "paper")
        ):
            return {}
        return {"percent": ValidationError(_("Escribe el porcentaje o cuántas personas la dieron."))}

    class Meta:
        icon = "list-ul"
        label = _("Respuesta")
        label_format = "{text}"


class GroupValue(blocks.StructValue):
    """A group with its label."""

    @property
    def group_label(self) -> str:
        """Return the group as text; a removed choice is shown as stored."""
        group = self.get("group") or ""
        return str(PriorityGroup(group).label) if group in PriorityGroup.values else group


class GroupBlock(PortalBlock):
    """The number of people of a priority group who attended."""

    group = blocks.ChoiceBlock(label=_("Grupo"), choices=PriorityGroup.choices, search_index=False)
    people = blocks.IntegerBlock(label=_("Personas"), min_value=0, max_value=MAX_PEOPLE)

    class Meta:
        icon = "group"
        label = _("Grupo de atención prioritaria")
        label_format = "{group}"
        value_class = GroupValue


CONTRIBUTION_BLOCKS = [("contribution", ContributionBlock())]
ANSWER_BLOCKS = [("answer", AnswerBlock())]
GROUP_BLOCKS = [("group", GroupBlock())]
