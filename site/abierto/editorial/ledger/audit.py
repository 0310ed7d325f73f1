"""Looking for what is public and should not be: what ``manage.py integrity`` asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from abierto.editorial.ledger.hashing import content_hash
from abierto.editorial.mixins import FourEyesMixin
from abierto.editorial.models import Approval, Kind
from abierto.editorial.models.approval import base_content_type


@dataclass(frozen=True)
class Unapproved:
    """One live object whose content nobody approved."""

    model: str
    pk: Any
    title: str
    live_revision: int | None


def unapproved_live() -> Iterator[Unapproved]:
    """Yield every live object whose content, in the version that is live, has no decision that counts.

    An approval counts until the object is withdrawn. With a version approved for a later date, the one
    that is live is covered by an earlier row: any row since the last withdrawal will do.
    """
    for model in apps.get_models():
        if issubclass(model, FourEyesMixin) and not model._meta.proxy:
            yield from _unapproved_of(model)


def _unapproved_of(model: type[models.Model]) -> Iterator[Unapproved]:
    decisions = decisions_that_count(model)
    for row in model._base_manager.filter(live=True).order_by("pk").iterator(chunk_size=200):
        sha, version = content_hash(row), row.live_revision_id  # type: ignore[attr-defined]
        if not any(decision.allows(sha, version) for decision in decisions.get(str(row.pk), ())):
            yield Unapproved(model._meta.label_lower, row.pk, str(row), row.live_revision_id)  # type: ignore[attr-defined]


def decisions_that_count(model: type[models.Model]) -> dict[str, list[Approval]]:
    """Return, for each live object of ``model``, the decisions since it was last withdrawn."""
    live = {str(pk) for pk in model._base_manager.filter(live=True).values_list("pk", flat=True)}
    rows = Approval.objects.filter(content_type=base_content_type(model())).order_by("pk")
    counting: dict[str, list[Approval]] = {}
    for row in rows.only("object_id", "kind", "sha", "revision_number").iterator():
        if row.object_id not in live:
            continue
        if row.kind == Kind.WITHDRAWN:
            counting[row.object_id] = []
        else:
            counting.setdefault(row.object_id, []).append(row)
    return counting
