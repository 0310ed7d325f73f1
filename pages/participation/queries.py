"""What the pages of taking part read of other pages."""

from __future__ import annotations

from django.db.models import CharField, Exists
from django.db.models.functions import Cast
from wagtail.models import Page

from abierto.tenancy.declared_reads import declared_reads
from pages.plans.chosen import references_from
from pages.plans.commitments import CommitmentPage

from .gatherings import CoCreationTablePage


def read_origins(commitment: Page) -> list[CoCreationTablePage]:
    """Return the public co-creation tables that gave rise to a commitment, in any language, with one query.

    Their pages change rarely and then every cached page is dropped (``is_found_by_key``).
    """
    same = Page.objects.filter(translation_key=commitment.translation_key).annotate(
        number=Cast("pk", CharField())
    )
    references = references_from(CoCreationTablePage, "commitments", CommitmentPage, same.values("number"))
    tables = CoCreationTablePage.objects.public().in_active_language().filter(Exists(references))
    with declared_reads():
        return list(tables.order_by("starts_on", "path"))
