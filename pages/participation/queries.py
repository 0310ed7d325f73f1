"""What the pages of taking part read of other pages."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page

from pages.plans.chosen import find_references
from pages.plans.commitments import CommitmentPage

from .gatherings import CoCreationTablePage


def find_origin_keys(commitment: Page) -> QuerySet[Any]:
    """Return the ids of the co-creation tables that gave rise to a commitment in any language.

    Their pages change rarely and then every cached page is dropped (``is_found_by_key``).
    """
    same = Page.objects.filter(translation_key=commitment.translation_key).annotate(
        number=Cast("pk", CharField())
    )
    references = find_references(CoCreationTablePage, "commitments", CommitmentPage, same.values("number"))
    tables: QuerySet[Any] = CoCreationTablePage.objects.filter(Exists(references))
    return tables.order_by().values("pk")
