"""Find the web sites of the published proofs of each commitment of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from abierto.tenancy.tree_paths import parent_path
from pages.core.evidence import read_evidence
from pages.updates.models import ProgressUpdatePage

from .models import PlanPage


@dataclass(frozen=True, slots=True)
class ProofSite:
    """The site of a proof: its host, without «www.», and the address of the first proof there."""

    host: str
    url: str


def read_proof_sites(plan: PlanPage) -> dict[str, list[ProofSite]]:
    """Return the sites of the public proofs by the tree path of their commitment, each site once."""
    updates = list(
        ProgressUpdatePage.objects.public()
        .descendant_of(plan)
        .prefetch_related("rows")
        .order_by("period_end", "path")
    )
    owners = [(update, [update.evidence, *(row.evidence for row in update.rows.all())]) for update in updates]
    pieces = iter(read_evidence(chain.from_iterable(streams for _update, streams in owners)))
    found: dict[str, dict[str, ProofSite]] = {}
    for update, streams in owners:
        sites = found.setdefault(parent_path(update.path), {})
        for piece in chain.from_iterable(next(pieces) for _stream in streams):
            if host := piece.site:
                sites.setdefault(host, ProofSite(host, piece["url"]))
    return {path: list(sites.values()) for path, sites in found.items()}
