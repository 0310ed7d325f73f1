"""Evidence as the editor of one action fills it in: the promised proof is picked from a list.

The block itself knows nothing of commitments; here its key becomes a choice among what was promised.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BlockField, ChoiceBlock, StreamValue
from wagtail.blocks.struct_block import BlockGroup

from blocks.base import PortalStreamBlock
from blocks.evidence import EvidenceBlock

if TYPE_CHECKING:
    from django import forms

    from .briefing import PromisedProof

FIELDS = ["title", "kind", "url", "document", "published_on", "description"]


def offer_proofs(form: forms.ModelForm, name: str, proofs: Iterable[PromisedProof]) -> None:
    """Let the evidence field ``name`` of ``form`` point at one of ``proofs``, or at none of them."""
    choices = {proof.key: proof.text for proof in proofs}
    value: StreamValue = getattr(form.instance, name)
    for block in value:
        # What was promised once and is no longer stays chosen until somebody chooses otherwise.
        key = block.value.get("means_key")
        if key and key not in choices:
            choices[key] = str(_("Una prueba que ya no está en el compromiso"))
    _replace(form, name, _evidence_block(list(choices.items())))


def hide_proofs(form: forms.ModelForm, name: str) -> None:
    """Ask for no promised proof: evidence of a whole commitment fulfils none of a single action's."""
    _replace(form, name, _evidence_block([]))


def _evidence_block(choices: list[tuple[str, str]]) -> EvidenceBlock:
    """Return the block with a list to choose from; with nothing to choose the list is not shown."""
    chooser = ChoiceBlock(
        label=_("Prueba prometida que cumple"),
        choices=[("", _("Ninguna en particular")), *choices],
        required=False,
        search_index=False,
        help_text=_("Las que el plan prometió para esta acción. Sin elegirla, seguirá pendiente."),
    )
    return EvidenceBlock(
        local_blocks=[("means_key", chooser)],
        form_layout=BlockGroup(children=["means_key", *FIELDS] if choices else FIELDS),
    )


def _replace(form: forms.ModelForm, name: str, evidence: EvidenceBlock) -> None:
    field = form.fields[name]
    block = PortalStreamBlock([("evidence", evidence)], required=False)
    form.fields[name] = BlockField(
        block, required=field.required, label=field.label, help_text=field.help_text
    )
    value: StreamValue = getattr(form.instance, name)
    form.initial[name] = block.to_python(value.get_prep_value())
