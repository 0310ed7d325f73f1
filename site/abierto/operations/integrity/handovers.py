"""Integrity check of institutions that handed over what they had."""

from collections.abc import Iterator

from django.db.models import Q

from abierto.acts.handover import ONE_DAY
from abierto.acts.models import HandoverAct
from abierto.registry.models import Seat
from abierto.spaces.enums import ProposalStatus
from pages.plans.inlines import CommitmentParty

from .findings import IntegrityFinding

FIX_ROW = "Pon a la sucesora, o la fecha en que terminó, y envíalo a revisión."
FIX_INSTITUTION = "Corrige en el registro la fecha final y la sucesora, y envíalo a revisión."


def find_incomplete_handovers() -> Iterator[IntegrityFinding]:
    """Yield what is public and still names, after its last day, an institution that handed over."""
    acts = HandoverAct.objects.filter(status=ProposalStatus.CONFIRMED)
    for act in acts.select_related("predecessor", "successor").order_by("pk"):
        old = act.predecessor
        if old.valid_until is None or old.successor_id is None:
            yield IntegrityFinding(
                f"«{old}» ya tuvo su relevo y su ficha no dice que terminó.", FIX_INSTITUTION
            )
        after = Q(valid_until__isnull=True) | Q(valid_until__gte=act.ended_on + ONE_DAY)
        parties = CommitmentParty.objects.filter(after, institution=old, page__live=True)
        for row in parties.select_related("page").order_by("pk"):
            yield IntegrityFinding(f"«{row.page}» todavía nombra a «{old}», que ya terminó.", FIX_ROW)
        for seat in Seat.objects.filter(after, institution=old, live=True).order_by("pk"):
            yield IntegrityFinding(f"El asiento de {seat} todavía es de «{old}», que ya terminó.", FIX_ROW)
