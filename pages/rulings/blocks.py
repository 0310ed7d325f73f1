"""The blocks of a ruling: votes, citations, the pages of its text and the steps of an infographic."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.base import PortalBlock
from blocks.choosers import PageChoice
from blocks.fields import LineBlock, LinesBlock, WebAddressBlock

from .enums import Vote


class VoteValue(blocks.StructValue):
    """A vote with its label."""

    @property
    def vote_label(self) -> str:
        """Return the vote as text; a removed choice is shown as stored."""
        vote = self.get("vote") or ""
        return str(Vote(vote).label) if vote in Vote.values else vote


class VoteBlock(PortalBlock):
    """A member of the tribunal by the post, and the vote."""

    post = LineBlock(
        label=_("Cargo"),
        max_length=200,
        help_text=_("El cargo, no el nombre: «Magistratura de la Primera Sala»."),
    )
    vote = blocks.ChoiceBlock(
        label=_("Voto"), choices=Vote.choices, default=Vote.FOR.value, search_index=False
    )
    note = LinesBlock(
        label=_("En qué no está de acuerdo"),
        required=False,
        max_length=600,
        help_text=_("Si hubo voto particular o concurrente, en una o dos oraciones."),
    )

    class Meta:
        icon = "user"
        label = _("Voto")
        value_class = VoteValue
        label_format = "{post}"


class OtherRulingBlock(PortalBlock):
    """A ruling that is not in this portal."""

    text = LineBlock(label=_("Qué sentencia o criterio"), max_length=300)
    url = WebAddressBlock(label=_("Dirección"), required=False)

    class Meta:
        icon = "link"
        label = _("Sentencia de otro sitio")
        label_format = "{text}"


class TextPageBlock(PortalBlock):
    """A page of the document with its number."""

    number = blocks.IntegerBlock(label=_("Página"), min_value=1, max_value=9999)
    text = LinesBlock(label=_("Texto"))

    class Meta:
        icon = "doc-full"
        label = _("Página")
        label_format = "{number}"


class StepBlock(PortalBlock):
    """A part of the picture in words."""

    title = LineBlock(label=_("Qué dice el título"), max_length=120)
    text = LinesBlock(label=_("Qué se ve y qué dice"), max_length=600)

    class Meta:
        icon = "list-ol"
        label = _("Parte de la imagen")
        label_format = "{title}"


VOTE_BLOCKS = [("vote", VoteBlock())]
CITATION_BLOCKS = [
    ("ruling", PageChoice(label=_("Sentencia de este portal"), page_type=["pages.RulingPage"])),
    ("other", OtherRulingBlock()),
]
TEXT_PAGE_BLOCKS = [("page", TextPageBlock())]
STEP_BLOCKS = [("step", StepBlock())]
