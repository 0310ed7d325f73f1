"""The batches that an account may see, and the kinds and targets that it may import."""

from __future__ import annotations

from django.db.models import QuerySet

from abierto.accounts.models import User
from abierto.tenancy.access import spaces_of

from .glossary import GlossaryImportKind
from .kinds import ImportKind, Target
from .models import ImportBatch
from .plans import PartiesImportKind, PlanImportKind
from .progress import ProgressImportKind
from .roadmaps import RoadmapImportKind
from .seats import SeatImportKind

KINDS: dict[str, ImportKind] = {
    kind.name: kind
    for kind in (
        ProgressImportKind(),
        PlanImportKind(),
        PartiesImportKind(),
        RoadmapImportKind(),
        SeatImportKind(),
        GlossaryImportKind(),
    )
}


def own_batches(user: User) -> QuerySet[ImportBatch]:
    """Return the batches of the spaces of ``user``; the state team sees none of others."""
    return ImportBatch.objects.filter(space__in=[space.pk for space in spaces_of(user)])


def find_target(kind: ImportKind, user: User, key: str) -> Target | None:
    """Return the target of ``user`` with this key, or None."""
    return next((target for target in kind.find_targets(user) if target.key == key), None)
