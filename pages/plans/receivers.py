"""Signal receivers that assign a published commitment to the space of its responsible institution."""

from typing import Any

from django.db import models
from django.db.models.signals import post_save
from wagtail.signals import page_published

from abierto.approval.ledger.imports import current_import
from abierto.approval.records.services import is_publishing

from .commitments import CommitmentPage
from .hand_over import hand_over


def hand_over_published(instance: Any, **kwargs: Any) -> None:
    """Assign a commitment to its space when it is published, also by schedule."""
    hand_over(instance)


def hand_over_imported(
    sender: type[models.Model], instance: Any, raw: bool, update_fields: Any, **kwargs: Any
) -> None:
    """Assign a commitment to its space when an import saves it as public: Wagtail sends no signal then."""
    if raw or not instance.live or update_fields is not None:
        return  # a draft of public content writes its bookkeeping only
    if current_import() is not None and not is_publishing():
        hand_over(instance)


def connect() -> None:
    page_published.connect(hand_over_published, sender=CommitmentPage, dispatch_uid="plans-hand-over")
    post_save.connect(hand_over_imported, sender=CommitmentPage, dispatch_uid="plans-hand-over-imported")
